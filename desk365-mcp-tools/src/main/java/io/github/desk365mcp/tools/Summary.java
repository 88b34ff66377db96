package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.Map;

/** The one-line text of a result, for a person. */
final class Summary {

    private Summary() {}

    /** {@code List tickets: 30 of 120.} or {@code Get a ticket: ticket_number 4052.} */
    static String of(Tool tool, Outcome outcome, Map<String, Object> answer) {
        if (outcome instanceof Outcome.NotExecuted) {
            // This call did nothing, or nothing yet.
            return tool.title() + ": " + answer.getOrDefault("notice", answer.get("next"));
        }
        Object returned = answer.get("returned");
        Object total = answer.get("total");
        if (returned != null) {
            return tool.title() + ": " + returned + (total == null ? "" : " of " + total) + ".";
        }
        if (total != null) {
            return tool.title() + ": " + total + " in all.";
        }
        for (Param<?> param : tool.params()) {
            Object value = answer.get(param.name());
            if (param.isRequired() && (value instanceof String || value instanceof Number)) {
                return tool.title() + ": " + param.name() + " " + value + ".";
            }
        }
        return tool.title() + ": done.";
    }
}
