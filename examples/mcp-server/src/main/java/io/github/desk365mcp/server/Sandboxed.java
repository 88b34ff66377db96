package io.github.desk365mcp.server;

import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells clients and models that the helpdesk is the sandbox, so that nobody takes its invented data for real. */
final class Sandboxed {

    /** The start of the instructions for the model. */
    static final String INSTRUCTIONS = "No helpdesk is connected: these tools work on a sandbox with invented data,"
            + " which forgets everything when the server ends. Tell your user so before you report its data. ";

    /** The key in the {@code _meta} of each result. */
    static final String META = "io.github.desk365mcp/sandbox";

    private Sandboxed() {}

    static List<AsyncToolSpecification> marked(List<AsyncToolSpecification> tools) {
        return tools.stream()
                .map(tool -> new AsyncToolSpecification(
                        tool.tool(),
                        (exchange, request) ->
                                tool.callHandler().apply(exchange, request).map(Sandboxed::marked)))
                .toList();
    }

    static CallToolResult marked(CallToolResult result) {
        Map<String, Object> meta = new LinkedHashMap<>(result.meta() == null ? Map.of() : result.meta());
        meta.put(META, true);
        return new CallToolResult(result.content(), result.isError(), result.structuredContent(), meta);
    }
}
