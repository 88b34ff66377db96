package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** 404: no record has this number, address or name. */
public final class NotFoundException extends ApiException {

    private static final long serialVersionUID = 1;

    NotFoundException(String message, int status, @Nullable String serverMessage) {
        super(message, status, serverMessage);
    }
}
