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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Converts resources, prompts and completions to the SDK's types, and errors to the protocol's. */
final class McpResources {

    private static final String READ = "resources/read";
    private static final String PROMPT = "prompts/get";
    private static final String COMPLETE = "completion/complete";

    private McpResources() {}

    static void add(
            AsyncSpecification<?> server,
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            CallQueue queue) {
        templates(tools)
                .forEach(template -> server.resourceTemplates(new AsyncResourceTemplateSpecification(
                        template,
                        (exchange, request) -> read(
                                queue,
                                tools,
                                request.uri(),
                                () -> McpCalls.context(caller, new McpSyncServerExchange(exchange), request.meta())))));
        prompts(tools)
                .forEach(prompt -> server.prompts(new AsyncPromptSpecification(
                        prompt,
                        (exchange, request) ->
                                Mono.fromCallable(() -> get(tools, request, caller, exchange.transportContext())))));
        references(tools)
                .forEach((of, reference) -> server.completions(new AsyncCompletionSpecification(
                        reference,
                        (exchange, request) -> McpLinks.blocking(
                                () -> complete(tools, of, request, caller, exchange.transportContext())))));
    }

    static void add(SyncSpecification<?> server, BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        templates(tools)
                .forEach(template -> server.resourceTemplates(new SyncResourceTemplateSpecification(
                        template,
                        (exchange, request) ->
                                read(tools, request.uri(), () -> McpCalls.context(caller, exchange, request.meta())))));
        prompts(tools)
                .forEach(prompt -> server.prompts(new SyncPromptSpecification(
                        prompt, (exchange, request) -> get(tools, request, caller, exchange.transportContext()))));
        references(tools)
                .forEach((of, reference) -> server.completions(new SyncCompletionSpecification(
                        reference,
                        (exchange, request) -> complete(tools, of, request, caller, exchange.transportContext()))));
    }

    static void add(
            StatelessAsyncSpecification server,
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            CallQueue queue) {
        templates(tools)
                .forEach(template ->
                        server.resourceTemplates(new McpStatelessServerFeatures.AsyncResourceTemplateSpecification(
                                template,
                                (transport, request) -> read(
                                        queue,
                                        tools,
                                        request.uri(),
                                        () -> McpCalls.traced(caller.apply(transport), request.meta())))));
        prompts(tools)
                .forEach(prompt -> server.prompts(new McpStatelessServerFeatures.AsyncPromptSpecification(
                        prompt,
                        (transport, request) -> Mono.fromCallable(() -> get(tools, request, caller, transport)))));
        references(tools)
                .forEach((of, reference) ->
                        server.completions(new McpStatelessServerFeatures.AsyncCompletionSpecification(
                                reference,
                                (transport, request) ->
                                        McpLinks.blocking(() -> complete(tools, of, request, caller, transport)))));
    }

    static void add(
            StatelessSyncSpecification server, BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        templates(tools)
                .forEach(template ->
                        server.resourceTemplates(new McpStatelessServerFeatures.SyncResourceTemplateSpecification(
                                template,
                                (transport, request) -> read(
                                        tools,
                                        request.uri(),
                                        () -> McpCalls.traced(caller.apply(transport), request.meta())))));
        prompts(tools)
                .forEach(prompt -> server.prompts(new McpStatelessServerFeatures.SyncPromptSpecification(
                        prompt, (transport, request) -> get(tools, request, caller, transport))));
        references(tools)
                .forEach((of, reference) ->
                        server.completions(new McpStatelessServerFeatures.SyncCompletionSpecification(
                                reference, (transport, request) -> complete(tools, of, request, caller, transport))));
    }

    /** Every template that the policy can allow. */
    private static List<ResourceTemplate> templates(BoundTools tools) {
        return tools.allResourceTemplates().stream()
                .map(template -> ResourceTemplate.builder(text(template, "uriTemplate"), text(template, "name"))
                        .title(text(template, "title"))
                        .description(text(template, "description"))
                        .mimeType(text(template, "mimeType"))
                        .build())
                .toList();
    }

