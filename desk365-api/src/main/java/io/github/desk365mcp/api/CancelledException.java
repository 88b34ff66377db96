package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** The call was ended by its {@link Cancellation}. */
public final class CancelledException extends TransportException {

    private static final long serialVersionUID = 1;

    CancelledException(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, "cancelled", mayHaveArrived, cause);
    }
}
