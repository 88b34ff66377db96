package io.github.desk365mcp.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Follows the counter that the service sends with each counted answer. */
final class RateLimitTracker {

    private final @Nullable Plan plan;
    private final Clock clock;
    private @Nullable Integer remaining;
    private Instant windowStart = Instant.MIN;

    RateLimitTracker(@Nullable Plan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    synchronized void saw(int nowRemaining) {
        if (remaining == null || nowRemaining > remaining) {
            windowStart = clock.instant();
        }
        remaining = nowRemaining;
    }

    synchronized @Nullable RateLimit current() {
        if (remaining == null) {
            return null;
        }
        if (plan == null) {
            return new RateLimit(remaining, null, null);
        }
        Duration left = Duration.between(clock.instant(), windowStart.plus(plan.window()));
        return left.isNegative() || left.isZero()
                ? new RateLimit(plan.calls(), plan.calls(), Duration.ZERO)
                : new RateLimit(remaining, plan.calls(), left);
    }
}
