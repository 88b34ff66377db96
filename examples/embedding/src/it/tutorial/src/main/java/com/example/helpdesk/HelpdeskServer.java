package com.example.helpdesk;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.net.URI;

public final class HelpdeskServer {

    private HelpdeskServer() {}

    public static void main(String[] args) {
        Desk365Client desk = Desk365Client.builder()
                .baseUrl(URI.create(System.getenv("DESK365_BASE_URL")))
                .apiKey(System.getenv("DESK365_API_KEY"))
                .build();
        BoundTools tools = tools(desk);
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("helpdesk", "1")
                .instructions(tools.instructions())
                .validateToolInputs(false) // the tools check arguments themselves
                .tools(McpTools.sync(tools))
                .build();
    }

    static BoundTools tools(Desk365Client desk) {
        return Desk365Tools.select(Selection.heroes()).named(Naming.SHORT).bind(desk);
    }
}
