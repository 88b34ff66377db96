package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * A call did not end well; the subclasses say how.
 *
 * <ul>
 *   <li>{@link ApiException}: the service answered, and refused;
 *   <li>{@link TransportException}: no answer came;
 *   <li>{@link InvalidResponseException}: an answer came that cannot be read.
 * </ul>
 *
 * <p>{@link #mayHaveArrived()} says of each whether the service may have acted all the same.
 *
 * <p>Messages name the operation and the status, and can be logged. They hold neither the query nor the body nor the API
 * key, nor what the service said: {@link ApiException#serverMessage()} does. A cause may be what a part of the host threw,
 * with its own words.
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
     * Whether the call may have been carried out all the same. False means that the service refused it or that nothing
     * left this machine, so a write may be sent again; true means that a write may have been carried out, and that its
     * outcome must be looked up first. With an asked-for {@link RetryPolicy} all attempts count: a last one can be
     * refused because an earlier one was carried out.
     */
    public final boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
