package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallContext;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the tools on a server of the official Java SDK. All that a server of your own needs is this file and two lines:
 *
 * <pre>{@code
 * McpServer.sync(transport).validateToolInputs(false).tools(McpAdapter.tools(bound))
 * }</pre>
 *
 * <p>The SDK must not check arguments first: it would refuse what the tools repair, in words that help a model less.
 */
public final class McpAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(McpAdapter.class);

    private McpAdapter() {}

    /** The tools as the SDK takes them, in their order. */
    public static List<SyncToolSpecification> tools(BoundTools tools) {
        return tools(tools.definitions(), tools, exchange -> CallContext.none());
    }

    /** The same where a policy looks at callers: {@code caller} reads what the exchange knows of one. */
    static List<SyncToolSpecification> tools(
            List<ToolDefinition> definitions, BoundTools tools, Function<McpSyncServerExchange, CallContext> caller) {
        return definitions.stream()
                .map(definition -> SyncToolSpecification.builder()
                        .tool(tool(definition))
                        .callHandler((exchange, request) -> call(tools, request, caller.apply(exchange)))
                        .build())
                .toList();
    }

    private static Tool tool(ToolDefinition definition) {
        Map<String, Object> hints = definition.annotations();
        // Maps, not JSON text: the SDK reads text into maps that forget the order of their keys.
        return Tool.builder(definition.name(), definition.inputSchema())
                .title(definition.title())
                .description(definition.description())
                .outputSchema(definition.outputSchema())
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint((Boolean) hints.get("readOnlyHint"))
                        .destructiveHint((Boolean) hints.get("destructiveHint"))
                        .idempotentHint((Boolean) hints.get("idempotentHint"))
                        .openWorldHint((Boolean) hints.get("openWorldHint"))
                        .build())
                .meta(definition.meta())
                .build();
    }

    private static CallToolResult call(BoundTools tools, CallToolRequest request, CallContext context) {
        try {
            ToolResult result = tools.call(request.name(), request.arguments(), context);
            CallToolResult.Builder answer =
                    CallToolResult.builder().addTextContent(result.text()).isError(result.isError());
            if (result.structuredContent() != null) {
                answer.structuredContent(result.structuredContent());
            }
            // The first block is the text.
            result.content().stream().skip(1).map(McpAdapter::link).forEach(answer::addContent);
            if (!result.meta().isEmpty()) {
                answer.meta(result.meta());
            }
            return answer.build();
        } catch (RuntimeException bug) {
            // The SDK would send the exception's message to the client, and the model might not see it.
            LOG.error("{} failed", request.name(), bug);
            return CallToolResult.builder()
                    .addTextContent("This server has a fault, which its log describes; other arguments do not help."
                            + " If the call was to change something, look whether it did before trying again.")
                    .isError(true)
                    .build();
        }
    }

    /** An attachment of the answer, by a link that ends. */
    private static ResourceLink link(Map<String, Object> block) {
        return ResourceLink.builder()
                .uri(String.valueOf(block.get("uri")))
                .name(String.valueOf(block.get("name")))
                .description((String) block.get("description"))
                .mimeType((String) block.get("mimeType"))
                .size((Long) block.get("size"))
                .build();
    }
}
