package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.state.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Prevents duplicate creates. A call equal to an earlier one gets the earlier result, and waits for it if the earlier
 * call is still in progress. After a call without a response, the next call for the same record first searches the
 * helpdesk for it, even if the files differ. Nothing is sent again while the record may still appear. Thread-safe.
 */
public final class DuplicateStage implements Stage {

    /** The limit for answered calls. */
    private static final int MOST = 1_000;

    /**
     * How much longer an unanswered call is remembered than an answered one: an hour in all with the default window.
     */
    private static final Duration LONGER = Duration.ofMinutes(50);

    /** How often a call asks whether an equal call of another process has ended. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

    /** Error codes of look-ups that may succeed if repeated soon. */
    private static final Set<String> PASSING =
            Set.of(ErrorCodes.NO_ANSWER, ErrorCodes.UNAVAILABLE, ErrorCodes.RATE_LIMITED, ErrorCodes.CANCELLED);

    // Keys of answers.
    private static final String FOUND = "found";
    private static final String REPLAYED = "replayed";
    private static final String NOTICE = "notice";
    private static final String CREATED_BY = "created_by";

    /** The argument that names the author of a record. */
    private static final String AGENT = "agent_email";

    private final Clock clock;
    private final Duration window;
    private final Duration memory;
    private final Claims claims;
    private final boolean isShared;
    private final Predicate<CallContext> stands;
    private final Map<String, First> firsts = new LinkedHashMap<>();

    /** The state of the first of several equal calls; guarded by {@code firsts}. */
    private static final class First {

        /** Null unless a call is in progress. */
        private @Nullable CompletableFuture<@Nullable Void> underWay;

        private Claim.@Nullable Made made;
    }

    public DuplicateStage(Clock clock, Duration window) {
        this(clock, window, null, context -> true);
    }

    /**
     * @param shared the state that processes share; null if there is none
     * @param stands whether a call may go on after it has waited for an equal one
     */
    DuplicateStage(Clock clock, Duration window, @Nullable Records shared, Predicate<CallContext> stands) {
        this.clock = clock;
        this.window = window;
        this.memory = window.plus(LONGER);
        this.isShared = shared != null;
        this.stands = stands;
        this.claims = shared == null ? new LocalClaims(clock, memory) : new SharedClaims(shared, clock, window, memory);
    }

