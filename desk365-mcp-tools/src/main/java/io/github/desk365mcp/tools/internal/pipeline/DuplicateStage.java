package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Codes;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes nothing twice: an equal call gets the answer of the first one, and waits for it if it is under way. After a call
 * that got no answer, it first looks for what that one made, also for one that makes the same with other files.
 * Thread-safe.
 */
public final class DuplicateStage implements Stage {

    /** Of each kind: calls that were answered, and calls that were not. */
    private static final int MOST = 1_000;

    /** How much longer a call without an answer is remembered than one with an answer: an hour with the usual window. */
    private static final Duration LONGER = Duration.ofMinutes(50);

    /** Codes of look-ups that may do better soon. */
    private static final Set<String> PASSING =
            Set.of(ErrorCodes.NO_ANSWER, ErrorCodes.UNAVAILABLE, ErrorCodes.RATE_LIMITED, ErrorCodes.CANCELLED);

    private final Clock clock;
    private final Duration window;
    private final Duration memory;
    private final Map<String, First> firsts = new LinkedHashMap<>();

    /** What got no answer, by what it makes; guarded by the other map. */
    private final Map<String, LostCall> lost = new LinkedHashMap<>();

    /** What is known of the first call of its kind; guarded by the map. */
    private static final class First {

        /** Null unless a call is under way. */
        private @Nullable CompletableFuture<@Nullable Void> underWay;

        private Instant at = Instant.MIN;
        private @Nullable Map<String, Object> answer;
        private Map<String, String> untrusted = Map.of();
    }

    public DuplicateStage(Clock clock, Duration window) {
        this.clock = clock;
        this.window = window;
        this.memory = window.plus(LONGER);
    }

