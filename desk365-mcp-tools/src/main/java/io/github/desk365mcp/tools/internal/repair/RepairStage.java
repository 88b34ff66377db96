package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Repairs arguments whose meaning is unambiguous: "#4052" is read as 4052, assign_to as assigned_to, a list in a string
 * as a list. Each repair is reported; ambiguous arguments are left to {@link ValidateStage}, which refuses them.
 */
public final class RepairStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        if (call.tool().own() != null) {
            // What its arguments mean is not known here, except for the token: strict modes send an empty one.
            Object token = call.arguments().get(OwnRow.TOKEN);
            Map<String, Object> given = new LinkedHashMap<>(call.arguments());
            if (token == null || "".equals(token)) {
                given.remove(OwnRow.TOKEN);
            }
            return next.run(call.withArguments(given));
        }
        return next.run(call.withArguments(ArgumentValues.of(call, ArgumentNames.of(call))));
    }
}
