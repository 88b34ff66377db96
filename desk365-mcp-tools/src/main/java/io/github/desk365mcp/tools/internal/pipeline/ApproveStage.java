package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Confirmation;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.NotAnsweredException;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets a call pass, asks for it, stages it or refuses it, as the policy says. */
public final class ApproveStage implements Stage {

    private static final System.Logger LOG = System.getLogger(ApproveStage.class.getName());

    private static final Outcome.Refused OTHER_RECIPIENT = new Outcome.Refused(
            ErrorCodes.RECIPIENT_CHANGED,
            "Call again without approval_token for a new preview. Nothing was sent: since the preview, the ticket's contact"
                    + " has changed, so the mail would go to somebody else.");

    private final Approvals approvals;
    private final @Nullable Confirmation confirmation;
    private final ApprovalTokens tokens;

    public ApproveStage(Approvals approvals, @Nullable Confirmation confirmation, ApprovalTokens tokens) {
        this.approvals = approvals;
        this.confirmation = confirmation;
        this.tokens = tokens;
    }

    @Override
    public Outcome run(Call call, Next next) {
        Call plain = RedeemStage.withoutToken(call);
        if (call.tool().looksUp()) {
            // A part of the call that it is made for, and none to be asked about.
            return next.run(plain);
        }
        try {
            return switch (ApprovalDecision.of(
                    approvals, call.tool(), call.tool().mails(plain))) {
                case ALLOW -> next.run(plain);
                case STAGE -> stage(call, plain, next);
                case CONFIRM -> confirm(plain, next);
                case DENY ->
                    new Outcome.Refused(
                            ErrorCodes.DENIED,
                            "Do not try again: this server does not allow it. Nothing was done. A person can do it in the"
                                    + " Desk365 app.");
            };
        } catch (RefusedException noPreview) {
            return noPreview.outcome();
        }
    }

    private Outcome stage(Call call, Call plain, Next next) {
        String fingerprint = Fingerprint.exact(plain);
        if (call.arguments().get(ApprovalTokens.ARGUMENT) instanceof String token) {
            // Looked at before the budget, used up behind it.
            ApprovalTokens.Approved approved = tokens.find(token, fingerprint);
            if (approved == null) {
                return RedeemStage.NOT_GOOD;
            }
            return Preview.isOutdated(approved.to(), plain, next)
                    ? OTHER_RECIPIENT
                    : next.run(plain.permitted(approved.permit()));
        }
        Map<String, Object> preview = Preview.of(plain, next);
        ApprovalTokens.Token token = tokens.give(fingerprint, Preview.to(preview));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "needs_approval");
        answer.put(
                "next",
                "Show the preview to the person you work for. If they agree, call "
                        + call.names().of(call.tool().name())
                        + " again with exactly these arguments and approval_token."
                        + " Nothing was done yet.");
        answer.put(ApprovalTokens.ARGUMENT, token.text());
        answer.put("expires_on", token.end().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.put("preview", preview);
        return new Outcome.NotExecuted(Outcomes.NEEDS_APPROVAL, answer);
    }

    private Outcome confirm(Call call, Next next) {
        Confirmation ours = call.context().confirmation();
        Confirmation person = ours == null ? confirmation : ours;
        if (person == null) {
            // Without somebody to show it to, a preview would cost a call for nothing.
            return notConfirmed(
                    "Nothing was sent: it needs a person's agreement, and this client offers no way to ask for it."
                            + " Do not try again here; a person can do it in the Desk365 app.");
        }
        Map<String, Object> preview = Preview.of(call, next);
        String text = Preview.text(preview);
        try {
            if (!call.turn().aside().during(() -> person.agrees(text, call.context()))) {
                return notConfirmed(
                        "Nothing was sent: the person was asked, and did not agree. Ask the person you work for"
                                + " what they want instead.");
            }
        } catch (NotAnsweredException e) {
            return notConfirmed(
                    "Nobody answered in " + BudgetStage.words(e.waited()) + "; nothing was sent. Ask the person you"
                            + " work for whether they still want it, and only then make the call again.");
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The confirmation threw {0}",
                    e.getClass().getName());
            return call.context().isEnded()
                    ? Outcome.CANCELLED
                    : notConfirmed(
                            "Nothing was sent: it needs a person's agreement, and asking for it failed. Tell the person"
                                    + " you work for; they can do it in the Desk365 app.");
        }
        if (call.context().isEnded()) {
            return Outcome.CANCELLED;
        }
        return Preview.isOutdated(Preview.to(preview), call, next) ? OTHER_RECIPIENT : next.run(call);
    }

    private static Outcome notConfirmed(String message) {
        return new Outcome.Refused(ErrorCodes.NOT_CONFIRMED, message);
    }
}
