package io.github.desk365mcp.tools;

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
record Turn(Outcome.@Nullable Refused refusal, Duration waited, Aside aside) {

    static final Outcome.Refused BUSY = new Outcome.Refused(
            "busy",
            "This server is busy, and nothing was sent. Make the same call again in a moment, and fewer at the same time.");
    static final Outcome.Refused CANCELLED =
            new Outcome.Refused("cancelled", "The call was cancelled before it began; nothing was sent.");

    /** Of a call in the host's own thread. */
    static final Turn AT_ONCE = new Turn(null, Duration.ZERO, BooleanSupplier::getAsBoolean);

    /** Of a call that has none. */
    static Turn none(Outcome.Refused refusal) {
        return new Turn(refusal, Duration.ZERO, BooleanSupplier::getAsBoolean);
    }

    /** Runs what only waits, and answers what it does. */
    @FunctionalInterface
    interface Aside {

        boolean during(BooleanSupplier wait);
    }
}
