package io.github.desk365mcp.hosts.adk;

import com.google.adk.agents.ReadonlyContext;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.BaseToolset;
import com.google.adk.tools.ToolContext;
import com.google.genai.types.FunctionDeclaration;
import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Provides the tools as a toolset of an ADK agent. */
public final class Desk365Toolset implements BaseToolset {

    private final BoundTools tools;
    private final Function<ReadonlyContext, CallContext> contexts;

    /**
     * Creates a toolset that lists the tools of the session's user.
     *
     * @param contexts returns the caller and the tenant of a run, such as {@code run ->
     *     CallContext.none().caller(run.userId())}
     */
    public Desk365Toolset(BoundTools tools, Function<ReadonlyContext, CallContext> contexts) {
        this.tools = tools;
        this.contexts = contexts;
    }

    @Override
    public Flowable<BaseTool> getTools(ReadonlyContext run) {
        return Flowable.fromIterable(tools.definitions(contexts.apply(run))).map(Tool::new);
    }

    @Override
    public void close() {}

    private final class Tool extends BaseTool {

        private final FunctionDeclaration declaration;

        Tool(ToolDefinition tool) {
            super(tool.name(), tool.description());
            FunctionDeclaration.Builder builder =
                    FunctionDeclaration.builder().name(tool.name()).description(tool.description());
            if (!Map.of().equals(tool.inputSchema().get("properties"))) {
                builder.parametersJsonSchema(tool.inputSchema());
            }
            this.declaration = builder.build();
            // For callbacks of the agent, for example one that asks a person first. Models do not see it.
            for (String part : new String[] {"title", "annotations", "outputSchema", "_meta"}) {
                Object value = tool.toMap().get(part);
                if (value != null) {
                    setCustomMetadata(part, value);
                }
            }
        }

        @Override
        public Optional<FunctionDeclaration> declaration() {
            return Optional.of(declaration);
        }

        @Override
        public Single<Map<String, Object>> runAsync(Map<String, Object> arguments, ToolContext run) {
            Single<Map<String, Object>> answer = Single.create(asked -> {
                CallContext context = contexts.apply(run);
                Cancellation stop = new Cancellation();
                Cancellation given = context.cancellation();
                Cancellation.Registration both = given == null ? () -> {} : given.onCancel(stop::cancel);
                // Disposing only interrupts the thread, which does not end a request.
                asked.setCancellable(() -> {
                    both.close();
                    stop.cancel();
                });
                asked.onSuccess(call(arguments, context.cancellation(stop)));
            });
            return answer.subscribeOn(Schedulers.io());
        }

        private Map<String, Object> call(Map<String, Object> arguments, CallContext context) {
            try {
                ToolResult result = tools.call(name(), arguments, context);
                if (result.isError()) {
                    return Map.of("error", result.text());
                }
                Map<String, Object> answer = result.structuredContent();
                return Map.of("output", answer == null ? result.text() : answer);
            } catch (UnknownToolException notForThisCaller) {
                return Map.of("error", "There is no tool with this name.");
            }
        }
    }
}
