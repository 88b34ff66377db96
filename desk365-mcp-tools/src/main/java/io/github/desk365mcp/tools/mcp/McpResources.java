package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.AccessRefusedException;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer.AsyncSpecification;
import io.modelcontextprotocol.server.McpServer.StatelessAsyncSpecification;
import io.modelcontextprotocol.server.McpServer.StatelessSyncSpecification;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CompleteReference;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts resources, prompts and completions to the SDK's types, and errors to the protocol's. */
final class McpResources {

    static final String READ = "resources/read";
    static final String PROMPT = "prompts/get";
    static final String COMPLETE = "completion/complete";

    private McpResources() {}

    static void add(AsyncSpecification<?> server, BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        server.resourceTemplates(templates(tools).stream()
                        .map(template -> new AsyncResourceTemplateSpecification(template, (exchange, request) -> McpCalls
                                .made(
                                        () -> McpCalls.context(
                                                caller, new McpSyncServerExchange(exchange), request.meta()),
                                        context -> queue.readResource(tools, request.uri(), context))
                                .map(result -> result(request.uri(), result))
                                .onErrorMap(fault -> fault(READ, fault))))
                        .toList())
                .prompts(prompts(tools).stream()
                        .map(prompt -> new AsyncPromptSpecification(prompt, (exchange, request) -> McpLinks.blocking(
                                        () -> prompt(
                                                tools, request, caller.apply(exchange.transportContext())))
                                .onErrorMap(fault -> fault(PROMPT, fault))))
                        .toList())
                .completions(references(tools).stream()
                        .map(of -> new AsyncCompletionSpecification(of, (exchange, request) -> McpLinks.blocking(
                                        () -> complete(
                                                tools, request, caller.apply(exchange.transportContext())))
                                .onErrorMap(fault -> fault(COMPLETE, fault))))
                        .toList());
    }

    static void add(SyncSpecification<?> server, BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        server.resourceTemplates(templates(tools).stream()
                        .map(template -> new SyncResourceTemplateSpecification(
                                template,
                                (exchange, request) -> of(
                                        READ,
                                        () -> result(
                                                request.uri(),
                                                tools.readResource(
                                                        request.uri(),
                                                        McpCalls.context(caller, exchange, request.meta()))))))
                        .toList())
                .prompts(prompts(tools).stream()
                        .map(prompt -> new SyncPromptSpecification(
                                prompt,
                                (exchange, request) -> of(
                                        PROMPT,
                                        () -> prompt(
                                                tools, request, caller.apply(exchange.transportContext())))))
                        .toList())
                .completions(references(tools).stream()
                        .map(of -> new SyncCompletionSpecification(
                                of,
                                (exchange, request) -> of(
                                        COMPLETE,
                                        () -> complete(
                                                tools, request, caller.apply(exchange.transportContext())))))
                        .toList());
    }

    static void add(StatelessAsyncSpecification server, BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        server.resourceTemplates(templates(tools).stream()
                        .map(template -> new McpStatelessServerFeatures.AsyncResourceTemplateSpecification(
                                template, (transport, request) -> McpCalls.made(
                                                () -> McpCalls.traced(caller.apply(transport), request.meta()),
                                                context -> queue.readResource(tools, request.uri(), context))
                                        .map(result -> result(request.uri(), result))
                                        .onErrorMap(fault -> fault(READ, fault))))
                        .toList())
                .prompts(prompts(tools).stream()
                        .map(prompt -> new McpStatelessServerFeatures.AsyncPromptSpecification(
                                prompt, (transport, request) -> McpLinks.blocking(
                                                () -> prompt(tools, request, caller.apply(transport)))
                                        .onErrorMap(fault -> fault(PROMPT, fault))))
                        .toList())
                .completions(references(tools).stream()
                        .map(of -> new McpStatelessServerFeatures.AsyncCompletionSpecification(
                                of, (transport, request) -> McpLinks.blocking(
                                                () -> complete(tools, request, caller.apply(transport)))
                                        .onErrorMap(fault -> fault(COMPLETE, fault))))
                        .toList());
    }

    static void add(StatelessSyncSpecification server, BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        server.resourceTemplates(templates(tools).stream()
                        .map(template -> new McpStatelessServerFeatures.SyncResourceTemplateSpecification(
                                template,
                                (transport, request) -> of(
                                        READ,
                                        () -> result(
                                                request.uri(),
                                                tools.readResource(
                                                        request.uri(),
                                                        McpCalls.traced(caller.apply(transport), request.meta()))))))
                        .toList())
                .prompts(prompts(tools).stream()
                        .map(prompt -> new McpStatelessServerFeatures.SyncPromptSpecification(
                                prompt,
                                (transport, request) ->
                                        of(PROMPT, () -> prompt(tools, request, caller.apply(transport)))))
                        .toList())
                .completions(references(tools).stream()
                        .map(of -> new McpStatelessServerFeatures.SyncCompletionSpecification(
                                of,
                                (transport, request) ->
                                        of(COMPLETE, () -> complete(tools, request, caller.apply(transport)))))
                        .toList());
    }

