package io.github.desk365mcp.tools;

import java.time.Duration;
import java.util.Set;

/** Refuses a call before it leaves if the plan is known to have too few calls left for it. */
final class BudgetStage implements Stage {

    private static final Set<String> NOT_SENT = Set.of("invalid_arguments", "attachment_failed", "approval_not_good");

    @Override
    public Outcome run(Call call, Next next) {
        int calls = call.tool().calls();
        Ledger ledger = call.helpdesk().ledger();
        Duration wait = ledger.take(calls);
        if (wait != null) {
            String least = ledger.untilReset() == null ? "at least " : "";
            return new Outcome.Refused(
                    "rate_limited",
                    "Nothing was sent: this costs " + (calls == 1 ? "1 call" : calls + " calls")
                            + ", and the Desk365 plan has " + ledger.remaining() + " left. Wait " + least + words(wait)
                            + ".");
        }
        Outcome outcome = next.run(call);
        if (outcome instanceof Outcome.Refused refused && NOT_SENT.contains(refused.code())) {
            // Nothing left for the service.
            ledger.giveBack(calls);
            return outcome;
        }
        ledger.saw(call.helpdesk().desk().rateLimit());
        if (outcome instanceof Outcome.Refused refused && refused.code().equals("rate_limited")) {
            ledger.spent();
        }
        return outcome;
    }

    /** For a model: seconds, or minutes where they are many. */
    static String words(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0));
        return seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }
}
