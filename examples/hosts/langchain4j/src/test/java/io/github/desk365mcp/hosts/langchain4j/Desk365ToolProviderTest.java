package io.github.desk365mcp.hosts.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.ToolExecution;
import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.hosts.TenCalls.Call;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.host.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Desk365ToolProviderTest {

    interface Assistant {
        Result<String> chat(@UserMessage String text, InvocationParameters parameters);
    }

    /** A model that makes the given calls, all in one turn, and records its requests. */
    private static class ScriptedModel implements ChatModel {

        private final List<Call> script;
        private final List<ChatRequest> shown = new ArrayList<>();

        ScriptedModel(Call... script) {
            this.script = List.of(script);
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            shown.add(request);
            AiMessage next = shown.size() > 1 ? AiMessage.from("Done.") : AiMessage.from(requests());
            return ChatResponse.builder().aiMessage(next).build();
        }

        private List<ToolExecutionRequest> requests() {
            List<ToolExecutionRequest> requests = new ArrayList<>();
            for (Call call : script) {
                requests.add(ToolExecutionRequest.builder()
                        .id("call_" + requests.size())
                        .name(call.tool())
                        .arguments(call.arguments())
                        .build());
            }
            return requests;
        }

        List<ToolExecutionResultMessage> heard() {
            List<ToolExecutionResultMessage> heard = new ArrayList<>();
            for (ChatMessage message : shown.get(1).messages()) {
                if (message instanceof ToolExecutionResultMessage result) {
                    heard.add(result);
                }
            }
            return heard;
        }
    }

    @Test
    void an_ai_service_makes_the_ten_calls() throws Exception {
        try (TenCalls ten = TenCalls.start()) {
            Features features = Features.of("LangChain4j");
            ScriptedModel model = new ScriptedModel(TenCalls.CALLS.toArray(Call[]::new));
            List<ToolExecution> done = chat(ten, model, CallContext.none()).toolExecutions();

            List<ToolDefinition> definitions = ten.tools().definitions();
            List<ToolSpecification> specifications = model.shown.get(0).toolSpecifications();
            assertThat(specifications).hasSameSizeAs(definitions);
            for (int i = 0; i < definitions.size(); i++) {
                features.definition(definitions.get(i), seen(specifications.get(i)));
            }
            List<Map<String, Object>> results = new ArrayList<>();
            for (int i = 0; i < done.size(); i++) {
                ToolExecutionResultMessage heard = model.heard().get(i);
                assertThat(heard.contents()).isEqualTo(contents(ten.answers().get(i)));
                assertThat(heard.isError()).isEqualTo(ten.answers().get(i).isError());
                results.add(Features.plain(done.get(i).resultObject()));
            }
            features.results(ten.answers(), results)
                    .onlyFor(
                            "application",
                            "title",
                            "annotations",
                            "outputSchema",
                            "definition _meta",
                            "structuredContent",
                            "resource links",
                            "result _meta");

            ScriptedModel withNull = new ScriptedModel(TenCalls.WITH_NULL);
            ten.startOver();
            chat(ten, withNull, CallContext.none().caller("ada").tenant("acme"));
            features.nullArguments(ten.answerWithNull(), withNull.heard().get(0).text())
                    .context(ten.audit());
            Cancellation cancelled = new Cancellation();
            cancelled.cancel();
            chat(ten, new ScriptedModel(TenCalls.WITH_NULL), CallContext.none().cancellation(cancelled));
            features.cancellation(ten.audit()).compare("langchain4j");
        }
    }

    /** What the model has to be shown of a result. */
    private static List<Content> contents(ToolResult result) {
        List<Content> contents = new ArrayList<>(List.of(TextContent.from(result.text())));
        for (Map<String, Object> block : result.content()) {
            if ("image".equals(block.get("type"))) {
                contents.add(
                        ImageContent.from(String.valueOf(block.get("data")), String.valueOf(block.get("mimeType"))));
            }
        }
        return contents;
    }

    @Test
    void a_tool_that_the_caller_may_no_longer_use_gives_an_error_result() throws Exception {
        try (TenCalls ten = TenCalls.start()) {
            InvocationParameters parameters =
                    InvocationParameters.from(Desk365ToolProvider.CONTEXT, CallContext.none());
            ScriptedModel model = new ScriptedModel(TenCalls.WITH_NULL) {
                @Override
                public ChatResponse doChat(ChatRequest request) {
                    parameters.put(
                            Desk365ToolProvider.CONTEXT,
                            CallContext.none().scope(Selection.everything().tags("tickets")));
                    return super.doChat(request);
                }
            };
            chat(ten.tools(), model, parameters);

            assertThat(model.heard().get(0).text()).isEqualTo("There is no tool with this name.");
            assertThat(model.heard().get(0).isError()).isTrue();
        }
    }

    @Test
    void the_model_gets_the_answer_even_if_the_policy_turns_texts_off() throws Exception {
        try (TenCalls ten = TenCalls.start()) {
            ScriptedModel model = new ScriptedModel(TenCalls.HELD);
            chat(
                    ten.tools(policy -> policy.results(ResultForm.STRUCTURED_ONLY)),
                    model,
                    InvocationParameters.from(Desk365ToolProvider.CONTEXT, CallContext.none()));

            assertThat(model.heard().get(0).text()).startsWith("{\"ticket_number\":4052,");
        }
    }

    private static Result<String> chat(TenCalls ten, ChatModel model, CallContext context) {
        return chat(ten.tools(), model, InvocationParameters.from(Desk365ToolProvider.CONTEXT, context));
    }

    private static Result<String> chat(BoundTools tools, ChatModel model, InvocationParameters parameters) {
        return AiServices.builder(Assistant.class)
                .chatModel(model)
                .toolProvider(new Desk365ToolProvider(tools))
                .build()
                .chat("Go on.", parameters);
    }

    /**
     * Returns a definition as the model and the application see it: the model gets only name, description and
     * parameters.
     */
    private static Map<String, Object> seen(ToolSpecification specification) {
        Map<String, Object> schema = new LinkedHashMap<>(Features.plain(
                JsonDocument.parse(specification.toJson()).toMap().get("parameters")));
        // The text does not contain empty values.
        schema.putIfAbsent("properties", Map.of());
        Map<String, Object> seen = new LinkedHashMap<>(specification.metadata());
        seen.put("name", specification.name());
        seen.put("description", specification.description());
        seen.put("inputSchema", schema);
        return seen;
    }
}
