package io.github.desk365mcp.hosts.models;

import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Asks a model of OpenAI about a sandbox, if {@code OPENAI_API_KEY} and {@code OPENAI_MODEL} are set. Otherwise a script
 * on this machine takes the model's place.
 */
public final class Main {

    private Main() {}

    /** Asks one question and prints the answer. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws IOException, InterruptedException {
        String key = System.getenv("OPENAI_API_KEY");
        String name = System.getenv("OPENAI_MODEL");
        boolean isReal = key != null && name != null;
        HttpServer script = script();
        script.start();
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            URI address = isReal
                    ? URI.create("https://api.openai.com")
                    : URI.create("http://127.0.0.1:" + script.getAddress().getPort());
            Desk365Client desk = Desk365Client.builder()
                    .baseUrl(sandbox.baseUrl())
                    .apiKey(sandbox.apiKey())
                    .build();
            BoundTools tools = Desk365Tools.select(Selection.triage()).bind(desk);
            OpenAiResponses model = new OpenAiResponses(
                    address, isReal ? key : "none", isReal ? name : "script", tools, Profile.OPENAI);
            System.out.println(model.ask("What is urgent?", CallContext.none()));
        } finally {
            script.stop(0);
        }
    }

    /** Calls a tool, and then answers with its result, in the form of OpenAI's Responses API. */
    private static HttpServer script() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            JsonDocument request =
                    JsonDocument.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            List<JsonDocument> input = request.objects("input", JsonDocument::new);
            JsonDocument last = input.get(input.size() - 1);
            Map<String, Object> next = "function_call_output".equals(last.text("type"))
                    ? Map.of(
                            "type",
                            "message",
                            "content",
                            List.of(Map.of("type", "output_text", "text", "I called one tool: " + last.text("output"))))
                    : Map.of(
                            "type",
                            "function_call",
                            "call_id",
                            "call_1",
                            "name",
                            "list_all_desk_365_tickets",
                            "arguments",
                            "{\"status\": [\"Open\"], \"priority\": [\"urgent\"], \"max_items\": 2}");
            byte[] answer = new JsonDocument(Map.of("status", "completed", "output", List.of(next)))
                    .toJson()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        return server;
    }
}
