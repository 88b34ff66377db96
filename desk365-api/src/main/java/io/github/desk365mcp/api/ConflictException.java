package io.github.desk365mcp.api;

/** 409: what was sent conflicts with what is there. Known from one source, for a location's name that is taken. */
public final class ConflictException extends ApiException {

    private static final long serialVersionUID = 1;

    ConflictException(ErrorAnswer answer) {
        super(answer);
    }
}
