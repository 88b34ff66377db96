package scratch;

import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A host on the official SDK. It sends a client's messages to the server, and expects a ticket that the SDK's validator
 * has accepted. If its jars are too old, it expects exactly the error message in its argument, which is otherwise
 * "none".
 */
final class SdkHost {

    private static final String GET_TICKET = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"get_single_desk_365_ticket_by_id\",\"arguments\":{%s}}}";

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"n\":{\"$ref\":\"#/$defs/whole\"}},"
            + "\"$defs\":{\"whole\":{\"type\":\"integer\",\"minimum\":1}}}";

    private static final String LOOK = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"look\",\"arguments\":{\"n\":%d}}}";

    private SdkHost() {}

    public static void main(String... refusal) throws Exception {
        HttpServer helpdesk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        helpdesk.createContext("/apis/v3/tickets/details", exchange -> {
            // As deeply nested as a malicious mail: not every version of jsoup has a limit.
            String html = "<p>It is <b>hot</b></p>" + "<div>".repeat(20_000);
            byte[] ticket = ("{\"ticket_number\": 4052, \"priority\": 20, \"description\": \"" + html + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, ticket.length);
            exchange.getResponseBody().write(ticket);
            exchange.close();
        });
        helpdesk.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + helpdesk.getAddress().getPort() + "/apis");
            String expected = refusal[0];
            if (expected.equals("none")) {
                // The host's own tool is checked by the validator that the SDK brings: of either Jackson.
                OwnTool look = OwnTool.reads("look", "Looks.", SCHEMA, (desk, in, context) -> in);
                serve(Desk365Tools.with(Policy.of(Selection.everything()).ownTool(look))
                        .bind(Desk365Client.builder()
                                .baseUrl(address)
                                .apiKey("a-test-key")
                                .build()));
            } else {
                expectRefusal(address, expected);
            }
        } finally {
            helpdesk.stop(0);
        }
    }

    private static void serve(BoundTools tools) throws IOException {
        PipedInputStream input = new PipedInputStream(1 << 16);
        PrintStream client = new PrintStream(new PipedOutputStream(input), true, StandardCharsets.UTF_8);
        PipedInputStream answers = new PipedInputStream(1 << 20);
        BufferedReader server = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
        McpSyncServer running = McpServer.sync(new StdioServerTransportProvider(
                        McpJsonDefaults.getMapper(), input, new PipedOutputStream(answers)))
                .validateToolInputs(false)
                .tools(McpTools.sync(tools))
                .build();

        client.println("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"scratch\",\"version\":\"1\"}}}");
        expect(server.readLine(), "\"serverInfo\"");
        client.println("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        client.println("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
        expect(server.readLine(), "\"get_single_desk_365_ticket_by_id\"");
        client.println(GET_TICKET.formatted(3, "\"ticket_number\":\"#4052\""));
        String ticket = server.readLine();
        expect(ticket, "\"structuredContent\":{\"ticket_number\":4052,\"priority\":\"urgent\"");
        expect(ticket, "It is hot");
        client.println(GET_TICKET.formatted(4, "\"ticket_no\":4052"));
        expect(server.readLine(), "did you mean ticket_number?");
        client.println(LOOK.formatted(5, 0));
        expect(server.readLine(), "Nothing was done. n: must have a minimum value of 1.");
        client.println(LOOK.formatted(6, 1));
        expect(server.readLine(), "\"structuredContent\":{\"n\":1}");

        System.out.println("Embedded under " + McpJsonDefaults.getMapper().getClass().getName());
        client.close();
        running.close();
    }

    private static void expectRefusal(URI address, String expected) {
        try {
            Desk365Tools.all()
                    .bind(Desk365Client.builder()
                            .baseUrl(address)
                            .apiKey("a-test-key")
                            .build());
        } catch (IllegalStateException e) {
            if (!expected.equals(e.getMessage())) {
                throw e;
            }
            System.out.println("Refused: " + expected);
            return;
        }
        throw new AssertionError("not refused: " + expected);
    }

    private static void expect(String answer, String part) {
        if (!answer.contains(part)) {
            throw new AssertionError(part + " is not in " + answer);
        }
    }
}
