package io.github.desk365mcp.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls in fixed windows that start with the first call. In recordings, the counter becomes full at once, and
 * not at a particular second of the clock.
 */
final class RateLimit {

    private final Plan plan;
    private final Clock clock;
    private @Nullable Instant windowEnd;
    private int used;

    RateLimit(Plan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** Takes calls and returns how many are left. If there are not enough, takes none and returns empty. */
    synchronized OptionalInt take(int calls) {
        Instant now = clock.instant();
        if (windowEnd == null || !now.isBefore(windowEnd)) {
            windowEnd = now.plus(plan.window());
            used = 0;
        }
        if (plan.calls() - used < calls) {
            return OptionalInt.empty();
        }
        used += calls;
        return OptionalInt.of(plan.calls() - used);
    }

    synchronized void reset() {
        windowEnd = null;
    }
}
