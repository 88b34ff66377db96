package io.github.desk365mcp.api;

/** 401: the service does not accept the API key. */
public final class UnauthorizedException extends ApiException {

    private static final long serialVersionUID = 1;

    UnauthorizedException(ErrorAnswer answer) {
        super(answer);
    }
}
