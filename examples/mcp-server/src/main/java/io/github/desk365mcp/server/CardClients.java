package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;

/**
 * Tells clients that show approval cards from others. They are served by an MCP server of their own, because the SDK
 * lists the same tools and resources to all clients of a server.
 */
final class CardClients {

    private CardClients() {}

    /** {@return whether this message begins the session of a client that shows cards} */
    static boolean begin(JSONRPCMessage message, McpJsonMapper json) {
        return message instanceof JSONRPCRequest request
                && request.method().equals(McpSchema.METHOD_INITIALIZE)
                && McpTools.offersCards(json.convertValue(request.params(), new TypeRef<InitializeRequest>() {})
                        .capabilities());
    }
}
