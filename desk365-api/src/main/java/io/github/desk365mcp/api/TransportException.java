package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * No answer came: no connection, a broken one, a timeout, a cancellation, or a failure of the HTTP client or of what the
 * host put into it.
 */
public class TransportException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    /** Why no answer came. */
    private final String reason;

    TransportException(String message, String reason, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, mayHaveArrived, cause);
        this.reason = reason;
    }

    /** Why no answer came, such as {@code timed out} or {@code connection refused}; it names no address. */
    public final String reason() {
        return reason;
    }
}
