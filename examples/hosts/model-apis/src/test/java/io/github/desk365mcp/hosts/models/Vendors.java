package io.github.desk365mcp.hosts.models;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fake services, in the formats of their documentation. */
final class Vendors {

    private Vendors() {}

    static final class OpenAiResponsesStub extends Vendor {

        OpenAiResponsesStub(List<Call> script) throws IOException {
            super("/v1/responses", Map.of("Authorization", "Bearer key"), script);
        }

        @Override
        Map<String, Map<String, Object>> answersIn(Map<String, Object> request) {
            Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
            boolean thought = false;
            for (Map<String, Object> item : objects(request.get("input"))) {
                thought |= "reasoning".equals(item.get("type"));
                if ("function_call_output".equals(item.get("type"))) {
                    expect(thought, "A call came back without the reasoning before it");
                    answers.put(String.valueOf(item.get("call_id")), content(item.get("output")));
                }
            }
            return answers;
        }

        @Override
        Map<String, Object> response(List<Asked> calls) {
            List<Object> output = new ArrayList<>();
            output.add(Map.of("type", "reasoning", "id", "rs_1", "summary", List.of()));
            for (Asked asked : calls) {
                output.add(Map.of(
                        "type",
                        "function_call",
                        "id",
                        "fc_" + asked.id(),
                        "status",
                        "completed",
                        "call_id",
                        asked.id(),
                        "name",
                        asked.call().tool(),
                        "arguments",
                        asked.call().arguments()));
            }
            if (calls.isEmpty()) {
                Map<String, Object> text = Map.of("type", "output_text", "text", "Done.", "annotations", List.of());
                output.add(Map.of("type", "message", "id", "msg_1", "role", "assistant", "content", List.of(text)));
            }
            return Map.of("id", "resp_1", "object", "response", "status", "completed", "output", output);
        }
    }

    static final class OpenAiChatStub extends Vendor {

        OpenAiChatStub(List<Call> script) throws IOException {
            super("/v1/chat/completions", Map.of("Authorization", "Bearer key"), script);
        }

        @Override
        Map<String, Map<String, Object>> answersIn(Map<String, Object> request) {
            Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
            for (Map<String, Object> message : objects(request.get("messages"))) {
                if ("tool".equals(message.get("role"))) {
                    answers.put(String.valueOf(message.get("tool_call_id")), content(message.get("content")));
                }
            }
            return answers;
        }