    @Override
    public Outcome run(Call call, Next next) {
        if (call.tool().verb() != Tool.Verb.CREATES) {
            return next.run(call);
        }
        String key = Fingerprint.of(withoutFiles(call));
        while (true) {
            First first;
            CompletableFuture<@Nullable Void> other;
            CompletableFuture<@Nullable Void> own = new CompletableFuture<>();
            synchronized (firsts) {
                first = remembered(key);
                if (first.made != null) {
                    return replay(call, first.made);
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
                return new Outcome.Refused(ErrorCodes.CANCELLED, "The call was cancelled; nothing was sent.");
            }
            if (!stands.test(context)) {
                return AdmissionStage.ENDED;
            }
        }
    }

    /** Returns the call as one of the tool that creates the same record without files. */
    private static Call withoutFiles(Call call) {
        String name = call.tool().withoutFiles();
        return name == null ? call : call.of(Catalogue.get(name));
    }

    /** Returns the key of the record to create, without regard to files. */
    private static String recordKey(Call call, String key) {
        if (call.tool().own() != null || !call.arguments().containsKey(AttachmentForms.ARGUMENT)) {
            return key;
        }
        Map<String, Object> others = new LinkedHashMap<>(call.arguments());
        others.remove(AttachmentForms.ARGUMENT);
        return Fingerprint.of(withoutFiles(call).withArguments(others));
    }

    private Outcome act(Call call, Next next, String key, First first, CompletableFuture<@Nullable Void> own) {
        Claim.Made made = null;
        try {
            String recordKey = recordKey(call, key);
            Claims.Attempt attempt = claims.claim(key, recordKey);
            while (attempt == Claims.Attempt.ELSEWHERE) {
                if (!call.turn().aside().during(() -> pauses(call.context()))) {
                    return new Outcome.Refused(ErrorCodes.CANCELLED, "The call was cancelled; nothing was sent.");
                }
                if (!stands.test(call.context())) {
                    return AdmissionStage.ENDED;
                }
                attempt = claims.claim(key, recordKey);
            }
            made = attempt.made();
            if (made != null) {
                return replay(call, made);
            }
            Claim claim = Objects.requireNonNull(attempt.own());
            Outcome outcome = act(call, next, key, claim);
            made = made(call, outcome);
            return outcome;
        } finally {
            synchronized (firsts) {
                first.made = made;
                if (made == null) {
                    firsts.remove(key, first);
                }
                first.underWay = null;
            }
            own.complete(null);
        }
    }

    /** Makes the call, or finds what a lost one created, and ends the claim. */
    private Outcome act(Call call, Next next, String key, Claim claim) {
        LostCall before = claim.before();
        boolean isEnded = false;
        try {
            Outcome outcome = before == null ? null : lookUp(call, next, before, key, claim);
            if (outcome == null) {
                isEnded = true;
                return send(call, next, key, claim);
            }
            Claim.Made found = made(call, outcome);
            if (found != null) {
                isEnded = true;
                claim.made(found);
            }
            return outcome;
        } finally {
            if (!isEnded) {
                claim.release();
            }
        }
    }

    /** Makes the call, and remembers it if its outcome is unknown. */
    private Outcome send(Call call, Next next, String key, Claim claim) {
        LostCall before = claim.before();
        Instant began = clock.instant();
        boolean isOpen = false;
        boolean isKept = false;
        Outcome outcome = null;
        try {
            Call.Permit permit = claim.permit();
            outcome = next.run(permit == null ? call : call.permitted(permit));
            isOpen = outcome instanceof Outcome.Refused refused && refused.isOpen();
        } finally {
            // If a stage throws after the service was called, the outcome is unknown.
            isOpen |= outcome == null && call.notes().begun() != null;
            if (isOpen) {
                Instant sent = Objects.requireNonNullElse(call.notes().begun(), began);
                isKept = claim.lost(new LostCall(
                        before == null ? sent : before.began(),
                        clock.instant(),
                        key,
                        call.account().desk().clockOffset(),
                        false));
            } else {
                Claim.Made made = outcome == null ? null : made(call, outcome);
                if (made == null) {
                    claim.release();
                } else {
                    claim.made(made);
                }
            }
        }
        return isOpen && outcome instanceof Outcome.Refused refused ? advised(call, refused, isKept) : outcome;
    }

    /** Adds the next step, which depends on what this stage remembers. */
    private Outcome advised(Call call, Outcome.Refused refused, boolean isKept) {
        String advice;
        if (!call.tool().findsAgain(call)) {
            advice = "Do not retry: a person must check in the Desk365 app, because no tool can show whether the call"
                    + " was carried out.";
        } else if (isKept) {
            advice = "Repeat the same call within " + words(memory) + ": it first checks whether this one was carried"
                    + " out. Later" + (isShared ? "" : ", or after a restart of this server")
                    + ", it would be sent again.";
        } else {
            advice = "Do not retry: a person must check in the Desk365 app, because too many calls got no response.";
        }
        return refused.advised(advice);
    }

    /** The answer to remember; null if nothing was created. */
    private Claim.@Nullable Made made(Call call, Outcome outcome) {
        Map<String, Object> answer = null;
        if (outcome instanceof Outcome.Done done) {
            answer = done.answer();
        } else if (outcome instanceof Outcome.NotExecuted instead
                && instead.code().equals(Outcomes.FOUND)) {
            answer = instead.answer();
        }
        // Counted from the end of the call, which may have waited for a person.
        return answer == null ? null : new Claim.Made(answer, call.notes().labels(), clock.instant());
    }

    /** Returns the record that the lost call created, or why that is unknown; null if it certainly created nothing. */
    private @Nullable Outcome lookUp(Call call, Next next, LostCall lost, String key, Claim claim) {
        String when = "Nothing was sent now: the same call " + (lost.key().equals(key) ? "" : "with other files ")
                + "at " + seconds(lost.began()) + " got no response";
        Duration left = Duration.between(clock.instant(), lost.ended().plus(memory));
        String otherwise = " If it was not carried out, change an argument or wait " + BudgetStage.words(left)
                + ", then call again.";
        Tool finder = call.tool().lookUp(call, lost);
        if (finder == null) {
            return new Outcome.Refused(
                    ErrorCodes.UNKNOWN_OUTCOME,
                    "Do not retry: a person must check in the Desk365 app. " + when + ", and no tool can show whether"
                            + " it was carried out." + otherwise);
        }
        // Read before the search, which may take longer than the rest of the wait.
        boolean isSettled = !clock.instant().isBefore(lost.settled());
        if (!isSettled && lost.isSearched()) {
            // Another search would cost calls, and finding nothing would still prove nothing.
            return unsettled(when, lost);
        }
        Call look = call.of(finder);
        Outcome outcome = next.run(look);
        if (outcome instanceof Outcome.Refused refused) {
            if (refused.code().equals(ErrorCodes.NOT_FOUND)) {
                if (isSettled) {
                    return null;
                }
                claim.searched();
                return unsettled(when, lost);
            }
            call.notes().quoted(look.notes());
            Integer status = look.notes().status();
            if (status != null) {
                call.notes().refusedWith(status);
            }
            String message = refused.code().equals(ErrorCodes.UNKNOWN_OUTCOME)
                    ? refused.message() + otherwise
                    : "Checking whether it was carried out failed. " + refused.message()
                            + (PASSING.contains(refused.code())
                                    ? " Repeat the same call within " + words(left) + "."
                                    : " A person must check." + otherwise);
            return new Outcome.Refused(ErrorCodes.UNKNOWN_OUTCOME, when + ". " + message);
        }
        call.notes().labeled(look.notes().labels());
        Map<String, Object> answer = new LinkedHashMap<>(((Outcome.Done) outcome).answer());
        Map<String, Object> reported = new LinkedHashMap<>();
        reported.put(FOUND, true);
        // The service does not return the owner of the key.
        reported.put(
                NOTICE,
                when + ", but it seems to have created this record, which dates from that time and matches the"
                        + " arguments."
                        + (answer.containsKey(CREATED_BY) && !call.arguments().containsKey(AGENT)
                                ? " Check that its created_by is the owner of the API key."
                                : ""));
        reported.putAll(answer);
        Call followUp = call.notes().followUp();
        if (followUp != null) {
            // The call without a response did not begin it.
            reported.put(Tool.THEN, ThenStage.notDone(followUp, "The earlier call did not get that far."));
        }
        return new Outcome.NotExecuted(Outcomes.FOUND, reported);
    }

    /** Nothing was found, but the service may still be working on the lost call, or list its record only later. */
    private Outcome unsettled(String when, LostCall lost) {
        Duration wait = Duration.between(clock.instant(), lost.settled());
        return new Outcome.Refused(
                ErrorCodes.UNKNOWN_OUTCOME,
                when + ". It is not clear yet whether it was carried out: nothing was found so far. Repeat the same"
                        + " call in " + BudgetStage.words(wait) + ": it checks again, and is sent only if still"
                        + " nothing is found.");
    }

    private static Outcome replay(Call call, Claim.Made made) {
        call.notes().labeled(made.labels());
        Map<String, Object> kept = made.answer();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(REPLAYED, true);
        answer.put(
                NOTICE,
                "Nothing was sent now: "
                        + (kept == null
                                ? "the same call was carried out at " + seconds(made.at())
                                        + " by another process of this server, which keeps no copy of the result."
                                        + " Read the record for it."
                                : "this is the result of the same call at " + seconds(made.at()) + ".")
                        + " Change an argument only if the user wants another one.");
        if (kept != null) {
            PendingAnswers.addEarlier(answer, kept);
        }
        Call followUp = call.notes().followUp();
        if (followUp != null && !ThenStage.isOf(followUp, answer.get(Tool.THEN))) {
            answer.put(
                    Tool.THEN,
                    ThenStage.notDone(
                            followUp,
                            "This call did nothing, and the earlier one is not known to have made this change."));
            // The earlier reason may have quoted the service.
            call.notes().ours(ThenStage.REASON);
        }
        return new Outcome.NotExecuted(Outcomes.REPLAYED, answer);
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Waits for the other call; returns false if this one was cancelled or abandoned meanwhile. */
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

    /** A duration that a message promises, so it is rounded down. */
    private static String words(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
    }

    /** Waits a moment for another process; returns false if the call was cancelled or abandoned meanwhile. */
    private static boolean pauses(CallContext context) {
        CompletableFuture<@Nullable Void> moment = new CompletableFuture<>();
        return awaits(moment.completeOnTimeout(null, BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS), context);
    }

    private boolean isOld(First first) {
        return first.underWay == null
                && (first.made == null
                        || !clock.instant().isBefore(first.made.at().plus(window)));
    }

    /** Removes old entries at the beginning: the first of those that are left is not old. */
    private void forgetOld() {
        Iterator<First> oldest = firsts.values().iterator();
        while (oldest.hasNext() && isOld(oldest.next())) {
            oldest.remove();
        }
    }

    /** Removes old entries and, if there are too many, the oldest that is not in progress. */
    private First remembered(String key) {
        forgetOld();
        First known = firsts.get(key);
        if (known != null && !isOld(known)) {
            return known;
        }
        firsts.remove(key);
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
