package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * No answer came: no connection, a broken one, a timeout, a cancellation, or a failure of the HTTP client or of what the
 * host put into it.
 */
public class TransportException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    TransportException(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, mayHaveArrived, cause);
    }
}