    /** Every prompt that the policy can allow. */
    private static List<Prompt> prompts(BoundTools tools) {
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

    /** The templates and prompts whose arguments can be completed, by URI and name. */
    private static Map<String, CompleteReference> references(BoundTools tools) {
        Map<String, CompleteReference> references = new LinkedHashMap<>();
        templates(tools)
                .forEach(template ->
                        references.put(template.uriTemplate(), new ResourceReference(template.uriTemplate())));
        prompts(tools).forEach(prompt -> references.put(prompt.name(), new PromptReference(prompt.name())));
        return references;
    }

    private static Mono<ReadResourceResult> read(
            CallQueue queue, BoundTools tools, String uri, Supplier<CallContext> context) {
        return McpCalls.made(context, calling -> queue.readResource(tools, uri, calling))
                .map(result -> result(uri, result))
                .onErrorMap(fault -> fault(READ, fault));
    }

    private static ReadResourceResult read(BoundTools tools, String uri, Supplier<CallContext> context) {
        return respond(READ, () -> result(uri, tools.readResource(uri, context.get())));
    }

    /** The result for a client, or the protocol's error. */
    private static ReadResourceResult result(String uri, ToolResult result) {
        if (result.isError()) {
            throw error(
                    ErrorCodes.NOT_FOUND.equals(result.errorCode())
                            ? McpSchema.ErrorCodes.RESOURCE_NOT_FOUND
                            : modernCode(result),
                    result.text());
        }
        Map<String, Object> contents =
                maps(result.toResource(uri).get("contents")).get(0);
        return ReadResourceResult.builder(List.of(TextResourceContents.builder(uri, text(contents, "text"))
                        .mimeType(text(contents, "mimeType"))
                        .build()))
                .meta(result.meta().isEmpty() ? null : result.meta())
                .build();
    }

    /** The error code since revision 2026-07-28, which has none of its own for a missing resource. */
    static int modernCode(ToolResult result) {
        return ErrorCodes.NOT_FOUND.equals(result.errorCode())
                        || ErrorCodes.INVALID_ARGUMENTS.equals(result.errorCode())
                ? McpSchema.ErrorCodes.INVALID_PARAMS
                : McpSchema.ErrorCodes.INTERNAL_ERROR;
    }

    private static GetPromptResult get(
            BoundTools tools,
            GetPromptRequest request,
            Function<McpTransportContext, CallContext> caller,
            McpTransportContext transport) {
        return respond(PROMPT, () -> {
            Map<String, Object> prompt;
            try {
                prompt = tools.prompt(request.name(), request.arguments(), caller.apply(transport));
            } catch (IllegalArgumentException | AccessRefusedException refused) {
                throw error(McpSchema.ErrorCodes.INVALID_PARAMS, String.valueOf(refused.getMessage()));
            }
            return GetPromptResult.builder(maps(prompt.get("messages")).stream()
                            .map(message -> new PromptMessage(
                                    Role.USER,
                                    TextContent.builder(promptText(message)).build()))
                            .toList())
                    .description(text(prompt, "description"))
                    .build();
        });
    }

    private static CompleteResult complete(
            BoundTools tools,
            String of,
            CompleteRequest request,
            Function<McpTransportContext, CallContext> caller,
            McpTransportContext transport) {
        return respond(COMPLETE, () -> {
            Map<String, Object> completion = tools.complete(
                    of, request.argument().name(), request.argument().value(), caller.apply(transport));
            return new CompleteResult(new CompleteCompletion(
                    words(completion), (Integer) completion.get("total"), (Boolean) completion.get("hasMore")));
        });
    }

    /** Responds to a request in the calling thread; a fault becomes an error without its details. */
    private static <T> T respond(String request, Supplier<T> response) {
        try {
            return response.get();
        } catch (McpError error) {
            throw error;
        } catch (RuntimeException | Error fault) {
            throw error(McpSchema.ErrorCodes.INTERNAL_ERROR, McpCalls.failure(request, fault));
        }
    }

    private static Throwable fault(String request, Throwable fault) {
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
        return (List<Map<String, Object>>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    static List<String> words(Map<String, Object> completion) {
        return (List<String>) Objects.requireNonNull(completion.get("values"));
    }
}