    @Override
    public Outcome run(Call call, Next next) {
        if (call.tool().verb() != Tool.Verb.CREATES) {
            return next.run(call);
        }
        String key = Fingerprint.of(making(call));
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
            CallContext context = call.context();
            if (!call.turn().aside().during(() -> awaits(other, context))) {
                return new Outcome.Refused(ErrorCodes.CANCELLED, "The call was cancelled; nothing was sent by it.");
            }
        }
    }

    /** The call, as one of the tool that makes the same without files. */
    private static Call making(Call call) {
        String name = call.tool().withoutFiles();
        return name == null ? call : call.of(Catalogue.get(name));
    }

    /** The key of what is made, whatever files go with it. */
    private static String thing(Call call, String key) {
        if (!call.arguments().containsKey(AttachmentForms.ARGUMENT)) {
            return key;
        }
        Map<String, Object> others = new LinkedHashMap<>(call.arguments());
        others.remove(AttachmentForms.ARGUMENT);
        return Fingerprint.of(making(call).withArguments(others));
    }

    private Outcome act(Call call, Next next, String key, First first, CompletableFuture<@Nullable Void> own) {
        String thing = thing(call, key);
        Outcome outcome = null;
        try {
            LostCall before = lost(thing);
            outcome = before == null ? null : lookUp(call, next, before, key);
            if (outcome == null) {
                outcome = send(call, next, key, thing, before);
            }
            return outcome;
        } finally {
            synchronized (firsts) {
                settle(call, key, thing, first, outcome);
                first.underWay = null;
            }
            own.complete(null);
        }
    }

    private @Nullable LostCall lost(String thing) {
        synchronized (firsts) {
            return lost.get(thing);
        }
    }

    /** Makes the call, and remembers it if nobody knows what became of it. */
    private Outcome send(Call call, Next next, String key, String thing, @Nullable LostCall before) {
        Instant began = clock.instant();
        // What a fault of ours leaves behind is not known.
        boolean isOpen = true;
        boolean isKept = false;
        Outcome outcome;
        try {
            outcome = next.run(call);
            isOpen = outcome instanceof Outcome.Refused refused && refused.isOpen();
        } finally {
            if (isOpen) {
                Instant sent = Objects.requireNonNullElse(call.notes().begun(), began);
                isKept = keep(thing, new LostCall(before == null ? sent : before.began(), clock.instant(), key));
            }
        }
        return isOpen && outcome instanceof Outcome.Refused refused ? advised(call, refused, isKept) : outcome;
    }

    /** Never in the place of another, to which something was promised; false if there are too many. */
    private boolean keep(String thing, LostCall call) {
        synchronized (firsts) {
            forgetOld();
            boolean isKept = lost.size() < MOST || lost.containsKey(thing);
            if (isKept) {
                lost.put(thing, call);
            }
            return isKept;
        }
    }

    /** With what to do next, which is another thing than without this stage. */
    private Outcome advised(Call call, Outcome.Refused refused, boolean isKept) {
        String advice;
        if (!call.tool().findsAgain(call)) {
            advice =
                    "Do not try again: a person must look in the Desk365 app, since nothing here can show whether it was"
                            + " carried out.";
        } else if (isKept) {
            advice = "Make the same call again within " + words(memory)
                    + ": it first looks for what this one made. Later, or after a restart of this process, it would be"
                    + " sent anew.";
        } else {
            advice = "Do not try again: a person must look in the Desk365 app, since too many calls got no answer.";
        }
        return refused.advised(advice);
    }

    private void settle(Call call, String key, String thing, First first, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            first.answer = done.answer();
        } else if (outcome instanceof Outcome.NotExecuted told && told.code().equals(Codes.FOUND)) {
            first.answer = told.answer();
        }
        if (first.answer == null) {
            firsts.remove(key, first);
        } else {
            lost.remove(thing);
        }
        // Waiting for a person is part of the call.
        first.at = clock.instant();
        first.untrusted = Map.copyOf(call.notes().untrusted());
    }

    /** What the lost call made, or why that is not known; null if it surely made nothing. */
    private @Nullable Outcome lookUp(Call call, Next next, LostCall lost, String key) {
        String when = "Nothing was sent now: " + (lost.key().equals(key) ? "an equal call" : "a call with other files")
                + " at " + seconds(lost.began()) + " got no answer";
        Duration left = Duration.between(clock.instant(), lost.ended().plus(memory));
        String otherwise = " If it was not carried out, change an argument, or wait " + BudgetStage.words(left)
                + ", and call again.";
        Tool finder = call.tool().lookUp(call, lost);
        if (finder == null) {
            return new Outcome.Refused(
                    ErrorCodes.UNKNOWN_OUTCOME,
                    "Do not try again: a person must look in the Desk365 app. " + when
                            + ", and nothing here can show whether it was carried out." + otherwise);
        }
        Call look = call.of(finder);
        Outcome outcome = next.run(look);
        if (outcome instanceof Outcome.Refused refused) {
            if (refused.code().equals(ErrorCodes.NOT_FOUND)) {
                return null;
            }
            Integer status = look.notes().status();
            if (status != null) {
                call.notes().refusedWith(status);
            }
            String message = refused.code().equals(ErrorCodes.UNKNOWN_OUTCOME)
                    ? refused.message() + otherwise
                    : "Whether it was carried out could not be seen. " + refused.message()
                            + (PASSING.contains(refused.code())
                                    ? " Make the same call again within " + words(left) + "."
                                    : " A person must look." + otherwise);
            return new Outcome.Refused(ErrorCodes.UNKNOWN_OUTCOME, when + ". " + message);
        }
        look.notes().untrusted().forEach(call.notes()::untrusted);
        Map<String, Object> answer = new LinkedHashMap<>(((Outcome.Done) outcome).answer());
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("found", true);
        // The service does not say who owns the key.
        told.put(
                "notice",
                when + ", and this is there, which it seems to have made: it was made at that time, and shows what was"
                        + " sent."
                        + (answer.containsKey("created_by") && !call.arguments().containsKey("agent_email")
                                ? " Its created_by must be the owner of the API key."
                                : ""));
        told.putAll(answer);
        return new Outcome.NotExecuted(Codes.FOUND, told);
    }

    private static Outcome replay(Call call, First first, Map<String, Object> made) {
        first.untrusted.forEach(call.notes()::untrusted);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("replayed", true);
        answer.put(
                "notice",
                "Nothing was sent now: this is the answer to an equal call at " + seconds(first.at)
                        + ". Only if the person wants another one, change an argument.");
        made.forEach(answer::putIfAbsent);
        return new Outcome.NotExecuted(Outcomes.REPLAYED, answer);
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** False if this call was cancelled, or abandoned, meanwhile. */
    private static boolean awaits(CompletableFuture<@Nullable Void> other, CallContext context) {
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        List<Cancellation.Registration> registrations = context.ends().stream()
                .map(end -> end.onCancel(() -> ended.complete(null)))
                .toList();
        try {
            CompletableFuture.anyOf(other, ended).join();
        } finally {
            registrations.forEach(Cancellation.Registration::close);
        }
        return !context.isEnded();
    }

    /** How long something is promised for: rather too short than too long. */
    private static String words(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
    }

    private void forgetOld() {
        Instant now = clock.instant();
        firsts.values().removeIf(first -> first.underWay == null && !now.isBefore(first.at.plus(window)));
        lost.values().removeIf(call -> !now.isBefore(call.ended().plus(memory)));
    }

    /** What is too old is forgotten. Of too many the oldest that was answered; never what is under way. */
    private First remembered(String key) {
        forgetOld();
        First known = firsts.get(key);
        if (known != null) {
            return known;
        }
        if (firsts.size() >= MOST) {
            firsts.values().stream()
                    .filter(first -> first.underWay == null)
                    .findFirst()
                    .ifPresent(firsts.values()::remove);
        }
        First added = new First();
        firsts.put(key, added);
        return added;
    }
}
