package io.github.desk365mcp.hosts.jsonrpc;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import java.util.List;
import java.util.Map;

/** Compiles the Java of the README. */
final class ReadmeExample {

    private ReadmeExample() {}

    static List<String> answers(BoundTools tools, String name, Map<String, Object> arguments, CallContext context) {
        // README
        Map<String, Object> listed = Map.of(
                "tools", tools.definitions().stream().map(ToolDefinition::toMap).toList());
        Map<String, Object> result = tools.call(name, arguments, context).toMap();
        String json = JsonDocument.toJson(result);
        // README end
        return List.of(JsonDocument.toJson(listed), json);
    }
}
