package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * No response was received: the connection failed or broke, the call timed out or was cancelled, or the HTTP client or
 * code added to it failed.
 */
public sealed class TransportException extends Desk365Exception permits TlsException, CancelledException {

    private static final long serialVersionUID = 1;

    /** Why no response was received. */
    private final String reason;

    /**
     * Creates an exception. The client does so itself; this constructor is for tests of code that calls the client.
     *
     * @param message names the operation
     * @param reason why no response was received, such as {@code timed out}
     * @param mayHaveArrived whether the call may have been carried out
     * @param cause the underlying failure, or null
     */
    public TransportException(String message, String reason, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, mayHaveArrived, cause);
        this.reason = reason;
    }

    /**
     * {@return why no response was received, such as {@code timed out} or {@code connection refused}; it contains no
     * address}
     */
    public final String reason() {
        return reason;
    }
}
