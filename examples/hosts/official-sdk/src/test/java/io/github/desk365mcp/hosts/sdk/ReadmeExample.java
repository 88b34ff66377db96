package io.github.desk365mcp.hosts.sdk;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpServerTransportProvider;

/** Compiles the Java of the README. */
final class ReadmeExample {

    private ReadmeExample() {}

    static McpSyncServer server(BoundTools tools, McpServerTransportProvider transport) {
        // README
        McpSyncServer server = McpServer.sync(transport)
                .validateToolInputs(false)
                .tools(McpTools.sync(tools))
                .build();
        // README end
        return server;
    }
}
