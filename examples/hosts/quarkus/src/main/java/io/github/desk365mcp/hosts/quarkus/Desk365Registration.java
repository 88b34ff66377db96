package io.github.desk365mcp.hosts.quarkus;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallContext;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.MetaKey;
import io.quarkiverse.mcp.server.ResourceLink;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The tools in a server of Quarkus. */
public final class Desk365Registration {

    private Desk365Registration() {}

    /**
     * Registers what the policy of these tools lists. Call it when the application starts.
     *
     * @param contexts who calls and on whose helpdesk, such as {@code call -> CallContext.none()}
     */
    public static void register(ToolManager server, BoundTools tools, Function<ToolArguments, CallContext> contexts) {
        for (ToolDefinition tool : tools.definitions()) {
            ToolManager.ToolDefinition definition = server.newTool(tool.name())
                    .setTitle(tool.title())
                    .setDescription(tool.description())
                    .setInputSchema(json(tool.inputSchema()))
                    .setAnnotations(annotations(tool))
                    .setMetadata(meta(tool.meta()))
                    .setHandler(call -> call(tools, tool.name(), call.args(), contexts.apply(call)));
            Map<String, Object> answer = tool.outputSchema();
            if (answer != null) {
                definition.setOutputSchema(json(answer));
            }
            definition.register();
        }
    }

    private static JsonObject json(Map<String, Object> schema) {
        return new JsonObject(new JsonDocument(schema).toJson());
    }

    private static ToolAnnotations annotations(ToolDefinition tool) {
        Map<String, Object> hints = tool.annotations();
        return new ToolAnnotations(
                null,
                Boolean.TRUE.equals(hints.get("readOnlyHint")),
                Boolean.TRUE.equals(hints.get("destructiveHint")),
                Boolean.TRUE.equals(hints.get("idempotentHint")),
                Boolean.TRUE.equals(hints.get("openWorldHint")));
    }

    private static Map<MetaKey, Object> meta(Map<String, Object> meta) {
        Map<MetaKey, Object> keys = new LinkedHashMap<>();
        meta.forEach((key, value) -> keys.put(MetaKey.from(key), value));
        return keys;
    }

    private static ToolResponse call(
            BoundTools tools, String name, Map<String, Object> arguments, CallContext context) {
        try {
            ToolResult result = tools.call(name, arguments, context);
            List<Content> content = new ArrayList<>();
            for (Map<String, Object> block : result.content()) {
                content.add("text".equals(block.get("type")) ? new TextContent(result.text()) : link(block));
            }
            return new ToolResponse(result.isError(), content, result.structuredContent(), meta(result.meta()));
        } catch (UnknownToolException notForThisCaller) {
            return ToolResponse.error("There is no tool of that name.");
        }
    }

    private static ResourceLink link(Map<String, Object> block) {
        return new ResourceLink(
                (String) block.get("uri"),
                (String) block.get("mimeType"),
                (String) block.get("name"),
                null,
                (String) block.get("description"),
                block.get("size") instanceof Number size ? Math.toIntExact(size.longValue()) : null,
                null,
                null);
    }
}
