package io.github.desk365mcp.hosts.models;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Profile;
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

/** A conversation with a model that uses the tools, over OpenAI's Chat Completions API, which many services offer. */
public final class OpenAiChat {

    private static final int MOST_TURNS = 20;

    /** Models may think for minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Set<String> CUT_OFF = Set.of("length", "content_filter");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final String key;
    private final String model;
    private final BoundTools tools;

    /**
     * Creates a conversation. Nothing is sent yet.
     *
     * @param base {@code https://api.openai.com}
     */
    public OpenAiChat(URI base, String key, String model, BoundTools tools) {
        this.address = base.resolve("/v1/chat/completions");
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
            request.put("messages", messages);
            request.put(
                    "tools",
                    tools.definitions(context).stream()
                            .map(tool -> tool.toMap(Profile.OPENAI_CHAT))
                            .toList());
            List<JsonDocument> choices = post(request).objects("choices", JsonDocument::new);
            if (choices.isEmpty()) {
                throw new IOException("The model gave no answer");
            }
            String end = String.valueOf(choices.get(0).text("finish_reason"));
            if (CUT_OFF.contains(end)) {
                throw new IOException("The model did not finish its answer: " + end);
            }
            JsonDocument message = Objects.requireNonNull(choices.get(0).document("message"), "message");
            messages.add(message.toMap());
            List<JsonDocument> calls = message.objects("tool_calls", JsonDocument::new);
            if (calls.isEmpty()) {
                String text = message.text(message.get("refusal") == null ? "content" : "refusal");
                return text == null ? "" : text;
            }
            for (JsonDocument call : calls) {
                messages.add(answer(call, context));
            }
        }
        throw new IOException("The model did not finish within " + MOST_TURNS + " turns");
    }

    private Map<String, Object> answer(JsonDocument call, CallContext context) {
        JsonDocument function = Objects.requireNonNull(call.document("function"), "function");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("role", "tool");
        answer.put("tool_call_id", call.get("id"));
        try {
            String arguments = String.valueOf(function.text("arguments"));
            answer.put(
                    "content",
                    tools.callJson(String.valueOf(function.text("name")), arguments, context)
                            .text());
        } catch (UnknownToolException e) {
            answer.put("content", "There is no tool with this name.");
        }
        return answer;
    }

    private JsonDocument post(Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new JsonDocument(body).toJson()))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("The model's service answered with status " + response.statusCode());
        }
        return JsonDocument.parse(response.body());
    }
}
