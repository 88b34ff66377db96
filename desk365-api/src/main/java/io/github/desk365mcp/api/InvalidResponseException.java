package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** An answer, or a field of it, is not of the form that was asked for; a write was carried out nevertheless. */
public final class InvalidResponseException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    InvalidResponseException(String message) {
        this(message, null);
    }

    InvalidResponseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
