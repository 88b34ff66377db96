package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the values that the operator has set for arguments. It refuses a call that has another value where the operator's is
 * fixed.
 */
public final class SettingsStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        Tool tool = call.tool();
        if (tool.fixed().isEmpty() && tool.defaults().isEmpty()) {
            return next.run(call);
        }
        Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
        List<String> others = new ArrayList<>();
        tool.fixed().forEach((name, value) -> {
            Object given = arguments.put(name, value);
            if (given == null) {
                call.notes().filledIn(name);
            } else if (!isSame(given, value)) {
                others.add(call.notes().called(name));
            }
        });
        tool.defaults().forEach((name, value) -> {
            if (arguments.get(name) == null && !isNamedEmpty(call, name)) {
                arguments.put(name, value);
                call.notes().filledIn(name);
            }
        });
        return others.isEmpty()
                ? next.run(call.withArguments(arguments))
                : new Outcome.Refused(
                        ErrorCodes.INVALID_ARGUMENTS,
                        "Nothing was done. The operator has set " + Text.list(others, "and") + "; leave "
                                + (others.size() == 1 ? "it" : "them") + " out.");
    }

    /** A call that empties a field, or looks for records where it is empty, does not leave it out. */
    private static boolean isNamedEmpty(Call call, String name) {
        return call.tool().params().stream()
                .anyMatch(param -> param.change() == Param.Change.CLEARS
                        && call.arguments().get(param.name()) instanceof List<?> fields
                        && fields.contains(name));
    }

    private static boolean isSame(Object given, Object fixed) {
        return Text.json(Map.of("v", given)).equals(Text.json(Map.of("v", fixed)));
    }
}
