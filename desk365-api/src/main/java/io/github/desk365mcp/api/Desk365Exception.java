package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * A call failed; the subclasses say how.
 *
 * <ul>
 *   <li>{@link ApiException}: the service responded with an error;
 *   <li>{@link TransportException}: no response was received;
 *   <li>{@link InvalidResponseException}: the response cannot be used.
 * </ul>
 *
 * <p>For each of them, {@link #mayHaveArrived()} tells whether the service may have carried out the call.
 *
 * <p>Messages name the operation and the status, and are safe to log. They contain neither the query nor the body, the
 * API key or the service's message, which is in {@link ApiException#serverMessage()}. A cause may come from code that
 * was added to the HTTP client, and has that code's message.
 */
public class Desk365Exception extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Whether a request may have been carried out. */
    private final boolean mayHaveArrived;

    Desk365Exception(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /**
     * {@return whether the call may have been carried out although it failed} False means that the service refused the
     * call or that nothing was sent, so a write can be sent again. True means that a write may have been carried out,
     * so check its outcome first. With a {@link RetryPolicy}, all attempts count: the last attempt may be refused
     * because an earlier one was carried out.
     */
    public final boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
