package scratch;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.ToolResult;
import java.util.Map;

/** A host of named modules only. It lists the tools, and calls two of them on a sandbox. */
final class Scratch {

    private Scratch() {}

    public static void main(String[] args) {
        try (Desk365Sandbox helpdesk = Desk365Sandbox.start()) {
            BoundTools tools = Desk365Tools.all()
                    .bind(Desk365Client.builder()
                            .baseUrl(helpdesk.baseUrl())
                            .apiKey(helpdesk.apiKey())
                            .build());

            check(!isThere("io.modelcontextprotocol.server.McpServer"), "no SDK came along");
            check(tools.definitions().size() > 40, "the definitions are listed");
            ToolResult ticket = tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", "#4052"));
            check(ticket.text().contains("\"urgent\""), ticket.text());
            ToolResult refused = tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_no", 1));
            check(refused.isError() && refused.text().contains("did you mean ticket_number?"), refused.text());
            System.out.println("Embedded: " + tools.definitions().size() + " tools, " + ticket.text());
        }
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
