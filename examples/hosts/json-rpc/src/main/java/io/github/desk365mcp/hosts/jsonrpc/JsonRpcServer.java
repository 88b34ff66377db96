package io.github.desk365mcp.hosts.jsonrpc;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.InvalidResponseException;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An MCP server on standard input and output, without an MCP or JSON-RPC library. Each line is one message. */
public final class JsonRpcServer {

    private static final System.Logger LOG = System.getLogger(JsonRpcServer.class.getName());
    private static final String NEWEST = "2025-11-25";
    private static final Set<String> SPOKEN = Set.of(NEWEST, "2025-06-18");

    private final BoundTools tools;
    private final CallContext context;

    JsonRpcServer(BoundTools tools, CallContext context) {
        this.tools = tools;
        this.context = context;
    }

    /**
     * Serves the helpdesk of {@code DESK365_BASE_URL} and {@code DESK365_API_KEY}, or a sandbox if neither is set, until
     * the input ends.
     */
    public static void main(String... arguments) throws IOException {
        String key = System.getenv("DESK365_API_KEY");
        String address = System.getenv("DESK365_BASE_URL");
        if (key == null && address == null) {
            try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
                serve(sandbox.baseUrl(), sandbox.apiKey());
            }
        } else if (key == null || address == null) {
            throw new IllegalArgumentException("Set both DESK365_BASE_URL and DESK365_API_KEY");
        } else {
            serve(URI.create(address), key);
        }
    }

    private static void serve(URI address, String key) throws IOException {
        Desk365Client desk =
                Desk365Client.builder().baseUrl(address).apiKey(key).build();
        JsonRpcServer server = new JsonRpcServer(Desk365Tools.all().bind(desk), CallContext.none());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer = server.answer(line);
            if (answer != null) {
                out.print(answer + "\n");
                out.flush();
            }
        }
    }

    /** Returns the response to a message; null for a notification. */
    @Nullable
    String answer(String line) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", null);
        try {
            JsonDocument request = JsonDocument.parse(line);
            if (!request.has("id")) {
                return null;
            }
            answer.put("id", request.get("id"));
            answer.put("result", result(request));
        } catch (UnknownToolException e) {
            answer.put("error", Map.of("code", -32602, "message", "There is no tool with this name."));
        } catch (InvalidResponseException e) {
            String types = "Method, params, name and arguments must have the types that MCP gives them";
            answer.put("error", Map.of("code", -32602, "message", types));
        } catch (UnsupportedOperationException e) {
            answer.put("error", Map.of("code", -32601, "message", "This method does not exist."));
        } catch (IllegalArgumentException e) {
            answer.put("error", Map.of("code", -32700, "message", "This is not a JSON object."));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A message was not answered", e);
            answer.put("error", Map.of("code", -32603, "message", "This server had an internal error."));
        }
        return new JsonDocument(answer).toJson();
    }

    private Map<String, ?> result(JsonDocument request) {
        JsonDocument params =
                Objects.requireNonNullElseGet(request.document("params"), () -> new JsonDocument(Map.of()));
        return switch (String.valueOf(request.text("method"))) {
            case "initialize" -> {
                String asked = String.valueOf(params.text("protocolVersion"));
                yield Map.of(
                        "protocolVersion", SPOKEN.contains(asked) ? asked : NEWEST,
                        "capabilities", Map.of("tools", Map.of()),
                        "serverInfo", Map.of("name", "desk365", "version", "0.1.0"));
            }
            case "ping" -> Map.of();
            case "tools/list" ->
                Map.of(
                        "tools",
                        tools.definitions(context).stream()
                                .map(ToolDefinition::toMap)
                                .toList());
            case "tools/call" -> {
                JsonDocument given = params.document("arguments");
                yield tools.call(String.valueOf(params.text("name")), given == null ? null : given.toMap(), context)
                        .toMap();
            }
            default -> throw new UnsupportedOperationException();
        };
    }
}
