package io.github.desk365mcp.hosts.springboot;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;

/**
 * Provides the tools as callbacks.
 *
 * <p>To pass the caller, the tenant and a cancellation, use {@code toolContext(Map.of(
 * Desk365ToolCallbacks.CONTEXT, CallContext.none().tenant("acme")))}.
 */
public final class Desk365ToolCallbacks implements ToolCallbackProvider {

    /** The key of the {@link CallContext} in the tool context. */
    public static final String CONTEXT = "desk365";

    private final BoundTools tools;
    private final CallContext lister;

    /**
     * Creates callbacks for the tools of one caller.
     *
     * @param lister the caller for whom the tools are listed, and who calls them if the tool context has no other
     *     caller
     */
    public Desk365ToolCallbacks(BoundTools tools, CallContext lister) {
        this.tools = tools;
        this.lister = lister;
    }

    @Override
    public ToolCallback[] getToolCallbacks() {
        return tools.definitions(lister).stream()
                .map(tool -> new Callback(ToolDefinition.builder()
                        .name(tool.name())
                        .description(tool.description())
                        .inputSchema(new JsonDocument(tool.inputSchema()).toJson())
                        .build()))
                .toArray(ToolCallback[]::new);
    }

    private final class Callback implements ToolCallback {

        private final ToolDefinition definition;

        Callback(ToolDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ToolDefinition getToolDefinition() {
            return definition;
        }

        @Override
        public String call(String arguments) {
            return call(arguments, null);
        }

        @Override
        public String call(String arguments, @Nullable ToolContext context) {
            Object given = context == null ? null : context.getContext().get(CONTEXT);
            try {
                ToolResult result = tools.callJson(
                        definition.name(), arguments, given instanceof CallContext known ? known : lister);
                if (result.isError()) {
                    // Spring AI passes the message to the model, and its MCP server marks it as an error.
                    throw new ToolExecutionException(definition, new IllegalStateException(result.text()));
                }
                return result.text();
            } catch (UnknownToolException notForThisCaller) {
                throw new ToolExecutionException(definition, notForThisCaller);
            }
        }
    }
}
