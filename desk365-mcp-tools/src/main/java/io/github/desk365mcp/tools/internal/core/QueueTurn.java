package io.github.desk365mcp.tools.internal.core;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call's turn, where calls wait for theirs.
 *
 * @param refusal why it has none; null if it has
 * @param waited how long the call waited for it
 * @param aside lets another call have it while something waits
 */
public record QueueTurn(@Nullable Refusal refusal, Duration waited, Aside aside) {

    /** Why a call has no turn. */
    public enum Refusal {
        /** There was no room, or the wait was too long. */
        BUSY,
        /** Nobody waits for it any more. */
        CANCELLED
    }

    /** Of a call in the host's own thread. */
    public static final QueueTurn AT_ONCE = new QueueTurn(null, Duration.ZERO, BooleanSupplier::getAsBoolean);

    /** Of a call that has none. */
    public static QueueTurn none(Refusal refusal) {
        return new QueueTurn(refusal, Duration.ZERO, BooleanSupplier::getAsBoolean);
    }

    /** Runs what only waits, and answers what it does. */
    @FunctionalInterface
    public interface Aside {

        boolean during(BooleanSupplier wait);
    }
}
