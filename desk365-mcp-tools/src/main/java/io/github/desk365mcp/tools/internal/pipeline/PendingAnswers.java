package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a model gets that makes a pending call, or makes it again. */
final class PendingAnswers {

    private static final String NOTICE = "notice";

    private final String where;
    private final Duration life;

    PendingAnswers(Policy policy) {
        String place = policy.approvalPlace();
        this.where = place == null ? "" : " at " + place;
        this.life = policy.approvalsLast();
    }

    Outcome waits(Call call, PendingEntry entry) {
        call.notes().pending(entry.id());
        return waiting(
                call,
                entry,
                "Nothing was done yet. Only a person can approve this call" + where(call)
                        + "; tell the user, with the preview."
                        + " After that, call " + call.names().of(call.tool().name())
                        + " again with exactly these arguments for the result; repeating it sends nothing.");
    }

    private String where(Call call) {
        return call.context().hasApprovalCard() ? ", on the card that this client shows" : where;
    }

    Outcome acts(Call call, PendingEntry entry) {
        return waiting(
                call,
                entry,
                "A person has "
                        + (entry.isDeclined()
                                ? "declined this call."
                                : "approved this call, and it is being carried out.")
                        + " Repeat the same call in a moment.");
    }

    private static Outcome waiting(Call call, PendingEntry entry, String next) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", Outcomes.WAITING_FOR_APPROVAL);
        answer.put("next", next);
        answer.put("expires_on", entry.end().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.put("preview", entry.preview().forModel(call.notes()));
        return new Outcome.NotExecuted(Outcomes.WAITING_FOR_APPROVAL, answer);
    }

    /** The outcome of the approved or declined call. */
    Outcome ended(Call call, PendingEntry entry) {
        Outcome outcome = entry.outcome();
        if (outcome instanceof Outcome.Refused) {
            entry.quotes().forEach(call.notes()::quoted);
            return outcome;
        }
        Map<String, Object> made = answer(outcome);
        if (made == null && entry.isDeclined()) {
            // The process that declined it was killed.
            return ApproveStage.declined(entry.words());
        }
        if (made == null) {
            return new Outcome.Refused(
                    ErrorCodes.UNKNOWN_OUTCOME,
                    "A person approved this call, but this server failed while it was carried out. Do not retry: a"
                            + " person must check in the Desk365 app.");
        }
        call.notes().labeled(entry.labels());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                NOTICE,
                "A person approved this call at "
                        + Objects.requireNonNull(entry.decided()).truncatedTo(ChronoUnit.SECONDS)
                        + ", and this is its result. Nothing was sent now.");
        addEarlier(answer, made);
        return new Outcome.NotExecuted(Outcomes.REPLAYED, answer);
    }

    /** Adds an earlier answer. Its notice follows ours: it may say that a part was not done. */
    static void addEarlier(Map<String, Object> answer, Map<String, Object> earlier) {
        if (earlier.get(NOTICE) instanceof String notice) {
            answer.merge(NOTICE, notice, (ours, its) -> ours + " " + its);
        }
        earlier.forEach(answer::putIfAbsent);
    }

    private static @Nullable Map<String, Object> answer(@Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return done.answer();
        }
        return outcome instanceof Outcome.NotExecuted instead ? instead.answer() : null;
    }

    Outcome expired() {
        return new Outcome.Refused(
                ErrorCodes.NOT_CONFIRMED,
                "Nobody decided on this call within " + BudgetStage.words(life)
                        + ". Nothing was sent. Call again only after the user says that they still want it.");
    }

    Outcome tooMany() {
        return new Outcome.Refused(
                ErrorCodes.BUSY,
                "Nothing was sent: too many calls wait for a person's approval. Ask the user to decide on them" + where
                        + " first.");
    }
}
