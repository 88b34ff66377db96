package io.github.desk365mcp.hosts.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Provides the tools to an AI service.
 *
 * <p>To pass the caller, the tenant and a cancellation, use {@code InvocationParameters.from(
 * Desk365ToolProvider.CONTEXT, CallContext.none().tenant("acme"))}.
 */
public final class Desk365ToolProvider implements ToolProvider {

    /** The key of the {@link CallContext} in the invocation parameters. */
    public static final String CONTEXT = "desk365";

    private static final String UNKNOWN = "There is no tool with this name.";

    private final BoundTools tools;

    /** Creates a provider that lists the tools of the caller. */
    public Desk365ToolProvider(BoundTools tools) {
        this.tools = tools;
    }

    @Override
    public ToolProviderResult provideTools(ToolProviderRequest request) {
        ToolProviderResult.Builder all = ToolProviderResult.builder();
        for (ToolDefinition tool : tools.definitions(context(request.invocationParameters()))) {
            all.add(specification(tool), new Executor(tool.name()));
        }
        return all.build();
    }

    private static ToolSpecification specification(ToolDefinition tool) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", tool.name());
        model.put("description", tool.description());
        model.put("parameters", tool.inputSchema());
        // The metadata is for the application. LangChain4j does not send it to models.
        Map<String, Object> metadata = new LinkedHashMap<>(tool.toMap());
        metadata.keySet().removeAll(Set.of("name", "description", "inputSchema"));
        return ToolSpecification.fromJson(new JsonDocument(model).toJson()).toBuilder()
                .metadata(metadata)
                .build();
    }

    private static CallContext context(@Nullable InvocationParameters parameters) {
        CallContext given = parameters == null ? null : parameters.get(CONTEXT);
        return given == null ? CallContext.none() : given;
    }

    private static List<Content> images(ToolResult result) {
        return result.content().stream()
                .filter(block -> "image".equals(block.get("type")))
                .<Content>map(block ->
                        ImageContent.from(String.valueOf(block.get("data")), String.valueOf(block.get("mimeType"))))
                .toList();
    }

    private final class Executor implements ToolExecutor {

        private final String name;

        Executor(String name) {
            this.name = name;
        }

        @Override
        public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext invocation) {
            return call(request, context(invocation.invocationParameters()));
        }

        @Override
        public String execute(ToolExecutionRequest request, Object memoryId) {
            try {
                return result(request, CallContext.none()).text();
            } catch (UnknownToolException notForThisCaller) {
                return UNKNOWN;
            }
        }

        private ToolResult result(ToolExecutionRequest request, CallContext context) {
            String arguments = request.arguments();
            return tools.callJson(name, arguments == null ? "" : arguments, context);
        }

        private ToolExecutionResult call(ToolExecutionRequest request, CallContext context) {
            try {
                ToolResult result = result(request, context);
                ToolExecutionResult.Builder answer =
                        ToolExecutionResult.builder().isError(result.isError()).result(result.toMap());
                List<Content> images = images(result);
                if (images.isEmpty()) {
                    return answer.resultText(result.text()).build();
                }
                List<Content> contents = new ArrayList<>(List.of(TextContent.from(result.text())));
                contents.addAll(images);
                return answer.resultContents(contents).build();
            } catch (UnknownToolException notForThisCaller) {
                return ToolExecutionResult.builder()
                        .isError(true)
                        .resultText(UNKNOWN)
                        .build();
            }
        }
    }
}
