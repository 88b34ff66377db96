package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * An answer, or a field of it, is not of the form that was asked for. A write was probably carried out nevertheless,
 * since the service answered with success; so {@link #mayHaveArrived()} is true.
 */
public final class InvalidResponseException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    InvalidResponseException(String message) {
        this(message, null);
    }

    InvalidResponseException(String message, @Nullable Throwable cause) {
        super(message, true, cause);
    }
}