        @Override
        Map<String, Object> response(List<Asked> calls) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("role", "assistant");
            message.put("content", calls.isEmpty() ? "Done." : "");
            if (!calls.isEmpty()) {
                message.put(
                        "tool_calls",
                        calls.stream()
                                .map(asked -> Map.of(
                                        "id",
                                        asked.id(),
                                        "type",
                                        "function",
                                        "function",
                                        Map.of(
                                                "name", asked.call().tool(),
                                                "arguments", asked.call().arguments())))
                                .toList());
            }
            String reason = calls.isEmpty() ? "stop" : "tool_calls";
            return Map.of(
                    "object",
                    "chat.completion",
                    "choices",
                    List.of(Map.of("index", 0, "message", message, "finish_reason", reason)));
        }
    }

    static final class AnthropicStub extends Vendor {

        AnthropicStub(List<Call> script) throws IOException {
            super("/v1/messages", Map.of("x-api-key", "key", "anthropic-version", "2023-06-01"), script);
        }

        @Override
        Map<String, Map<String, Object>> answersIn(Map<String, Object> request) {
            Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
            List<Map<String, Object>> messages = objects(request.get("messages"));
            for (int i = 0; i < messages.size(); i++) {
                expect(
                        (i % 2 == 0 ? "user" : "assistant")
                                .equals(messages.get(i).get("role")),
                        "Roles must alternate");
                if (i % 2 == 0 && messages.get(i).get("content") instanceof List<?> blocks) {
                    for (Map<String, Object> block : objects(blocks)) {
                        Map<String, Object> answer = content(block.get("content"));
                        answer.put("isError", block.get("is_error"));
                        answers.put(String.valueOf(block.get("tool_use_id")), answer);
                    }
                }
            }
            return answers;
        }

        @Override
        Map<String, Object> response(List<Asked> calls) {
            List<Object> content = new ArrayList<>();
            content.add(Map.of("type", "text", "text", calls.isEmpty() ? "Done." : "One moment."));
            for (Asked asked : calls) {
                content.add(Map.of(
                        "type", "tool_use",
                        "id", asked.id(),
                        "name", asked.call().tool(),
                        "input", asked.call().map()));
            }
            String reason = calls.isEmpty() ? "end_turn" : "tool_use";
            return Map.of("type", "message", "role", "assistant", "content", content, "stop_reason", reason);
        }
    }

    static final class GeminiStub extends Vendor {

        GeminiStub(List<Call> script) throws IOException {
            super("/v1beta/models/a-model:generateContent", Map.of("x-goog-api-key", "key"), script);
        }

        @Override
        Map<String, Map<String, Object>> answersIn(Map<String, Object> request) {
            Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
            for (Map<String, Object> content : objects(request.get("contents"))) {
                for (Map<String, Object> part : objects(content.get("parts"))) {
                    expect(
                            part.get("functionCall") == null || "c2ln".equals(part.get("thoughtSignature")),
                            "A call came back without its signature");
                    if (part.get("functionResponse") != null) {
                        Map<String, Object> given = Features.plain(part.get("functionResponse"));
                        Map<String, Object> answer = answer(Features.plain(given.get("response")));
                        if (given.get("parts") instanceof List<?> parts) {
                            answer.put("images", images(parts));
                        }
                        answers.put(String.valueOf(given.get("id")), answer);
                    }
                }
            }
            return answers;
        }

        private static List<Object> images(List<?> parts) {
            List<Object> images = new ArrayList<>();
            for (Map<String, Object> part : objects(parts)) {
                Map<String, Object> data = Features.plain(part.get("inlineData"));
                images.add(image(data.get("mimeType"), data.get("data")));
            }
            return images;
        }

        private static Map<String, Object> answer(Map<String, Object> response) {
            Map<String, Object> answer = new LinkedHashMap<>();
            if (response.containsKey("error")) {
                answer.putAll(content(response.get("error")));
            } else {
                answer.put("structuredContent", response.get("output"));
            }
            answer.put("isError", response.containsKey("error"));
            return answer;
        }

        @Override
        Map<String, Object> response(List<Asked> calls) {
            List<Object> parts = new ArrayList<>();
            for (Asked asked : calls) {
                Map<String, Object> call = Map.of(
                        "id", asked.id(),
                        "name", asked.call().tool(),
                        "args", asked.call().map());
                parts.add(Map.of("functionCall", call, "thoughtSignature", "c2ln"));
            }
            if (calls.isEmpty()) {
                parts.add(Map.of("text", "Done."));
            }
            Map<String, Object> content = Map.of("role", "model", "parts", parts);
            return Map.of("candidates", List.of(Map.of("content", content, "finishReason", "STOP")));
        }
    }

    /** Returns the text of a result in any format. */
    static String text(Map<String, Object> answer) {
        return answer.get("content") instanceof List<?> blocks
                ? String.valueOf(Features.plain(blocks.get(0)).get("text"))
                : new JsonDocument(Features.plain(answer.get("structuredContent"))).toJson();
    }

    /** A text, or a list of a vendor's parts, in MCP's form. */
    private static Map<String, Object> content(@Nullable Object given) {
        List<Object> blocks = new ArrayList<>();
        if (given instanceof List<?> parts) {
            objects(parts).forEach(part -> blocks.add(block(part)));
        } else {
            blocks.add(Map.of("type", "text", "text", String.valueOf(given)));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("content", blocks);
        return answer;
    }

    private static Map<String, Object> block(Map<String, Object> part) {
        String type = String.valueOf(part.get("type"));
        return switch (type) {
            case "text", "input_text" -> Map.of("type", "text", "text", String.valueOf(part.get("text")));
            case "image" -> {
                Map<String, Object> source = Features.plain(part.get("source"));
                Vendor.expect("base64".equals(source.get("type")), "The source of an image is base64");
                yield image(source.get("media_type"), source.get("data"));
            }
            case "input_image" -> {
                String[] address = String.valueOf(part.get("image_url")).split("[:;,]", 4);
                Vendor.expect("data".equals(address[0]) && "base64".equals(address[2]), "An image is a data URI");
                yield image(address[1], address[3]);
            }
            default -> throw new IllegalStateException("No answer has parts of the type " + type);
        };
    }

    private static Map<String, Object> image(@Nullable Object mediaType, @Nullable Object data) {
        return Map.of("type", "image", "mimeType", String.valueOf(mediaType), "data", String.valueOf(data));
    }

    private static List<Map<String, Object>> objects(@Nullable Object list) {
        List<Map<String, Object>> objects = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(list)).forEach(item -> objects.add(Features.plain(item)));
        return objects;
    }
}
