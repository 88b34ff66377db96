package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Confirmation;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.NotAnsweredException;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Decision;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.RoundTrip;
import io.github.desk365mcp.tools.internal.core.Stage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Applies the approval policy: lets a call pass, stages it, asks a person, or refuses it. */
public final class ApproveStage implements Stage {

    private static final System.Logger LOG = System.getLogger(ApproveStage.class.getName());

    /** The channels of people who are asked while the call waits. */
    private static final String CLIENT = "client";

    private static final String HOST = "host";

    private static final Outcome.Refused OTHER_RECIPIENT = new Outcome.Refused(
            ErrorCodes.RECIPIENT_CHANGED,
            "The ticket's contact has changed since the preview, or the earlier copies have, so the mail would go to"
                    + " somebody else. Nothing was sent. Call again without approval_token for a new preview.");

    private static final Outcome.Refused ANSWER_NOT_GOOD = new Outcome.Refused(
            ErrorCodes.APPROVAL_NOT_GOOD,
            "The user's approval was already used, has expired or is for another call. Nothing was done. Call again, so"
                    + " that the user is asked again.");

    private final Approvals approvals;
    private final @Nullable Confirmation confirmation;
    private final ApprovalTokens tokens;
    private final PendingStore pending;
    private final Predicate<CallContext> stands;
    private final boolean waits;

    /** @param stands whether a call may go on after it has waited for a person */
    ApproveStage(Policy policy, ApprovalTokens tokens, PendingStore pending, Predicate<CallContext> stands) {
        this.approvals = policy.approvals();
        this.confirmation = policy.confirmation();
        this.tokens = tokens;
        this.pending = pending;
        this.stands = stands;
        this.waits = policy.hasPendingCalls();
    }

    @Override
    public Outcome run(Call call, Next next) {
        Call plain = RedeemStage.withoutToken(call);
        if (call.tool().looksUp()) {
            // The look-up is part of a call that has its own approval.
            return next.run(plain);
        }
        try {
            Approval approval = ApprovalDecision.of(approvals, plain);
            Decision decision = call.decision();
            if (decision != null && approval != Approval.DENY) {
                return decided(plain, decision, next);
            }
            return switch (approval) {
                case ALLOW -> next.run(plain);
                case STAGE -> stage(call, plain, next);
                case CONFIRM -> confirm(plain, next);
                case DENY ->
                    new Outcome.Refused(
                            ErrorCodes.DENIED,
                            "This server does not allow this call. Nothing was done. Do not retry; a person can do it"
                                    + " in the Desk365 app.");
            };
        } catch (RefusedException noPreview) {
            return noPreview.outcome();
        }
    }

    private Outcome stage(Call call, Call plain, Next next) {
        String fingerprint = Fingerprint.exact(plain);
        if (call.arguments().get(ApprovalTokens.ARGUMENT) instanceof String token) {
            // Checked before the budget stage, used up after it.
            ApprovalTokens.Approved approved = tokens.find(token, fingerprint);
            if (approved == null) {
                return RedeemStage.NOT_GOOD;
            }
            call.notes().previewed(approved.to());
            return Preview.isOutdated(approved.to(), plain, next)
                    ? OTHER_RECIPIENT
                    : next.run(only(approved.files(), plain.permitted(approved.permit())));
        }
        List<Map<String, Object>> files = Preview.files(plain);
        Preview preview = Preview.of(plain, files, next);
        ApprovalTokens.Token token = tokens.give(fingerprint, preview.to(), files, plain.arguments());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "needs_approval");
        answer.put(
                "next",
                "Nothing was done yet. Show the preview to the user. If they agree, call "
                        + call.names().of(call.tool().name())
                        + (token.isShort()
                                ? " again with " + RecallStage.needed(call.tool())
                                        + ". The other arguments are kept: leave them out, or empty where your client"
                                        + " requires them."
                                : " again with exactly these arguments and the approval_token."));
        answer.put(ApprovalTokens.ARGUMENT, token.text());
        answer.put("expires_on", token.end().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.put("preview", preview.forModel(call.notes()));
        return new Outcome.NotExecuted(Outcomes.NEEDS_APPROVAL, answer);
    }

