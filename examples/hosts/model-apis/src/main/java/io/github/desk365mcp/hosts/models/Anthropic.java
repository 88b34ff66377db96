package io.github.desk365mcp.hosts.models;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A conversation with an Anthropic model that uses the tools, over the Messages API. */
public final class Anthropic {

    private static final int MOST_TURNS = 20;

    /** Models may think for minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_TOKENS = 4_096;
    private static final Set<String> WHOLE = Set.of("end_turn", "stop_sequence", "tool_use");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final String key;
    private final String model;
    private final BoundTools tools;

    /**
     * Creates a conversation. Nothing is sent yet.
     *
     * @param base {@code https://api.anthropic.com}
     */
    public Anthropic(URI base, String key, String model, BoundTools tools) {
        this.address = base.resolve("/v1/messages");
        this.key = key;
        this.model = model;
        this.tools = tools;
    }

    /** Sends a question, makes the calls that the model requests, and returns its final answer. */
    public String ask(String question, CallContext context) throws IOException, InterruptedException {
        List<Object> messages = new ArrayList<>();
        messages.add(Map.of("role", "user", "content", question));
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("model", model);
            request.put("max_tokens", MOST_TOKENS);
            request.put("messages", messages);
            request.put(
                    "tools",
                    tools.definitions(context).stream()
                            .map(tool -> tool.toMap(Profile.ANTHROPIC))
                            .toList());
            JsonDocument response = post(request);
            String end = String.valueOf(response.text("stop_reason"));
            if (!WHOLE.contains(end)) {
                // A call that was cut off may look complete, so no call is made.
                throw new IOException("The model did not finish its answer: " + end);
            }
            List<JsonDocument> blocks = response.objects("content", JsonDocument::new);
            messages.add(message(
                    "assistant", blocks.stream().map(JsonDocument::toMap).toList()));
            StringBuilder said = new StringBuilder();
            List<Object> answers = new ArrayList<>();
            for (JsonDocument block : blocks) {
                if ("tool_use".equals(block.text("type"))) {
                    answers.add(answer(block, context));
                } else if ("text".equals(block.text("type"))) {
                    said.append(block.text("text"));
                }
            }
            if (answers.isEmpty()) {
                return said.toString();
            }
            // All results of one turn must be in one message.
            messages.add(message("user", answers));
        }
        throw new IOException("The model did not finish within " + MOST_TURNS + " turns");
    }

    private static Map<String, Object> message(String role, List<?> content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    private Map<String, Object> answer(JsonDocument call, CallContext context) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("type", "tool_result");
        answer.put("tool_use_id", call.get("id"));
        try {
            ToolResult result = tools.callJson(String.valueOf(call.text("name")), arguments(call), context);
            answer.put("content", content(result));
            answer.put("is_error", result.isError());
        } catch (UnknownToolException e) {
            answer.put("content", "There is no tool with this name.");
            answer.put("is_error", true);
        }
        return answer;
    }

    /** The text, followed by the images. */
    private static Object content(ToolResult result) {
        List<Object> blocks = new ArrayList<>();
        blocks.add(Map.of("type", "text", "text", result.text()));
        for (Map<String, Object> block : result.content()) {
            if ("image".equals(block.get("type"))) {
                Map<String, Object> source = new LinkedHashMap<>();
                source.put("type", "base64");
                source.put("media_type", block.get("mimeType"));
                source.put("data", block.get("data"));
                blocks.add(Map.of("type", "image", "source", source));
            }
        }
        return blocks.size() == 1 ? result.text() : blocks;
    }

    /** Returns the arguments as text, so that the tools explain to the model if they are not an object. */
    private static String arguments(JsonDocument call) {
        Object given = call.get("input");
        return given instanceof Map<?, ?>
                ? Objects.requireNonNull(call.document("input")).toJson()
                : given == null ? "" : given.toString();
    }

    private JsonDocument post(Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LONGEST)
                .header("x-api-key", key)
                .header("anthropic-version", "2023-06-01")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new JsonDocument(body).toJson()))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Anthropic answered with status " + response.statusCode());
        }
        return JsonDocument.parse(response.body());
    }
}