    /** Every template that the policy can allow. */
    static List<ResourceTemplate> templates(BoundTools tools) {
        return tools.allResourceTemplates().stream()
                .map(template -> ResourceTemplate.builder(text(template, "uriTemplate"), text(template, "name"))
                        .title(text(template, "title"))
                        .description(text(template, "description"))
                        .mimeType(text(template, "mimeType"))
                        .build())
                .toList();
    }

    /** Every prompt that the policy can allow. */
    static List<Prompt> prompts(BoundTools tools) {
        return tools.allPrompts().stream()
                .map(prompt -> Prompt.builder(text(prompt, "name"))
                        .title(text(prompt, "title"))
                        .description(text(prompt, "description"))
                        .arguments(maps(prompt.get("arguments")).stream()
                                .map(argument -> PromptArgument.builder(text(argument, "name"))
                                        .description(text(argument, "description"))
                                        .required((Boolean) argument.get("required"))
                                        .build())
                                .toList())
                        .build())
                .toList();
    }

    /** What arguments can be completed of. */
    static List<CompleteReference> references(BoundTools tools) {
        return Stream.concat(
                        templates(tools).stream()
                                .<CompleteReference>map(template -> new ResourceReference(template.uriTemplate())),
                        prompts(tools).stream().map(prompt -> new PromptReference(prompt.name())))
                .toList();
    }

    /** The result for a client, or the protocol's error. */
    static ReadResourceResult result(String uri, ToolResult result) {
        if (result.isError()) {
            throw error(code(result), result.text());
        }
        Map<String, Object> resource = result.toResource(uri);
        Map<String, Object> contents = maps(resource.get("contents")).get(0);
        return ReadResourceResult.builder(List.of(TextResourceContents.builder(uri, text(contents, "text"))
                        .mimeType(text(contents, "mimeType"))
                        .build()))
                .meta(result.meta().isEmpty() ? null : result.meta())
                .build();
    }

    private static int code(ToolResult result) {
        return ErrorCodes.NOT_FOUND.equals(result.errorCode())
                ? McpSchema.ErrorCodes.RESOURCE_NOT_FOUND
                : modernCode(result);
    }

    /** The error code since revision 2026-07-28, which has none of its own for a missing resource. */
    static int modernCode(ToolResult result) {
        return ErrorCodes.NOT_FOUND.equals(result.errorCode())
                        || ErrorCodes.INVALID_ARGUMENTS.equals(result.errorCode())
                ? McpSchema.ErrorCodes.INVALID_PARAMS
                : McpSchema.ErrorCodes.INTERNAL_ERROR;
    }

    static GetPromptResult prompt(BoundTools tools, GetPromptRequest request, CallContext context) {
        Map<String, Object> prompt;
        try {
            prompt = tools.prompt(request.name(), request.arguments(), context);
        } catch (IllegalArgumentException | AccessRefusedException refused) {
            throw error(McpSchema.ErrorCodes.INVALID_PARAMS, String.valueOf(refused.getMessage()));
        }
        return GetPromptResult.builder(maps(prompt.get("messages")).stream()
                        .map(message -> new PromptMessage(
                                Role.USER, TextContent.builder(promptText(message)).build()))
                        .toList())
                .description(text(prompt, "description"))
                .build();
    }

    static CompleteResult complete(BoundTools tools, CompleteRequest request, CallContext context) {
        Map<String, Object> completion = tools.complete(
                request.ref().identifier(), request.argument().name(), request.argument().value(), context);
        return new CompleteResult(new CompleteCompletion(
                words(completion), (Integer) completion.get("total"), (Boolean) completion.get("hasMore")));
    }

    /** Responds to a request in the calling thread. */
    static <T> T of(String request, Supplier<T> response) {
        try {
            return response.get();
        } catch (McpError error) {
            throw error;
        } catch (RuntimeException | Error fault) {
            throw error(McpSchema.ErrorCodes.INTERNAL_ERROR, McpCalls.failure(request, fault));
        }
    }

    /** The error for a fault, without its details. */
    static Throwable fault(String request, Throwable fault) {
        return fault instanceof McpError
                ? fault
                : error(McpSchema.ErrorCodes.INTERNAL_ERROR, McpCalls.failure(request, fault));
    }

    private static McpError error(int code, String sentence) {
        return McpError.builder(code).message(sentence).build();
    }

    // Of the plain data of the tools.

    static String text(Map<String, Object> data, String key) {
        return String.valueOf(data.get(key));
    }

    static String promptText(Map<String, Object> message) {
        return message.get("content") instanceof Map<?, ?> content ? String.valueOf(content.get("text")) : "";
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(@Nullable Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    static List<String> words(Map<String, Object> completion) {
        return (List<String>) completion.get("values");
    }
}
