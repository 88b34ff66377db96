package io.github.desk365mcp.evaluation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A service with both APIs, whose model does what a script says. */
final class ScriptedModel implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOKEN = Pattern.compile("approval_token\\\\*\":\\\\*\"([^\"\\\\]+)");

    private final HttpServer server;
    private final Map<String, JsonNode> steps;
    private final Queue<JsonNode> requests = new ConcurrentLinkedQueue<>();

    /** @param steps of each task, by its text; a step is a call, or what the model says */
    ScriptedModel(Map<String, JsonNode> steps) throws IOException {
        this.steps = steps;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, true));
        server.createContext("/v1/messages", exchange -> answer(exchange, false));
        server.start();
    }

    static JsonNode script() throws IOException {
        try (InputStream in = Objects.requireNonNull(ScriptedModel.class.getResourceAsStream("/script.yaml"))) {
            return new YAMLMapper().readTree(in);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange, boolean isOpenAi) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        JsonNode messages = request.path("messages");
        int turn = 0;
        for (JsonNode message : messages) {
            turn += message.path("role").asString().equals("assistant") ? 1 : 0;
        }
        JsonNode step = Objects.requireNonNull(
                        steps.get(messages.at("/0/content").asString()))
                .path(turn);
        Matcher token = TOKEN.matcher(messages.path(messages.size() - 1).toString());
        String text = step.toString().replace("${token}", token.find() ? token.group(1) : "none");
        byte[] response =
                JSON.writeValueAsBytes(isOpenAi ? openAi(JSON.readTree(text)) : anthropic(JSON.readTree(text)));
        exchange.sendResponseHeaders(200, response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }

    private static ObjectNode openAi(JsonNode step) {
        ObjectNode response = JSON.createObjectNode();
        ObjectNode message = response.putArray("choices").addObject().putObject("message");
        message.put("role", "assistant").put("content", step.path("say").asString(""));
        if (step.has("tool")) {
            message.putArray("tool_calls")
                    .addObject()
                    .put("id", "call_1")
                    .put("type", "function")
                    .putObject("function")
                    .put("name", step.path("tool").asString())
                    .put("arguments", step.path("arguments").toString());
        }
        response.putObject("usage").put("prompt_tokens", 1_000).put("completion_tokens", 10);
        return response;
    }

    private static ObjectNode anthropic(JsonNode step) {
        ObjectNode response = JSON.createObjectNode().put("stop_reason", "end_turn");
        ObjectNode block = response.putArray("content").addObject();
        if (step.has("tool")) {
            block.put("type", "tool_use")
                    .put("id", "call_1")
                    .put("name", step.path("tool").asString());
            block.set("input", step.path("arguments"));
        } else {
            block.put("type", "text").put("text", step.path("say").asString());
        }
        response.putObject("usage").put("input_tokens", 1_000).put("output_tokens", 10);
        return response;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
