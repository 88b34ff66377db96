package io.github.desk365mcp.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tracks the counter that the service sends with each counted response. */
final class RateLimitTracker {

    private final @Nullable Plan plan;
    private final Clock clock;
    private @Nullable Integer remaining;
    private Instant windowStart = Instant.MIN;
    private long observations;

    RateLimitTracker(@Nullable Plan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    @Nullable
    Plan plan() {
        return plan;
    }

    synchronized void saw(int nowRemaining) {
        Instant now = clock.instant();
        if (remaining == null || nowRemaining > remaining || isOver(now)) {
            windowStart = now;
        }
        remaining = nowRemaining;
        observations++;
    }

    /** Whether the window is over. A counter that is lower than before may belong to a new window. */
    private boolean isOver(Instant now) {
        return plan != null && !now.isBefore(windowStart.plus(plan.window()));
    }

    synchronized @Nullable RateLimit current() {
        if (remaining == null) {
            return null;
        }
        if (plan == null) {
            return RateLimit.of(remaining, null, null, observations);
        }
        Instant now = clock.instant();
        return isOver(now)
                ? RateLimit.of(plan.calls(), plan.calls(), Duration.ZERO, observations)
                : RateLimit.of(
                        remaining, plan.calls(), Duration.between(now, windowStart.plus(plan.window())), observations);
    }
}
