package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** No answer came: no connection, a broken one, a timeout, or a cancellation. */
public class TransportException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    /** Whether the request had begun to leave. */
    private final boolean mayHaveArrived;

    TransportException(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /**
     * Whether the request may have reached the service. False means that nothing left this machine, so a write may be
     * sent again; true means that a write may have been carried out, and that its outcome must be looked up first.
     */
    public final boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