    /** Carries out what a person has approved, or says that the person has declined. */
    private static Outcome decided(Call call, Decision decision, Next next) {
        call.notes().decided(decision);
        if (!decision.approves()) {
            return declined(decision.words());
        }
        if (!decision.fingerprint().equals(Fingerprint.exact(call))) {
            return notConfirmed("This call is read differently now than in the preview that a person approved. Nothing"
                    + " was sent. Call again for a new preview.");
        }
        call.notes().previewed(decision.to());
        return Preview.isOutdated(decision.to(), call, next) ? OTHER_RECIPIENT : next.run(only(decision.files(), call));
    }

    private Outcome confirm(Call call, Next next) {
        String fingerprint = Fingerprint.exact(call);
        Outcome decided = pending.outcomeOf(fingerprint, call);
        if (decided != null) {
            return decided;
        }
        Confirmation ours = call.context().confirmation();
        Confirmation person = ours == null ? confirmation : ours;
        boolean waits = this.waits || call.context().hasApprovalCard();
        if (person == null && !waits) {
            // A preview costs a call, so none is made if nobody can see it.
            return notConfirmed(
                    "This call needs a person's approval, and this client cannot ask for it. Nothing was sent. Do not"
                            + " retry here; a person can do it in the Desk365 app.");
        }
        RoundTrip.Answer answer = person instanceof RoundTrip trip ? trip.answer() : null;
        if (answer != null) {
            return answered(answer, fingerprint, call, next);
        }
        List<Map<String, Object>> files = Preview.files(call);
        Preview preview = Preview.of(call, files, next);
        if (person instanceof RoundTrip trip) {
            // The arguments are not kept: the second call repeats them.
            ApprovalTokens.Token token = tokens.give(fingerprint, preview.to(), files, Map.of());
            trip.ask(new RoundTrip.Question(preview.text(), token.text()));
            return new Outcome.NotExecuted(
                    Outcomes.NEEDS_APPROVAL,
                    Map.of("status", "needs_approval", "preview", preview.forModel(call.notes())));
        }
        if (person == null) {
            return pending.add(call, fingerprint, preview, files);
        }
        long asked = System.nanoTime();
        boolean agrees;
        try {
            String text = preview.text();
            agrees = call.turn().aside().during(() -> person.agrees(text, call.context()));
        } catch (NotAnsweredException e) {
            return notConfirmed("Nobody answered the approval request within " + BudgetStage.words(e.waited())
                    + ". Nothing was sent. Call again only after the user says that they still want it.");
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The confirmation threw {0}",
                    e.getClass().getName());
            if (call.context().isEnded()) {
                return Outcome.CANCELLED;
            }
            return waits
                    ? pending.add(call, fingerprint, preview, files)
                    : notConfirmed("This call needs a person's approval, and asking for it failed. Nothing was sent."
                            + " Tell the user; they can do it in the Desk365 app.");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        String channel = ours == null ? HOST : CLIENT;
        Decision decision = new Decision(agrees, null, channel, "", took, fingerprint, preview.to(), files);
        if (agrees && call.context().isEnded()) {
            return Outcome.CANCELLED;
        }
        return agrees && !stands.test(call.context()) ? AdmissionStage.ENDED : decided(call, decision, next);
    }

    /** Carries out or declines what a person was asked about when the call was made before. */
    private Outcome answered(RoundTrip.Answer answer, String fingerprint, Call call, Next next) {
        ApprovalTokens.Approved asked = tokens.find(answer.token(), fingerprint);
        if (asked == null) {
            return ANSWER_NOT_GOOD;
        }
        Call.Permit permit = () -> asked.permit().use() == null ? null : ANSWER_NOT_GOOD;
        if (!answer.agrees() && permit.use() != null) {
            return ANSWER_NOT_GOOD;
        }
        return decided(
                call.permitted(permit),
                new Decision(answer.agrees(), null, CLIENT, "", asked.since(), fingerprint, asked.to(), asked.files()),
                next);
    }

    /** The same call, which sends only the files of the preview: a reference may mean other bytes by now. */
    private static Call only(List<Map<String, Object>> files, Call call) {
        return files.isEmpty() ? call : call.uploadedBy(call.uploader().only(files));
    }

    /** @param words what the person says; may be empty */
    static Outcome declined(String words) {
        return notConfirmed("The person who was asked did not approve this call. Nothing was sent. "
                + (words.isEmpty() ? "Ask the user what they want instead." : "They say: " + words));
    }

    private static Outcome notConfirmed(String message) {
        return new Outcome.Refused(ErrorCodes.NOT_CONFIRMED, message);
    }
}
