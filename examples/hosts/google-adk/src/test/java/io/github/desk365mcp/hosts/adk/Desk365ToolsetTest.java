package io.github.desk365mcp.hosts.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.ReadonlyContext;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.BaseToolset;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.Part;
import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.hosts.TenCalls.Call;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class Desk365ToolsetTest {

    /** A model that makes the given calls, one in each turn, and records its requests. */
    private static final class ScriptedModel extends BaseLlm {

        private final List<Call> script;
        private final List<LlmRequest> shown = new ArrayList<>();

        ScriptedModel(List<Call> script) {
            super("scripted");
            this.script = script;
        }

        @Override
        public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
            int turn = shown.size();
            shown.add(request);
            Part part = turn == script.size() ? Part.fromText("Done.") : call(turn);
            return Flowable.just(LlmResponse.builder()
                    .content(Content.builder().role("model").parts(part).build())
                    .build());
        }

        private Part call(int turn) {
            FunctionCall call = FunctionCall.builder()
                    .id("call_" + turn)
                    .name(script.get(turn).tool())
                    .args(script.get(turn).map())
                    .build();
            return Part.builder().functionCall(call).build();
        }

        @Override
        public BaseLlmConnection connect(LlmRequest request) {
            throw new UnsupportedOperationException();
        }

        List<Map<String, Object>> heard() {
            List<Map<String, Object>> heard = new ArrayList<>();
            for (Content content : shown.get(shown.size() - 1).contents()) {
                for (Part part : content.parts().orElse(List.of())) {
                    part.functionResponse().flatMap(FunctionResponse::response).ifPresent(response -> {
                        Map<String, Object> result = new LinkedHashMap<>();
                        result.put("structuredContent", response.get("output"));
                        result.put("isError", response.containsKey("error"));
                        if (response.containsKey("error")) {
                            result.put("content", List.of(Map.of("type", "text", "text", response.get("error"))));
                        }
                        heard.add(result);
                    });
                }
            }
            return heard;
        }
    }

    @Test
    void an_agent_makes_the_ten_calls() throws Exception {
        try (TenCalls ten = TenCalls.start()) {
            Features features = Features.of("Google ADK");
            ScriptedModel model = new ScriptedModel(TenCalls.CALLS);
            run(ten, model, CallContext.none()).blockingSubscribe();

            List<ToolDefinition> definitions = ten.tools().definitions();
            Map<String, BaseTool> offered = model.shown.get(0).tools();
            assertThat(offered).hasSameSizeAs(definitions);
            for (ToolDefinition definition : definitions) {
                features.definition(
                        definition, seen(Objects.requireNonNull(offered.get(definition.name())), definition));
            }
            features.results(ten.answers(), model.heard())
                    .onlyFor("application", "title", "annotations", "outputSchema", "definition _meta");

            ten.startOver();
            ScriptedModel withNull = new ScriptedModel(List.of(TenCalls.WITH_NULL));
            run(ten, withNull, CallContext.none().tenant("acme")).blockingSubscribe();
            Map<String, Object> answer = Features.plain(withNull.heard().get(0).get("structuredContent"));
            features.nullArguments(ten.answerWithNull(), new JsonDocument(answer).toJson())
                    .context(ten.audit());

            // ADK does not pass on that a run was disposed.
            Cancellation stop = new Cancellation();
            ten.hold();
            Disposable run = run(
                            ten,
                            new ScriptedModel(List.of(TenCalls.HELD)),
                            CallContext.none().cancellation(stop))
                    .doOnCancel(stop::cancel)
                    .subscribe();
            ten.awaitHeld();
            run.dispose();
            features.cancellation(ten.audit()).compare("google-adk");
        }
    }

    @Test
    void disposing_a_running_call_ends_its_request() throws Exception {
        try (TenCalls ten = TenCalls.start()) {
            ten.hold();
            BaseToolset toolset = new Desk365Toolset(ten.tools(), run -> CallContext.none());
            Disposable call = toolset.getTools(null)
                    .filter(tool -> tool.name().equals(TenCalls.HELD.tool()))
                    .flatMapSingle(tool -> tool.runAsync(TenCalls.HELD.map(), null))
                    .subscribe();
            ten.awaitHeld();
            call.dispose();

            assertThat(ten.audit().outcome()).isEqualTo("cancelled");
        }
    }

    private static Flowable<?> run(TenCalls ten, BaseLlm model, CallContext context) {
        LlmAgent agent = LlmAgent.builder()
                .name("helpdesk")
                .model(model)
                .tools(new Desk365Toolset(ten.tools(), run -> caller(context, run)))
                .build();
        InMemoryRunner runner = new InMemoryRunner(agent, "test");
        String session = runner.sessionService()
                .createSession("test", "ada")
                .blockingGet()
                .id();
        return runner.runAsync("ada", session, Content.fromParts(Part.fromText("Go on.")));
    }

    private static CallContext caller(CallContext context, ReadonlyContext run) {
        return context.caller(run.userId());
    }

    private static Map<String, Object> seen(BaseTool tool, ToolDefinition sent) {
        FunctionDeclaration declaration = tool.declaration().orElseThrow();
        Map<String, Object> seen = new LinkedHashMap<>(tool.customMetadata());
        seen.put("name", declaration.name().orElseThrow());
        seen.put("description", declaration.description().orElseThrow());
        // Gemini rejects an object without properties, so none is sent.
        boolean none = Map.of().equals(sent.inputSchema().get("properties"));
        assertThat(declaration.parametersJsonSchema().isEmpty()).isEqualTo(none);
        seen.put("inputSchema", declaration.parametersJsonSchema().orElse(sent.inputSchema()));
        return seen;
    }
}
