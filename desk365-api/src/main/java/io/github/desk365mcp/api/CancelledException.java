package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** The call was ended by its {@link Cancellation}. */
public final class CancelledException extends TransportException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. The client does so itself; this constructor is for tests of code that calls the client.
     *
     * @param message names the operation
     * @param mayHaveArrived whether the call may have been carried out
     * @param cause the underlying failure, or null
     */
    public CancelledException(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, "cancelled", mayHaveArrived, cause);
    }
}
