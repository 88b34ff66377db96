package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes nothing twice: an equal call gets the answer of the first one, and waits for it if it is under way. After a call
 * that got no answer, it first looks for what that one made. Thread-safe.
 */
final class DuplicateStage implements Stage {

    private static final int MOST = 1_000;

    /** What clocks, here and there, may differ. */
    private static final Duration SKEW = Duration.ofHours(1);

    /** Codes of outcomes that leave open whether something was made. */
    private static final Set<String> OPEN = Set.of("unknown_outcome", "unreadable_answer", "unavailable");

    private final Clock clock;
    private final Duration window;
    private final Map<String, First> firsts = new LinkedHashMap<>();

    /** What is known of the first call of its kind; guarded by the map. */
    private static final class First {

        /** Null unless a call is under way. */
        private @Nullable CompletableFuture<@Nullable Void> underWay;

        private Instant at = Instant.MIN;

        /** When a call left of which nothing is known; null if there is none. */
        private @Nullable Instant lost;

        private @Nullable Map<String, Object> answer;
        private Map<String, String> untrusted = Map.of();
    }

    DuplicateStage(Clock clock, Duration window) {
        this.clock = clock;
        this.window = window;
    }

    @Override
    public Outcome run(Call call, Next next) {
        if (call.tool().verb() != Tool.Verb.CREATES) {
            return next.run(call);
        }
        String key = Fingerprint.of(call);
        while (true) {
            First first;
            CompletableFuture<@Nullable Void> other;
            CompletableFuture<@Nullable Void> own = new CompletableFuture<>();
            synchronized (firsts) {
                first = remembered(key);
                if (first.answer != null) {
                    return replay(call, first, first.answer);
                }
                other = first.underWay;
                if (other == null) {
                    first.underWay = own;
                }
            }
            if (other == null) {
                return act(call, next, key, first, own);
            }
            if (!awaits(other, call.context().cancellation())) {
                return new Outcome.Refused("cancelled", "The call was cancelled; nothing was sent by it.");
            }
        }
    }

    private Outcome act(Call call, Next next, String key, First first, CompletableFuture<@Nullable Void> own) {
        Instant began = clock.instant();
        // What a fault of ours leaves behind is not known.
        Outcome outcome = new Outcome.Refused("unknown_outcome", "");
        try {
            Outcome found = first.lost == null ? null : lookUp(call, next, first.lost);
            outcome = found == null ? next.run(call) : found;
            return found == null && outcome instanceof Outcome.Refused refused && isOpen(refused)
                    ? advised(call, refused, began)
                    : outcome;
        } finally {
            synchronized (firsts) {
                settle(call, key, first, began, outcome);
                first.underWay = null;
            }
            own.complete(null);
        }
    }

    /** With what to do next, which is another thing than without this stage. */
    private static Outcome advised(Call call, Outcome.Refused refused, Instant began) {
        String advice = call.tool().lookUp(call, began) == null
                ? "Do not try again: a person must look in the Desk365 app, since nothing here can show whether it was"
                        + " carried out. "
                : "Make the same call again: it first looks for what this one made, and sends nothing twice. ";
        return new Outcome.Refused(refused.code(), advice + refused.says().replace(Failures.LOOK, ""));
    }

    /** Whether it leaves open that something was made. */
    static boolean isOpen(Outcome.Refused refused) {
        return OPEN.contains(refused.code());
    }

    private void settle(Call call, String key, First first, Instant began, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            first.answer = done.answer();
        } else if (outcome instanceof Outcome.Told told && told.code().equals("found")) {
            first.answer = told.answer();
        } else if (outcome instanceof Outcome.Refused refused && isOpen(refused) && first.lost == null) {
            first.lost = began;
        }
        // Waiting for a person is part of the call.
        first.at = clock.instant();
        first.untrusted = Map.copyOf(call.trace().untrusted());
        if (first.answer == null && first.lost == null) {
            firsts.remove(key);
        }
    }

    /** What the lost call made, or why that is not known; null if it surely made nothing. */
    private static @Nullable Outcome lookUp(Call call, Next next, Instant lost) {
        String when = "Nothing was sent now: an equal call at " + seconds(lost) + " got no answer, and ";
        Tool finder = call.tool().lookUp(call, lost.minus(SKEW));
        if (finder == null) {
            return new Outcome.Refused(
                    "unknown_outcome",
                    "Do not try again: a person must look in the Desk365 app. " + when
                            + "nothing here can show whether it was carried out.");
        }
        Call look = call.of(finder);
        Outcome outcome = next.run(look);
        if (outcome instanceof Outcome.Refused refused) {
            Integer status = look.trace().status();
            if (status != null && !refused.code().equals("not_found")) {
                call.trace().refusedWith(status);
            }
            return refused.code().equals("not_found")
                    ? null
                    : new Outcome.Refused(
                            "unknown_outcome",
                            when + "whether it was carried out could not be seen. " + refused.says());
        }
        look.trace().untrusted().forEach(call.trace()::untrusted);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("found", true);
        answer.put("notice", when + "this is there, which it seems to have made.");
        answer.putAll(((Outcome.Done) outcome).answer());
        return new Outcome.Told("found", answer);
    }

    private static Outcome replay(Call call, First first, Map<String, Object> made) {
        first.untrusted.forEach(call.trace()::untrusted);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("replayed", true);
        answer.put(
                "notice",
                "Nothing was sent now: this is the answer to an equal call at " + seconds(first.at)
                        + ". Only if the person wants another one, change an argument.");
        made.forEach(answer::putIfAbsent);
        return new Outcome.Told("replayed", answer);
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** False if this call was cancelled meanwhile. */
    private static boolean awaits(CompletableFuture<@Nullable Void> other, @Nullable Cancellation cancellation) {
        if (cancellation == null) {
            other.join();
            return true;
        }
        CompletableFuture<@Nullable Void> cancelled = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> cancelled.complete(null));
        try {
            CompletableFuture.anyOf(other, cancelled).join();
        } finally {
            registration.close();
        }
        return !cancellation.isCancelled();
    }

    /**
     * What is too old is forgotten. Of too many the oldest that was answered, else the oldest that was lost; never what
     * is under way.
     */
    private First remembered(String key) {
        Instant now = clock.instant();
        firsts.values().removeIf(first -> first.underWay == null && !now.isBefore(first.at.plus(window)));
        First known = firsts.get(key);
        if (known != null) {
            return known;
        }
        if (firsts.size() >= MOST) {
            firsts.values().stream()
                    .filter(first -> first.underWay == null)
                    .min(Comparator.comparing(first -> first.answer == null))
                    .ifPresent(firsts.values()::remove);
        }
        First added = new First();
        firsts.put(key, added);
        return added;
    }
}
