package io.github.desk365mcp.hosts.sdk;

import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.net.URI;
import java.util.Objects;

/** A server for one user, in a separate process. It ends when its input ends. */
final class StdioHost {

    private StdioHost() {}

    @SuppressWarnings("SystemOut") // Standard error is the log of such a server.
    public static void main(String... arguments) {
        CallContext user =
                CallContext.none().caller(environment("HELPDESK_USER")).tenant(environment("HELPDESK_TENANT"));
        BoundTools tools = TenCalls.tools(
                URI.create(environment("HELPDESK")),
                environment("HELPDESK_KEY"),
                policy -> policy.audit(call -> System.err.println("heard " + call.caller() + " of " + call.tenant())));
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .validateToolInputs(false)
                .tools(McpTools.sync(tools, transport -> user))
                .build();
    }

    private static String environment(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
