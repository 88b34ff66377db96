package io.github.desk365mcp.hosts.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.hosts.TenCalls.Call;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ResultForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

class Desk365ToolCallbacksTest {

    private static TenCalls ten;

    private final ToolCallingManager manager = ToolCallingManager.builder().build();

    @BeforeAll
    static void start() {
        ten = TenCalls.start();
    }

    @AfterAll
    static void stop() {
        ten.close();
    }

    @BeforeEach
    void startOver() {
        ten.startOver();
    }

    @Test
    void a_model_makes_the_ten_calls() throws Exception {
        Features features = Features.of("Spring AI");
        List<ToolDefinition> sent = manager.resolveToolDefinitions(options(CallContext.none()));
        assertThat(sent).hasSameSizeAs(ten.tools().definitions());
        for (int i = 0; i < sent.size(); i++) {
            Map<String, Object> seen = new LinkedHashMap<>();
            seen.put("name", sent.get(i).name());
            seen.put("description", sent.get(i).description());
            seen.put(
                    "inputSchema", JsonDocument.parse(sent.get(i).inputSchema()).toMap());
            features.definition(ten.tools().definitions().get(i), seen);
        }
        List<Map<String, Object>> heard = calls(TenCalls.CALLS, CallContext.none()).stream()
                .map(response -> Map.<String, Object>of(
                        "content", List.of(Map.of("type", "text", "text", response.responseData()))))
                .toList();
        features.results(ten.answers(), heard);

        ten.startOver();
        ToolResponse answer = calls(
                        List.of(TenCalls.WITH_NULL),
                        CallContext.none().caller("ada").tenant("acme"))
                .get(0);
        features.nullArguments(ten.answerWithNull(), answer.responseData()).context(ten.audit());
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        calls(List.of(TenCalls.WITH_NULL), CallContext.none().cancellation(cancelled));
        features.cancellation(ten.audit()).compare("spring-ai");
    }

    @Test
    void the_model_gets_the_answer_even_if_the_policy_turns_texts_off() {
        BoundTools structured = ten.tools(policy -> policy.results(ResultForm.STRUCTURED_ONLY));
        ToolCallback callback = Stream.of(new Desk365ToolCallbacks(structured, CallContext.none()).getToolCallbacks())
                .filter(tool -> tool.getToolDefinition().name().equals(TenCalls.HELD.tool()))
                .findFirst()
                .orElseThrow();

        assertThat(callback.call(TenCalls.HELD.arguments())).startsWith("{\"ticket_number\":4052,");
    }

    private List<ToolResponse> calls(List<Call> calls, CallContext context) {
        List<AssistantMessage.ToolCall> asked = new ArrayList<>();
        for (Call call : calls) {
            asked.add(new AssistantMessage.ToolCall("call_" + asked.size(), "function", call.tool(), call.arguments()));
        }
        AssistantMessage message =
                AssistantMessage.builder().content("").toolCalls(asked).build();
        ChatResponse response = new ChatResponse(List.of(new Generation(message)));
        List<org.springframework.ai.chat.messages.Message> history = manager.executeToolCalls(
                        new Prompt("Go on.", options(context)), response)
                .conversationHistory();
        return ((ToolResponseMessage) history.get(history.size() - 1)).getResponses();
    }

    private static ToolCallingChatOptions options(CallContext context) {
        return ToolCallingChatOptions.builder()
                .toolCallbacks(new Desk365ToolCallbacks(ten.tools(), CallContext.none()).getToolCallbacks())
                .toolContext(Map.of(Desk365ToolCallbacks.CONTEXT, context))
                .build();
    }
}
