package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.api.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a helpdesk has left: what the service said last, less what has left since.
 *
 * <p>With a plan, calls are reserved before they leave, so that many threads together send no more than the plan has.
 * Without one, only what the service says counts, and only for a minute, the shorter of the two windows there are.
 */
final class Ledger {

    private final @Nullable Plan plan;
    private final Clock clock;
    private final Duration window;
    private @Nullable Integer remaining;
    private @Nullable Integer said;
    private Instant windowStart = Instant.MIN;

    Ledger(@Nullable Plan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
        this.window = plan == null ? Plan.PLUS.window() : plan.window();
    }

    /** Takes the calls; answers how long to wait if there are too few, null if they were taken. */
    synchronized @Nullable Duration take(int calls) {
        Instant now = clock.instant();
        if (isOver(now)) {
            remaining = plan == null ? null : plan.calls();
            windowStart = now;
        }
        if (remaining == null) {
            return null;
        }
        if (remaining < calls) {
            return Duration.between(now, windowStart.plus(window));
        }
        remaining -= calls;
        return null;
    }

    /** The calls did not leave after all. */
    synchronized void giveBack(int calls) {
        if (remaining != null) {
            remaining = plan == null ? remaining + calls : Math.min(plan.calls(), remaining + calls);
        }
    }

    /** What the service said after a call; the same figure again says nothing, and may be from before. */
    synchronized void saw(@Nullable RateLimit limit) {
        if (limit == null || said != null && said == limit.remaining()) {
            return;
        }
        // Answers overtake each other: within a plan's window a higher figure is an older one, not a new window.
        if (remaining == null || plan == null) {
            windowStart = clock.instant();
            remaining = limit.remaining();
        } else {
            // Others may use the same key; what is under way from here is not in the service's figure yet.
            remaining = Math.min(remaining, limit.remaining());
        }
        said = limit.remaining();
    }

    /** The service refused a call as one too many. */
    synchronized void spent() {
        if (isOver(clock.instant()) || remaining == null) {
            windowStart = clock.instant();
        }
        remaining = 0;
    }

    /** How long until the calls come back, after the service refused one; null if no plan tells. */
    synchronized @Nullable Duration untilReset() {
        Instant now = clock.instant();
        return plan == null ? null : isOver(now) ? window : Duration.between(now, windowStart.plus(window));
    }

    private boolean isOver(Instant now) {
        return windowStart.equals(Instant.MIN) || !now.isBefore(windowStart.plus(window));
    }

    /** Calls left; null if nothing is known. */
    synchronized @Nullable Integer remaining() {
        return remaining;
    }

    /** Under the names that the IETF has for such headers; what was not read says so. Empty if nothing is known. */
    synchronized Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (remaining == null) {
            return figures;
        }
        List<String> estimated = new ArrayList<>();
        if (plan != null) {
            figures.put("ratelimit-limit", plan.calls());
            estimated.add("ratelimit-limit");
        }
        figures.put("ratelimit-remaining", remaining);
        if (said == null || !said.equals(remaining)) {
            estimated.add("ratelimit-remaining");
        }
        Duration left = Duration.between(clock.instant(), windowStart.plus(window));
        figures.put("ratelimit-reset", Math.max(0, left.toSeconds()));
        estimated.add("ratelimit-reset");
        figures.put("estimated", estimated);
        return figures;
    }
}
