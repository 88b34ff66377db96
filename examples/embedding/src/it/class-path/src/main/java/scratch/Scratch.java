package scratch;

import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A host with only the two dependencies. It lists the tools, and calls two of them over real HTTP. */
final class Scratch {

    private Scratch() {}

    public static void main(String[] args) throws Exception {
        HttpServer helpdesk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        helpdesk.createContext("/apis/v3/tickets/details", exchange -> {
            byte[] ticket = "{\"ticket_number\": 4052, \"priority\": 20}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, ticket.length);
            exchange.getResponseBody().write(ticket);
            exchange.close();
        });
        helpdesk.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + helpdesk.getAddress().getPort() + "/apis");
            BoundTools tools = Desk365Tools.all()
                    .bind(Desk365Client.builder().baseUrl(address).apiKey("a-test-key").build());

            check(!isThere("io.modelcontextprotocol.server.McpServer"), "no SDK came along");
            check(tools.definitions().size() > 40, "the definitions are listed");
            ToolResult ticket = tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", "#4052"));
            check(ticket.text().contains("\"urgent\""), ticket.text());
            ToolResult refused = tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_no", 1));
            check(refused.isError() && refused.text().contains("did you mean ticket_number?"), refused.text());
            OwnTool own = OwnTool.reads("look", "Looks.", "{\"type\": \"object\"}", (desk, in, context) -> null);
            try {
                Desk365Tools.with(Policy.of(Selection.core()).ownTool(own));
                throw new AssertionError("a tool of our own needs a validator");
            } catch (IllegalStateException e) {
                check(
                        e.getMessage()
                                .equals("The tool look needs a validator of JSON Schema: add"
                                        + " com.networknt:json-schema-validator 3.x to the class path."),
                        e.getMessage());
                System.out.println("Refused: " + e.getMessage());
            }
            System.out.println("Embedded: " + tools.definitions().size() + " tools, " + ticket.text());
        } finally {
            helpdesk.stop(0);
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
