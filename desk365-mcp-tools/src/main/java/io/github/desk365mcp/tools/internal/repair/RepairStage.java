package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;

/**
 * Reads what was meant beyond doubt: "#4052" as 4052, assign_to as assigned_to, a list in a text as a list. Each repair
 * is told; what may have been meant in two ways is refused.
 */
public final class RepairStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        Call repaired;
        try {
            repaired = call.withArguments(ArgumentValues.of(call, ArgumentNames.of(call)));
        } catch (RefusedException refused) {
            return refused.outcome();
        }
        return next.run(repaired);
    }
}
