package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.api.RateLimit;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.StateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks how many calls a helpdesk has left: the service's latest figure, less the calls sent since.
 *
 * <p>With a plan, calls are reserved before they are sent, so that all threads together stay within the plan. Without
 * one, only the service's figures are used, for one minute each: the shorter window of the two plans.
 */
public final class Ledger {

    /** The longest window of any plan; no wait is longer, whatever a header says. */
    private static final Duration LONGEST = Plan.STANDARD.window();

    /**
     * How much longer a shared window lasts if no process has reported a response of its calls: the service's window
     * starts when the first call arrives, which is later than when it was taken.
     */
    private static final Duration UNANSWERED = Duration.ofSeconds(5);

    private final @Nullable Plan plan;
    private final Clock clock;
    private final Duration window;
    private final @Nullable SharedWindow shared;
    private @Nullable Integer remaining;
    private @Nullable Integer said;
    private long observation;
    private Instant end = Instant.MIN;
    private boolean endWasSaid;

    /** Whether the end counts from a response, so that the service's window does not end later than this one. */
    private boolean endIsCertain;

    /** Changes with each window. */
    private long windowNumber;

    /** The first response of a window's calls, until it is shared with the next call. */
    private @Nullable Answered answered;

    private record Answered(long windowNumber, Instant at) {}

    /** When the service last said how many calls are left; null if it has not, or has refused a call since. */
    private @Nullable Instant saidOn;

    /** The service's latest figure, until it is shared with the next call. */
    private @Nullable Latest latest;

    private record Latest(int remaining, Instant at) {}

    /** The number of calls taken so far, in all windows. */
    private long taken;

    /** In order of their start. */
    private final Set<Share> underWay = new LinkedHashSet<>();

    /** One call of a tool, from before its calls are taken until its response has arrived. */
    public static final class Share {

        /** How many calls had been taken when it began. */
        private final long start;

        /** How many of these had been answered, so that the figure in this call's response includes them. */
        private final long answered;

        /** The window from which its calls were taken; 0 if it has taken none. */
        private long windowNumber;

        private Share(long start, @Nullable Share oldest) {
            this.start = start;
            this.answered = oldest == null ? start : oldest.start;
        }
    }

    public Ledger(@Nullable Plan plan, Clock clock) {
        this(plan, clock, null);
    }

    /** @param shared the figures that processes share; null if there are none */
    Ledger(@Nullable Plan plan, Clock clock, @Nullable SharedWindow shared) {
        this.plan = plan;
        this.clock = clock;
        this.window = plan == null ? Plan.PLUS.window() : plan.window();
        this.shared = shared;
    }

    /** The time of the policy's clock. */
    public Instant now() {
        return clock.instant();
    }

    /** Registers a tool call that is about to take calls. */
    public synchronized Share begin() {
        Share share = new Share(taken, oldest());
        underWay.add(share);
        return share;
    }

    /**
     * Unregisters a tool call that has ended.
     *
     * @param limit the service's latest figure; null if none
     */
    public synchronized void end(Share share, @Nullable RateLimit limit) {
        saw(limit);
        underWay.remove(share);
    }

    /**
     * Records that the service has responded to a tool call, so that its window began before now. A call that was refused
     * here, or whose response is missing, says nothing about that.
     */
    public synchronized void answered(Share share) {
        if (share.windowNumber != windowNumber || endIsCertain || answered != null) {
            return;
        }
        answered = new Answered(windowNumber, clock.instant());
        if (shared == null) {
            adoptAnswered();
            answered = null;
        }
    }

    /** Lets the window end when that of the service has certainly ended. */
    private void adoptAnswered() {
        Answered first = answered;
        if (plan != null && first != null && first.windowNumber() == windowNumber && !endIsCertain) {
            end = first.at().plus(window);
            endIsCertain = true;
        }
    }

    private @Nullable Share oldest() {
        return underWay.stream().findFirst().orElse(null);
    }

