package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses a call of an unknown tool, with the nearest name, which the SDK would not give. */
final class ToolNames {

    private final BoundTools tools;
    private final Set<String> all;

    ToolNames(BoundTools tools) {
        this.tools = tools;
        Stream<String> ours = tools.allDefinitions().stream().map(ToolDefinition::name);
        // The SDK refuses the tool of cards for clients without cards.
        Stream<String> cards = tools.hasApprovalCards() ? Stream.of(McpTools.CARD_TOOL) : Stream.of();
        this.all = Stream.concat(ours, cards).collect(Collectors.toUnmodifiableSet());
    }

    void check(JSONRPCMessage message, CallContext caller) throws RefusedMessage {
        if (message instanceof JSONRPCRequest request
                && request.method().equals(McpSchema.METHOD_TOOLS_CALL)
                && request.params() instanceof Map<?, ?> params
                && params.get("name") instanceof String name
                && !all.contains(name)) {
            throw new RefusedMessage(
                    request.id(), ErrorCodes.INVALID_PARAMS, tools.unknown(name, caller), "This tool does not exist.");
        }
    }
}
