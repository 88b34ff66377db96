package io.github.desk365mcp.api;

/** 409: the name is taken. */
public final class ConflictException extends ApiException {

    private static final long serialVersionUID = 1;

    ConflictException(ErrorAnswer answer) {
        super(answer);
    }
}
