package io.github.desk365mcp.tools.internal.core;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call's turn in a queue.
 *
 * @param refusal why it has none; null if it has one
 * @param waited how long the call waited for it
 * @param aside gives the turn to another call while this one waits
 */
public record QueueTurn(@Nullable Refusal refusal, Duration waited, Aside aside) {

    /** Why a call has no turn. */
    public enum Refusal {
        /** The queue was full, or the wait was too long. */
        BUSY,
        /** The call was cancelled or abandoned. */
        CANCELLED
    }

    /** The turn of a call in the host's own thread. */
    public static final QueueTurn AT_ONCE = new QueueTurn(null, Duration.ZERO, BooleanSupplier::getAsBoolean);

    /** The turn of a call that has none. */
    public static QueueTurn none(Refusal refusal) {
        return new QueueTurn(refusal, Duration.ZERO, BooleanSupplier::getAsBoolean);
    }

    /** Runs a wait without a turn, and returns its result. */
    @FunctionalInterface
    public interface Aside {

        boolean during(BooleanSupplier wait);
    }
}
