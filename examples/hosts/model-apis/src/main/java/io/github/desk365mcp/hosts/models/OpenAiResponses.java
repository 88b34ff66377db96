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

/** A conversation with an OpenAI model that uses the tools, over the Responses API. */
public final class OpenAiResponses {

    private static final int MOST_TURNS = 20;

    /** Models may think for minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final String key;
    private final String model;
    private final BoundTools tools;
    private final Profile profile;

    /**
     * Creates a conversation. Nothing is sent yet.
     *
     * @param base {@code https://api.openai.com}
     * @param profile {@link Profile#OPENAI}, or {@link Profile#OPENAI_STRICT}, with which a model writes null for the
     *     arguments that it leaves out
     */
    public OpenAiResponses(URI base, String key, String model, BoundTools tools, Profile profile) {
        this.address = base.resolve("/v1/responses");
        this.key = key;
        this.model = model;
        this.tools = tools;
        this.profile = profile;
    }

    /** Sends a question, makes the calls that the model requests, and returns its final answer. */
    public String ask(String question, CallContext context) throws IOException, InterruptedException {
        List<Object> input = new ArrayList<>();
        input.add(Map.of("role", "user", "content", question));
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("model", model);
            request.put("input", input);
            request.put(
                    "tools",
                    tools.definitions(context).stream()
                            .map(tool -> tool.toMap(profile))
                            .toList());
            JsonDocument response = post(request);
            String status = response.text("status");
            if (status != null && !status.equals("completed")) {
                JsonDocument details = response.document("incomplete_details");
                throw new IOException(
                        "The model did not finish its answer: " + (details == null ? status : details.text("reason")));
            }
            StringBuilder said = new StringBuilder();
            List<Object> answers = new ArrayList<>();
            for (JsonDocument item : response.objects("output", JsonDocument::new)) {
                // Everything is sent back, including the reasoning, which the model needs with its calls.
                input.add(item.toMap());
                if ("function_call".equals(item.text("type"))) {
                    answers.add(answer(item, context));
                } else if ("message".equals(item.text("type"))) {
                    for (JsonDocument part : item.objects("content", JsonDocument::new)) {
                        said.append(part.text("refusal".equals(part.text("type")) ? "refusal" : "text"));
                    }
                }
            }
            if (answers.isEmpty()) {
                return said.toString();
            }
            input.addAll(answers);
        }
        throw new IOException("The model did not finish within " + MOST_TURNS + " turns");
    }

    private Map<String, Object> answer(JsonDocument call, CallContext context) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("type", "function_call_output");
        answer.put("call_id", call.get("call_id"));
        try {
            String arguments = String.valueOf(call.text("arguments"));
            answer.put("output", output(tools.callJson(String.valueOf(call.text("name")), arguments, context)));
        } catch (UnknownToolException e) {
            answer.put("output", "There is no tool with this name.");
        }
        return answer;
    }

    /** The text, followed by the images. */
    private static Object output(ToolResult result) {
        List<Object> parts = new ArrayList<>();
        parts.add(Map.of("type", "input_text", "text", result.text()));
        for (Map<String, Object> block : result.content()) {
            if ("image".equals(block.get("type"))) {
                String address = "data:" + block.get("mimeType") + ";base64," + block.get("data");
                parts.add(Map.of("type", "input_image", "image_url", address));
            }
        }
        return parts.size() == 1 ? result.text() : parts;
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
            throw new IOException("OpenAI answered with status " + response.statusCode());
        }
        return JsonDocument.parse(response.body());
    }
}
