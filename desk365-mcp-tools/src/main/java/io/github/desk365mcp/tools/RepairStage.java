package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what was meant beyond doubt: "#4052" as 4052, "true" as true, a list in a text as a list. Each one is told. */
final class RepairStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        Map<String, Object> repaired = new LinkedHashMap<>();
        List<String> nulls = new ArrayList<>();
        boolean changed = false;
        for (Map.Entry<String, Object> argument : call.arguments().entrySet()) {
            String name = argument.getKey();
            Object given = argument.getValue();
            Param<?> param = call.tool().param(name);
            if (given == null && param != null && !param.isRequired()) {
                // Some clients send null for whatever they leave out.
                nulls.add(name);
                changed = true;
                continue;
            }
            Object value = param == null || given == null ? given : param.type().repair(given);
            if (value != given) {
                changed = true;
                call.trace().repaired(name + " was read as " + Text.brief(value));
            }
            repaired.put(name, value);
        }
        if (!nulls.isEmpty() && call.tool().verb() == Tool.Verb.UPDATES) {
            boolean clears = call.tool().param("clear") != null;
            call.trace()
                    .repaired("null changes nothing: " + String.join(", ", nulls)
                            + (clears ? "; to empty a field name it in clear" : ""));
        }
        return next.run(changed ? call.withArguments(repaired) : call);
    }
}
