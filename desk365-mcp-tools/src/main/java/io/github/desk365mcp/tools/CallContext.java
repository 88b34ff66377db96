package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * What a host knows about a call beside its arguments.
 *
 * @param cancellation ends the call's request from another thread; null if the host has none
 */
public record CallContext(@Nullable Cancellation cancellation) {

    private static final CallContext NONE = new CallContext(null);

    /** A host that knows nothing. */
    public static CallContext none() {
        return NONE;
    }

    /** The same context with this cancellation. */
    public CallContext cancellation(Cancellation newCancellation) {
        return new CallContext(newCancellation);
    }
}
