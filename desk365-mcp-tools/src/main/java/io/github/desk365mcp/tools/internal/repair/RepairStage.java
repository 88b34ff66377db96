package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;

/**
 * Repairs arguments whose meaning is unambiguous: "#4052" is read as 4052, assign_to as assigned_to, a list in a string
 * as a list. Each repair is reported; ambiguous arguments are left to {@link ValidateStage}, which refuses them.
 */
public final class RepairStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        return next.run(call.withArguments(ArgumentValues.of(call, ArgumentNames.of(call))));
    }
}
