package io.github.desk365mcp.hosts.sdk;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

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
        InputStream input = new FilterInputStream(System.in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                if (read < 0) {
                    // Its thread would keep the process alive.
                    sandbox.close();
                }
                return read;
            }
        };
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper(), input, System.out))
                .instructions(tools.instructions())
                .validateToolInputs(false)
                .tools(McpTools.sync(tools))
                .build();
    }
}
