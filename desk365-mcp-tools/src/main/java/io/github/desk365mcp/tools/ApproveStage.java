package io.github.desk365mcp.tools;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets a call pass, asks for it, stages it or refuses it, as the policy says. */
final class ApproveStage implements Stage {

    private static final System.Logger LOG = System.getLogger(ApproveStage.class.getName());

    private final Approvals approvals;
    private final @Nullable Confirmation confirmation;
    private final ApprovalTokens tokens;

    ApproveStage(Approvals approvals, @Nullable Confirmation confirmation, ApprovalTokens tokens) {
        this.approvals = approvals;
        this.confirmation = confirmation;
        this.tokens = tokens;
    }

    @Override
    public Outcome run(Call call, Next next) {
        Call plain = RedeemStage.withoutToken(call);
        return switch (approvals.of(call.tool(), call.tool().mails(plain))) {
            case ALLOW -> next.run(plain);
            case STAGE -> stage(call, plain, next);
            case CONFIRM -> confirm(plain, next);
            case DENY ->
                new Outcome.Refused(
                        "denied",
                        "Do not try again: this server does not allow it. Nothing was done. A person can do it in the"
                                + " Desk365 app.");
        };
    }

    private Outcome stage(Call call, Call plain, Next next) {
        String fingerprint = Fingerprint.of(call);
        if (call.arguments().get(ApprovalTokens.ARGUMENT) instanceof String token) {
            // Looked at before the budget, used up behind it.
            return tokens.isGood(token, fingerprint) ? next.run(call) : RedeemStage.NOT_GOOD;
        }
        Map<String, Object> preview;
        try {
            preview = Preview.of(plain, next);
        } catch (RefusedException refused) {
            return refused.outcome();
        }
        ApprovalTokens.Token token = tokens.give(fingerprint);
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
        return new Outcome.Told("needs_approval", answer);
    }

    private Outcome confirm(Call call, Next next) {
        Confirmation ours = call.context().confirmation();
        Confirmation person = ours == null ? confirmation : ours;
        String preview;
        try {
            // Without somebody to show it to, it would cost a call for nothing.
            preview = person == null ? "" : Preview.text(Preview.of(call, next));
        } catch (RefusedException refused) {
            return refused.outcome();
        }
        if (person != null && agrees(person, preview, call.context())) {
            return next.run(call);
        }
        return new Outcome.Refused(
                "not_confirmed",
                "Ask the person you work for what they want instead. Nothing was done: it needs a person's agreement,"
                        + " which was not given.");
    }

    private static boolean agrees(Confirmation person, String preview, CallContext context) {
        try {
            return person.agrees(preview, context);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The confirmation threw {0}",
                    e.getClass().getName());
            return false;
        }
    }
}
