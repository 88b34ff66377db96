package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** The call was ended by its {@link Cancellation}. */
public final class CancelledException extends TransportException {

    private static final long serialVersionUID = 1;

    /**
     * A cancelled call. The client makes these; a test of code that calls the client can, too.
     *
     * @param message names the operation
     * @param mayHaveArrived whether the call may have been carried out all the same
     * @param cause what was thrown below; null if nothing
     */
    public CancelledException(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, "cancelled", mayHaveArrived, cause);
    }
}