    /**
     * How many calls the service's latest figure may not include yet. It includes the call whose response it came with.
     */
    private long uncounted() {
        Share oldest = oldest();
        return oldest == null ? 0 : Math.max(0, taken - oldest.answered - 1);
    }

    /**
     * Takes calls.
     *
     * @return how long to wait if too few are left; null if the calls were taken
     */
    public synchronized @Nullable Duration take(int calls) {
        Duration wait = change(() -> {
            adoptLatest();
            adoptAnswered();
            return takeOwn(calls);
        });
        latest = null;
        answered = null;
        return wait;
    }

    /** Takes calls for a tool call, which may give them back. */
    public synchronized @Nullable Duration take(Share share, int calls) {
        Duration wait = take(calls);
        if (wait == null) {
            share.windowNumber = windowNumber;
        }
        return wait;
    }

    private @Nullable Duration takeOwn(int calls) {
        Instant now = clock.instant();
        if (isOver(now)) {
            remaining = plan == null ? null : plan.calls();
            begin(now, shared == null ? window : window.plus(UNANSWERED), false);
            endIsCertain = false;
        }
        if (remaining != null && remaining < calls) {
            Duration wait = untilProbe(calls, now);
            if (!wait.isZero()) {
                return wait;
            }
            saidOn = now;
            taken += calls;
            return null;
        }
        taken += calls;
        remaining = remaining == null ? null : remaining - calls;
        return null;
    }

    /**
     * How long a call must wait if too few are left. Once a minute, a single call may find out whether the figure is
     * still true: a wrong zero would otherwise last for the whole window, because no response could correct it.
     */
    private Duration untilProbe(int calls, Instant now) {
        Duration untilEnd = Duration.between(now, end);
        if (calls != 1 || saidOn == null || isWaiting(now)) {
            return untilEnd;
        }
        Duration untilProbe = Duration.between(now, saidOn.plus(Plan.PLUS.window()));
        return untilProbe.isNegative() ? Duration.ZERO : untilProbe.compareTo(untilEnd) < 0 ? untilProbe : untilEnd;
    }

    /** Returns calls that were not sent after all. If a new window has begun since, it never had them. */
    public synchronized void giveBack(Share share, int calls) {
        Records.quietly(() -> change(() -> {
            giveBackOwn(share, calls);
            return null;
        }));
    }

    private void giveBackOwn(Share share, int calls) {
        if (share.windowNumber != windowNumber) {
            return;
        }
        taken -= calls;
        if (remaining != null && !isWaiting(clock.instant())) {
            remaining =
                    plan == null ? remaining + calls : Math.max(remaining, Math.min(plan.calls(), remaining + calls));
        }
    }

    /** Records the service's latest figure. */
    public synchronized void saw(@Nullable RateLimit limit) {
        if (limit == null || limit.observation() <= observation) {
            return;
        }
        observation = limit.observation();
        Instant now = clock.instant();
        if (isWaiting(now)) {
            // From a response that was in flight when the service asked to wait.
            return;
        }
        if (shared != null) {
            // Shared with the next call, so that a response costs no exchange of its own.
            latest = new Latest(limit.remaining(), now);
            return;
        }
        said = limit.remaining();
        saidOn = now;
        if (remaining == null || plan == null) {
            begin(now, window, false);
            remaining = said;
        } else {
            // Others may use the same key, and the service's window may begin within ours, so its figure is adopted, up
            // or down. Responses overtake each other, so the figure may not include calls that are in flight from here.
            remaining = (int) Math.min(said, Math.max(remaining, said - uncounted()));
        }
    }

    /**
     * Records that the service refused a call because of the rate limit.
     *
     * @param retryAfter how long it asks to wait; null if it does not say
     * @return how long to wait; null if neither the service nor a plan tells
     */
    public synchronized @Nullable Duration spent(@Nullable Duration retryAfter) {
        latest = null;
        try {
            return change(() -> spentOwn(retryAfter));
        } catch (StateException unreachable) {
            // The service has refused the call all the same.
            return spentOwn(retryAfter);
        }
    }

