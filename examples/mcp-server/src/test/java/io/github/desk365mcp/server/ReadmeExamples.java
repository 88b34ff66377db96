package io.github.desk365mcp.server;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.util.List;
import java.util.Map;

/** The Java examples of the README, so that they are compiled. {@link ReadmeTest} compares them with the README. */
final class ReadmeExamples {

    private ReadmeExamples() {}

    static McpSyncServer embed(String apiKey) {
        // README embed
        BoundTools tools = Desk365Tools.select(Selection.core()).bind(Desk365Client.connect("acme", apiKey));

        McpSyncServer server = McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .validateToolInputs(false) // our tools repair and explain arguments themselves
                .tools(McpTools.sync(tools))
                .build();
        // README end
        return server;
    }

    static List<Ticket> client(String apiKey) {
        // README client
        Desk365Client desk = Desk365Client.connect("acme", apiKey);

        Ticket ticket = desk.tickets().get(4052);
        desk.tickets()
                .update(4052, t -> t.status("Pending").priority(Priority.HIGH).unassign());
        desk.tickets().note(4052, "Waiting for the vendor."); // internal, unless made visible

        List<Ticket> open = desk.tickets().list(q -> q.status("Open").pageSize(50)).stream()
                .limit(200)
                .toList();
        // README end
        return ticket.ticketNumber() == 0 ? List.of() : open;
    }

    static Map<String, Object> schemas() {
        // README schemas
        // Ready to paste into a request: {"tools": […]}
        String json = Desk365Tools.all().named(Naming.SHORT).toJson(Profile.OPENAI);

        Map<String, Object> one = Desk365Tools.select(Selection.everything().tools("get_ticket"))
                .definitions()
                .get(0)
                .toMap(Profile.ANTHROPIC);
        // README end
        return json.isEmpty() ? Map.of() : one;
    }
}
