package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** 403: the key belongs to another subdomain, or the endpoint needs access that the vendor grants (contracts do). */
public final class ForbiddenException extends ApiException {

    private static final long serialVersionUID = 1;

    ForbiddenException(String message, int status, @Nullable String serverMessage) {
        super(message, status, serverMessage);
    }
}
