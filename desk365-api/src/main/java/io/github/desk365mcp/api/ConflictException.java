package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** 409: the name is taken. */
public final class ConflictException extends ApiException {

    private static final long serialVersionUID = 1;

    ConflictException(String message, int status, @Nullable String serverMessage) {
        super(message, status, serverMessage);
    }
}
