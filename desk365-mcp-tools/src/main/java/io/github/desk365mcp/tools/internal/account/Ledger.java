package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.api.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a helpdesk has left: what the service said last, less what has left since.
 *
 * <p>With a plan, calls are reserved before they leave, so that many threads together send no more than the plan has.
 * Without one, only what the service says counts, and only for a minute, the shorter of the two windows there are.
 */
public final class Ledger {

    /** The longest window that there is: whatever a header says, no wait is longer. */
    private static final Duration LONGEST = Plan.STANDARD.window();

    private final @Nullable Plan plan;
    private final Clock clock;
    private final Duration window;
    private @Nullable Integer remaining;
    private @Nullable Integer said;
    private long observation;
    private Instant end = Instant.MIN;
    private boolean endWasSaid;

    /** Calls taken so far, in all windows. */
    private long taken;

    /** The oldest first. */
    private final Set<Share> underWay = new LinkedHashSet<>();

    /** One call of a tool, from before its calls are taken until its answer is there. */
    public static final class Share {

        /** How many calls had been taken. */
        private final long start;

        /** How many of them had been answered, so that the figure in this call's answer counts them. */
        private final long answered;

        private Share(long start, @Nullable Share oldest) {
            this.start = start;
            this.answered = oldest == null ? start : oldest.start;
        }
    }

    public Ledger(@Nullable Plan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
        this.window = plan == null ? Plan.PLUS.window() : plan.window();
    }

    /** What the policy's clock says. */
    public Instant now() {
        return clock.instant();
    }

    /** A call of a tool is about to take calls. */
    public synchronized Share begin() {
        Share share = new Share(taken, oldest());
        underWay.add(share);
        return share;
    }

    /** It has ended, and this is what the service said last. */
    public synchronized void end(Share share, @Nullable RateLimit limit) {
        saw(limit);
        underWay.remove(share);
    }

    private @Nullable Share oldest() {
        return underWay.stream().findFirst().orElse(null);
    }

    /** How many calls the service's latest figure may not count yet. It counts the one that it was the answer to. */
    private long uncounted() {
        Share oldest = oldest();
        return oldest == null ? 0 : Math.max(0, taken - oldest.answered - 1);
    }

    /** Takes the calls; answers how long to wait if there are too few, null if they were taken. */
    public synchronized @Nullable Duration take(int calls) {
        Instant now = clock.instant();
        if (isOver(now)) {
            remaining = plan == null ? null : plan.calls();
            begin(now, window, false);
        }
        if (remaining != null && remaining < calls) {
            return Duration.between(now, end);
        }
        taken += calls;
        remaining = remaining == null ? null : remaining - calls;
        return null;
    }

    /** The calls did not leave after all. */
    public synchronized void giveBack(int calls) {
        taken -= calls;
        if (remaining != null && !isWaiting(clock.instant())) {
            remaining =
                    plan == null ? remaining + calls : Math.max(remaining, Math.min(plan.calls(), remaining + calls));
        }
    }

    /** What the service said last. */
    public synchronized void saw(@Nullable RateLimit limit) {
        if (limit == null || limit.observation() <= observation) {
            return;
        }
        observation = limit.observation();
        Instant now = clock.instant();
        if (isWaiting(now)) {
            // From an answer that was under way when the service asked to wait.
            return;
        }
        said = limit.remaining();
        if (remaining == null || plan == null) {
            begin(now, window, false);
            remaining = said;
        } else {
            // Others may use the same key, and the service's window may begin within ours, so its figure counts, up and
            // down. Answers overtake each other: what is under way from here may not be in it yet.
            remaining = (int) Math.min(said, Math.max(remaining, said - uncounted()));
        }
    }

    /**
     * The service refused a call as one too many.
     *
     * @param retryAfter how long it asks to wait; null if it does not say
     * @return how long to wait; null if neither it nor a plan tells
     */
    public synchronized @Nullable Duration spent(@Nullable Duration retryAfter) {
        Instant now = clock.instant();
        if (retryAfter != null && !retryAfter.isZero()) {
            begin(now, retryAfter.compareTo(LONGEST) < 0 ? retryAfter : LONGEST, true);
        } else if (isOver(now) || remaining == null) {
            begin(now, window, false);
        }
        remaining = 0;
        said = 0;
        return isEndKnown() ? Duration.between(now, end) : null;
    }

    private void begin(Instant now, Duration length, boolean wasSaid) {
        end = now.plus(length);
        endWasSaid = wasSaid;
    }

    private boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** Whether the service asked to wait until later than now. */
    private boolean isWaiting(Instant now) {
        return endWasSaid && !isOver(now);
    }

    /** Whether the calls are sure to have come back at the end: the service said so, or a plan does. */
    public synchronized boolean isEndKnown() {
        return plan != null || endWasSaid;
    }

    /** Calls left; null if nothing is known. */
    public synchronized @Nullable Integer remaining() {
        return remaining;
    }

    /** Under the names that the IETF has for such headers; what was not read says so. Empty if nothing is known. */
    public synchronized Map<String, Object> figures() {
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
        if (!remaining.equals(said)) {
            estimated.add("ratelimit-remaining");
        }
        figures.put("ratelimit-reset", Math.max(0, seconds(Duration.between(clock.instant(), end))));
        if (!endWasSaid) {
            estimated.add("ratelimit-reset");
        }
        figures.put("estimated", estimated);
        return figures;
    }

    /** In full seconds, the last one begun counting too, so that nobody comes back too early. */
    public static long seconds(Duration wait) {
        return wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0);
    }
}
