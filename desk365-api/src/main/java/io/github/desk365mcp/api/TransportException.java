package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * No answer came: no connection, a broken one, a timeout, a cancellation, or a failure of the HTTP client or of what the
 * host put into it.
 */
public sealed class TransportException extends Desk365Exception permits TlsException, CancelledException {

    private static final long serialVersionUID = 1;

    /** Why no answer came. */
    private final String reason;

    /**
     * A failure without an answer. The client makes these; a test of code that calls the client can, too.
     *
     * @param message names the operation
     * @param reason why no answer came, such as {@code timed out}
     * @param mayHaveArrived whether the call may have been carried out all the same
     * @param cause what was thrown below; null if nothing
     */
    public TransportException(String message, String reason, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, mayHaveArrived, cause);
        this.reason = reason;
    }

    /** Why no answer came, such as {@code timed out} or {@code connection refused}; it names no address. */
    public final String reason() {
        return reason;
    }
}
