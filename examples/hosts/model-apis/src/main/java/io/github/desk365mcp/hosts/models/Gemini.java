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

/** A conversation with a Gemini model that uses the tools, over {@code generateContent}. */
public final class Gemini {

    private static final int MOST_TURNS = 20;

    /** Models may think for minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final String key;
    private final BoundTools tools;

    /**
     * Creates a conversation. Nothing is sent yet.
     *
     * @param base {@code https://generativelanguage.googleapis.com}
     */
    public Gemini(URI base, String key, String model, BoundTools tools) {
        this.address = base.resolve("/v1beta/models/" + model + ":generateContent");
        this.key = key;
        this.tools = tools;
    }

    /** Sends a question, makes the calls that the model requests, and returns its final answer. */
    public String ask(String question, CallContext context) throws IOException, InterruptedException {
        List<Object> contents = new ArrayList<>();
        contents.add(content("user", List.of(Map.of("text", question))));
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            List<Map<String, Object>> declarations = tools.definitions(context).stream()
                    .map(tool -> tool.toMap(Profile.GEMINI))
                    .toList();
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("contents", contents);
            request.put("tools", List.of(Map.of("functionDeclarations", declarations)));
            JsonDocument said = said(post(request));
            // Unchanged, because a call may have a signature of the model's thoughts, which must be sent back with it.
            contents.add(said.toMap());
            StringBuilder text = new StringBuilder();
            List<Object> answers = new ArrayList<>();
            for (JsonDocument part : said.objects("parts", JsonDocument::new)) {
                JsonDocument call = part.document("functionCall");
                if (call != null) {
                    answers.add(Map.of("functionResponse", answer(call, context)));
                } else if (part.has("text") && !Boolean.TRUE.equals(part.flag("thought"))) {
                    text.append(part.text("text"));
                }
            }
            if (answers.isEmpty()) {
                return text.toString();
            }
            contents.add(content("user", answers));
        }
        throw new IOException("The model did not finish within " + MOST_TURNS + " turns");
    }

    /** Returns the content of a response, if it is complete. */
    private static JsonDocument said(JsonDocument response) throws IOException {
        List<JsonDocument> candidates = response.objects("candidates", JsonDocument::new);
        if (candidates.isEmpty()) {
            JsonDocument feedback = response.document("promptFeedback");
            String reason = feedback == null ? null : feedback.text("blockReason");
            throw new IOException("The model gave no answer: " + reason);
        }
        JsonDocument content = candidates.get(0).document("content");
        String end = candidates.get(0).text("finishReason");
        if (content == null || end != null && !end.equals("STOP")) {
            throw new IOException("The model did not finish its answer: " + end);
        }
        return content;
    }

    private static Map<String, Object> content(String role, List<?> parts) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("role", role);
        content.put("parts", parts);
        return content;
    }

    private Map<String, Object> answer(JsonDocument call, CallContext context) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (call.has("id")) {
            answer.put("id", call.get("id"));
        }
        answer.put("name", call.get("name"));
        try {
            ToolResult result = tools.callJson(String.valueOf(call.text("name")), arguments(call), context);
            answer.put("response", response(result));
            List<Object> images = images(result);
            if (!images.isEmpty()) {
                answer.put("parts", images);
            }
        } catch (UnknownToolException e) {
            answer.put("response", Map.of("error", "There is no tool with this name."));
        }
        return answer;
    }

    private static Map<String, ?> response(ToolResult result) {
        if (result.isError()) {
            return Map.of("error", result.text());
        }
        Map<String, Object> answer = result.structuredContent();
        return Map.of("output", answer == null ? result.text() : answer);
    }

    /** Images within a function response are for Gemini 3 and later. */
    private static List<Object> images(ToolResult result) {
        List<Object> images = new ArrayList<>();
        for (Map<String, Object> block : result.content()) {
            if ("image".equals(block.get("type"))) {
                Map<String, Object> data = new LinkedHashMap<>();
                data.put("mimeType", block.get("mimeType"));
                data.put("data", block.get("data"));
                images.add(Map.of("inlineData", data));
            }
        }
        return images;
    }

    /** Returns the arguments as text, so that the tools explain to the model if they are not an object. */
    private static String arguments(JsonDocument call) {
        Object given = call.get("args");
        return given instanceof Map<?, ?>
                ? Objects.requireNonNull(call.document("args")).toJson()
                : given == null ? "" : given.toString();
    }

    private JsonDocument post(Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LONGEST)
                .header("x-goog-api-key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new JsonDocument(body).toJson()))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Gemini answered with status " + response.statusCode());
        }
        return JsonDocument.parse(response.body());
    }
}
