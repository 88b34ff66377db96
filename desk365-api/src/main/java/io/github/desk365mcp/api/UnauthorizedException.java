package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** 401: the API key is missing or wrong. */
public final class UnauthorizedException extends ApiException {

    private static final long serialVersionUID = 1;

    UnauthorizedException(String message, int status, @Nullable String serverMessage) {
        super(message, status, serverMessage);
    }
}