    private @Nullable Duration spentOwn(@Nullable Duration retryAfter) {
        Instant now = clock.instant();
        if (retryAfter != null && !retryAfter.isZero()) {
            begin(now, retryAfter.compareTo(LONGEST) < 0 ? retryAfter : LONGEST, true);
        } else if (isOver(now) || remaining == null) {
            begin(now, window, false);
        }
        remaining = 0;
        said = 0;
        saidOn = null;
        return isEndKnown() ? Duration.between(now, end) : null;
    }

    /**
     * Adopts the figure of the latest response. Other processes may have taken calls since, so it can only lower the
     * shared figure within a window.
     */
    private void adoptLatest() {
        Latest figure = latest;
        Instant now = clock.instant();
        if (figure == null || isWaiting(now)) {
            return;
        }
        if (remaining == null || plan == null && isOver(now)) {
            begin(figure.at(), window, false);
            remaining = figure.remaining();
        } else if (!isOver(now) && !figure.at().isBefore(end.minus(window))) {
            remaining = Math.min(remaining, figure.remaining());
        }
        said = figure.remaining();
        saidOn = figure.at();
    }

    private <T extends @Nullable Object> T change(Supplier<T> change) {
        return shared == null ? change.get() : shared.change(change, this::write, this::read);
    }

    private Map<String, @Nullable Object> write() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("remaining", remaining);
        figures.put("said", said);
        figures.put("said_on", saidOn == null ? null : saidOn.toEpochMilli());
        // Rounded up, so that no window ends early.
        figures.put("end", end == Instant.MIN ? null : end.plusNanos(999_999).toEpochMilli());
        figures.put("end_was_said", endWasSaid);
        figures.put("end_is_certain", endIsCertain);
        figures.put("window", windowNumber);
        figures.put("taken", taken);
        return figures;
    }

    private void read(JsonDocument figures) {
        Long left = figures.integer("remaining");
        remaining = left == null ? null : left.intValue();
        Long told = figures.integer("said");
        said = told == null ? null : told.intValue();
        saidOn = time(figures, "said_on");
        end = Objects.requireNonNullElse(time(figures, "end"), Instant.MIN);
        endWasSaid = Boolean.TRUE.equals(figures.flag("end_was_said"));
        endIsCertain = Boolean.TRUE.equals(figures.flag("end_is_certain"));
        windowNumber = Objects.requireNonNullElse(figures.integer("window"), 0L);
        taken = Objects.requireNonNullElse(figures.integer("taken"), 0L);
    }

    private static @Nullable Instant time(JsonDocument figures, String field) {
        Long millis = figures.integer(field);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private void begin(Instant now, Duration length, boolean wasSaid) {
        end = now.plus(length);
        endWasSaid = wasSaid;
        endIsCertain = true;
        windowNumber++;
    }

    private boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** Whether the service has asked to wait beyond this time. */
    private boolean isWaiting(Instant now) {
        return endWasSaid && !isOver(now);
    }

    /** Whether calls are certain to be available again at the end, because the service or a plan says so. */
    public synchronized boolean isEndKnown() {
        return plan != null || endWasSaid;
    }

    /** The number of calls left; null if unknown. */
    public synchronized @Nullable Integer remaining() {
        return remaining;
    }

    /** The number of calls left now, also if the window has ended since the last call; null if unknown. */
    public synchronized @Nullable Integer left() {
        if (isOver(clock.instant())) {
            return plan == null ? null : Integer.valueOf(plan.calls());
        }
        Latest figure = latest;
        return figure == null || remaining == null
                ? remaining
                : Integer.valueOf(Math.min(remaining, figure.remaining()));
    }

    /**
     * The figures under their IETF header names; those not read from the service are listed as estimated. Empty if
     * unknown.
     */
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

    /** Rounds up to whole seconds, so that nobody retries too early. */
    public static long seconds(Duration wait) {
        return wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0);
    }
}
