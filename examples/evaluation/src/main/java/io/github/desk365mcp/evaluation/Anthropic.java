package io.github.desk365mcp.evaluation;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models behind Anthropic's Messages API. */
final class Anthropic implements Model {

    private static final int MOST_TOKENS = 8_192;

    private final ModelApi api;
    private final String model;

    /** @param base such as {@code https://api.anthropic.com} */
    Anthropic(URI base, String key, String model) {
        this.api =
                new ModelApi(base.resolve("/v1/messages"), Map.of("x-api-key", key, "anthropic-version", "2023-06-01"));
        this.model = model;
    }

    @Override
    public Conversation begin(List<Tool> tools) {
        ObjectNode request =
                ModelApi.JSON.createObjectNode().put("model", model).put("max_tokens", MOST_TOKENS);
        ArrayNode messages = request.putArray("messages");
        ArrayNode definitions = request.putArray("tools");
        for (Tool tool : tools) {
            definitions
                    .addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("input_schema", ModelApi.JSON.valueToTree(tool.inputSchema()));
        }
        return new Conversation() {
            @Override
            public Turn ask(String task) throws IOException, InterruptedException {
                messages.addObject().put("role", "user").put("content", task);
                return next(request);
            }

            @Override
            public Turn answer(List<Answer> answers) throws IOException, InterruptedException {
                // All results of one turn must be in one message.
                ArrayNode results = messages.addObject().put("role", "user").putArray("content");
                for (Answer answer : answers) {
                    results.addObject()
                            .put("type", "tool_result")
                            .put("tool_use_id", answer.call().id())
                            .put("content", answer.text())
                            .put("is_error", answer.isError());
                }
                return next(request);
            }
        };
    }

    private Turn next(ObjectNode request) throws IOException, InterruptedException {
        JsonNode response = api.post(request);
        JsonNode content = response.path("content");
        request.withArray("messages").addObject().put("role", "assistant").set("content", content);
        StringBuilder text = new StringBuilder();
        List<Call> calls = new ArrayList<>();
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals("text")) {
                text.append(block.path("text").asString(""));
            } else if (block.path("type").asString("").equals("tool_use")) {
                calls.add(new Call(
                        block.path("id").asString(""), block.path("name").asString(""), block.path("input")));
            }
        }
        JsonNode usage = response.path("usage");
        long read = usage.path("input_tokens").asLong(0)
                + usage.path("cache_read_input_tokens").asLong(0)
                + usage.path("cache_creation_input_tokens").asLong(0);
        return new Turn(
                text.toString(), calls, read, usage.path("output_tokens").asLong(0));
    }
}
