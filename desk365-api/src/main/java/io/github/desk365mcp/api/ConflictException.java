package io.github.desk365mcp.api;

/** 409: the request conflicts with existing data. Known from one source, for a location name that is taken. */
public final class ConflictException extends ApiException {

    private static final long serialVersionUID = 1;

    ConflictException(ErrorAnswer answer) {
        super(answer);
    }
}
