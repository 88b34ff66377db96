package io.github.desk365mcp.evaluation;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Models behind OpenAI's Chat Completions API, which many services and programs offer. */
final class OpenAi implements Model {

    private final ModelApi api;
    private final String model;

    /** @param base such as {@code https://api.openai.com} */
    OpenAi(URI base, String key, String model) {
        this.api = new ModelApi(base.resolve("/v1/chat/completions"), Map.of("Authorization", "Bearer " + key));
        this.model = model;
    }

    @Override
    public Conversation begin(List<Tool> tools) {
        ObjectNode request = ModelApi.JSON.createObjectNode().put("model", model);
        ArrayNode messages = request.putArray("messages");
        ArrayNode functions = request.putArray("tools");
        for (Tool tool : tools) {
            ObjectNode function = functions.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            function.set("parameters", ModelApi.JSON.valueToTree(tool.inputSchema()));
        }
        return new Conversation() {
            @Override
            public Turn ask(String task) throws IOException, InterruptedException {
                messages.addObject().put("role", "user").put("content", task);
                return next(request);
            }

            @Override
            public Turn answer(List<Answer> answers) throws IOException, InterruptedException {
                for (Answer answer : answers) {
                    messages.addObject()
                            .put("role", "tool")
                            .put("tool_call_id", answer.call().id())
                            .put("content", answer.text());
                }
                return next(request);
            }
        };
    }

    private Turn next(ObjectNode request) throws IOException, InterruptedException {
        JsonNode response = api.post(request);
        JsonNode message = response.at("/choices/0/message");
        if (!message.isObject()) {
            throw new IOException("The model gave no answer");
        }
        request.withArray("messages").add(message);
        List<Call> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            String arguments = call.at("/function/arguments").asString("");
            calls.add(new Call(
                    call.path("id").asString(""), call.at("/function/name").asString(""), object(arguments)));
        }
        JsonNode usage = response.path("usage");
        return new Turn(
                message.path("content").asString(""),
                calls,
                usage.path("prompt_tokens").asLong(0),
                usage.path("completion_tokens").asLong(0));
    }

    private static JsonNode object(String arguments) {
        try {
            return ModelApi.JSON.readTree(arguments);
        } catch (JacksonException notJson) {
            return StringNode.valueOf(arguments);
        }
    }
}
