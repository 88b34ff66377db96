package io.github.desk365mcp.hosts.adk;

import com.google.adk.agents.LlmAgent;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.runner.InMemoryRunner;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.Part;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.Map;

/** An agent on a sandbox, with a script instead of a model, so that it needs no key. */
public final class Main {

    private Main() {}

    /** Asks one question and prints what the agent does. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            Desk365Client desk = Desk365Client.builder()
                    .baseUrl(sandbox.baseUrl())
                    .apiKey(sandbox.apiKey())
                    .build();
            BoundTools tools = Desk365Tools.select(Selection.triage()).bind(desk);
            LlmAgent agent = LlmAgent.builder()
                    .name("helpdesk")
                    .model(new Script())
                    .tools(new Desk365Toolset(tools, run -> CallContext.none().caller(run.userId())))
                    .build();
            InMemoryRunner runner = new InMemoryRunner(agent);
            String session = runner.sessionService()
                    .createSession(runner.appName(), "ada")
                    .blockingGet()
                    .id();
            runner.runAsync("ada", session, Content.fromParts(Part.fromText("What is urgent?")))
                    .blockingForEach(event -> System.out.println(event.stringifyContent()));
        }
    }

    /** Calls a tool, and then says so. */
    private static final class Script extends BaseLlm {

        private boolean hasCalled;

        Script() {
            super("script");
        }

        @Override
        public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
            Part part = hasCalled
                    ? Part.fromText("Of " + request.tools().size() + " tools I called one.")
                    : Part.builder()
                            .functionCall(FunctionCall.builder()
                                    .id("call_1")
                                    .name("list_all_desk_365_tickets")
                                    .args(Map.of(
                                            "status", List.of("Open"), "priority", List.of("urgent"), "max_items", 2))
                                    .build())
                            .build();
            hasCalled = true;
            return Flowable.just(LlmResponse.builder()
                    .content(Content.builder().role("model").parts(part).build())
                    .build());
        }

        @Override
        public BaseLlmConnection connect(LlmRequest request) {
            throw new UnsupportedOperationException();
        }
    }
}
