package io.github.desk365mcp.quickstart;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host with a tool of its own, which changes a ticket, notes why and notifies agents in one approved step. Without an
 * argument, the program is the client of that host, and makes the calls that a model would make.
 */
public final class Escalation {

    /** Kept in a field: a logger that is garbage-collected loses its level. */
    private static final Logger SDK = Logger.getLogger("io.modelcontextprotocol");

    private static final String SERVE = "serve";

    // README
    static final String SCHEMA = """
            {"type": "object",
             "properties": {
               "ticket_number": {"type": "integer", "minimum": 1, "description": "The ticket's number."},
               "reason": {"type": "string", "minLength": 10, "maxLength": 500,
                          "description": "Why, for the internal note."},
               "notify": {"type": "array", "minItems": 1, "maxItems": 5, "uniqueItems": true,
                          "items": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
                          "description": "Addresses of agents who get the note by e-mail."},
               "group": {"type": "string", "minLength": 1,
                         "description": "The exact name of the group that takes over; left out, it stays."}},
             "required": ["ticket_number", "reason", "notify"],
             "additionalProperties": false}
            """;

    static final OwnTool ESCALATE = OwnTool.updates(
                    "escalate_ticket",
                    "Raises a ticket to urgent, adds an internal note that says why, and e-mails the note to agents."
                            + " Only if the user asks to escalate.",
                    SCHEMA,
                    Escalation::escalate)
            .title("Escalate a ticket")
            .tags("tickets")
            .calls(2)
            .mails(in -> in.texts("notify"))
            .trusted("done");

    static Map<String, Object> escalate(Desk365Client desk, JsonDocument in, CallContext context) {
        long number = Objects.requireNonNull(in.integer("ticket_number"));
        String group = in.text("group");
        // The service may refuse this, for example because of an unknown group. Then nothing was done.
        desk.tickets().update(number, ticket -> {
            ticket.priority(Priority.URGENT);
            if (group != null) {
                ticket.group(group);
            }
        });
        String reason =
                Objects.requireNonNull(in.text("reason")).replace("&", "&amp;").replace("<", "&lt;");
        String[] agents = in.texts("notify").toArray(String[]::new);
        desk.tickets().note(number, "<p>Escalated: " + reason + "</p>", note -> note.notifyAgents(agents));
        return Map.of("done", "The ticket is urgent, and the note was e-mailed.", "ticket_number", number);
    }

    static BoundTools tools(Desk365Client desk) {
        return Desk365Tools.with(Policy.of(Selection.core()).ownTool(ESCALATE)).bind(desk);
    }
    // README end

    private Escalation() {}

    /** Runs the client, or with the argument {@code serve} the host. The exit code is 1 after an unexpected answer. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        if (List.of(arguments).equals(List.of(SERVE))) {
            serve();
            return;
        }
        try {
            run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } catch (RuntimeException unexpected) {
            System.err.println("The example stopped: " + unexpected.getMessage());
            System.exit(1);
        }
    }

    /** The host: the official SDK on standard input and output. */
    private static void serve() {
        Desk365Client desk = Desk365Client.builder()
                .baseUrl(URI.create(System.getenv("DESK365_BASE_URL")))
                .apiKey(System.getenv("DESK365_API_KEY"))
                .build();
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .validateToolInputs(false) // the tools check arguments themselves
                .tools(McpTools.sync(tools(desk)))
                .build();
    }

    static void run(PrintStream out) {
        SDK.setLevel(Level.WARNING);
        try (Desk365Sandbox desk365 = Desk365Sandbox.start();
                McpSyncClient client = McpClient.sync(host(desk365)).build()) {
            client.initialize();
            int tools = client.listTools().tools().size();
            out.println(
                    "A helpdesk in memory, and a host with " + tools + " tools. One is its own: " + ESCALATE.name());

            out.println("\n\"Escalate 4052 to the Network group, and tell Tom.\"");
            Map<String, Object> call = new LinkedHashMap<>();
            call.put("ticket_number", 4052);
            call.put("reason", "The customer has called three times today.");
            call.put("notify", List.of("tom.becker@desk.example"));
            call.put("group", "Network");
            JsonNode staged = call(client, call);
            show(staged, out);
            out.println("  Requests so far: " + desk365.exchanges().size());

            out.println("\n\"Yes, do it.\"");
            call.put("approval_token", staged.required("approval_token").asString());
            show(call(client, call), out);
            desk365.exchanges().forEach(request -> out.println("  " + request.method() + " " + request.path()));
        }
    }

    private static StdioClientTransport host(Desk365Sandbox desk365) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ServerParameters command = ServerParameters.builder(java.toString())
                .args(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Escalation.class.getName(),
                        SERVE)
                .addEnvVar("DESK365_BASE_URL", desk365.baseUrl().toString())
                .addEnvVar("DESK365_API_KEY", desk365.apiKey())
                .build();
        return new StdioClientTransport(command, McpJsonDefaults.getMapper());
    }

    private static JsonNode call(McpSyncClient client, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(
                CallToolRequest.builder(ESCALATE.name()).arguments(arguments).build());
        if (Boolean.TRUE.equals(result.isError())) {
            throw new IllegalStateException("The answer is an error: " + result.content());
        }
        return JsonMapper.shared().valueToTree(result.structuredContent());
    }

    private static void show(JsonNode answer, PrintStream out) {
        answer.properties()
                .forEach(field -> out.println("  " + field.getKey() + ": "
                        + (field.getValue().isString() ? field.getValue().asString() : field.getValue())));
    }
}
