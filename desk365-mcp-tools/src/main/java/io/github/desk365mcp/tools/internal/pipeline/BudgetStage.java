package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.account.Ledger;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import java.time.Duration;

/** Refuses a call before it is sent if the plan is known to have too few calls left for it. */
public final class BudgetStage implements Stage {

    private final boolean compares;

    /** @param compares whether each update first reads the record, which costs a call */
    public BudgetStage(boolean compares) {
        this.compares = compares;
    }

    @Override
    public Outcome run(Call call, Next next) {
        Ledger ledger = call.account().ledger();
        Ledger.Share share = ledger.begin();
        try {
            return run(call, next, ledger, share);
        } finally {
            ledger.end(share, call.account().desk().rateLimit());
        }
    }

    private Outcome run(Call call, Next next, Ledger ledger, Ledger.Share share) {
        int calls = call.tool().reserved();
        Call followUp = call.notes().followUp();
        // Held while the message is sent, so that none is sent for whose follow-up too few are left. The follow-up then
        // takes its own; if another call gets them in between, the answer says that the change was not made.
        int more = followUp == null ? 0 : followUp.tool().reserved() + reads(followUp);
        Duration wait = ledger.take(share, calls + more);
        if (wait != null) {
            String least = ledger.isEndKnown() ? "" : "at least ";
            return new Outcome.Refused(
                    ErrorCodes.RATE_LIMITED,
                    "Nothing was sent: this costs "
                            + (calls + more == 1 ? "1 call" : calls + more + " calls")
                            + ", and the Desk365 plan has " + ledger.remaining() + " left. Wait " + least + words(wait)
                            + ".");
        }
        call.notes().cost(calls);
        Outcome outcome = next.run(call);
        if (more > 0) {
            ledger.giveBack(share, more);
        }
        if (call.notes().hasSentNothing()) {
            ledger.giveBack(share, calls);
            call.notes().cost(-calls);
        } else if (calls > 0 && outcome instanceof Outcome.Received) {
            ledger.answered(share);
        }
        return outcome;
    }

    /** How many calls a follow-up costs before its change. */
    private int reads(Call followUp) {
        return compares && RecordBefore.mayRead(followUp) ? 1 : 0;
    }

    /** A duration as a model reads it: in seconds, or in minutes from two minutes on. */
    static String words(Duration wait) {
        long seconds = Math.max(1, Ledger.seconds(wait));
        return seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }
}
