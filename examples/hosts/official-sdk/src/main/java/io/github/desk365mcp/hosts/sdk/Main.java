package io.github.desk365mcp.hosts.sdk;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;

/** An MCP server on standard input and output, for a sandbox. It ends when its input ends. */
public final class Main {

    private Main() {}

    /** Starts the server. */
    public static void main(String... arguments) {
        Desk365Sandbox sandbox = Desk365Sandbox.start();
        BoundTools tools = Desk365Tools.all()
                .bind(Desk365Client.builder()
                        .baseUrl(sandbox.baseUrl())
                        .apiKey(sandbox.apiKey())
                        .build());
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .instructions(tools.instructions())
                .validateToolInputs(false)
                .tools(McpTools.sync(tools))
                .build();
    }
}
