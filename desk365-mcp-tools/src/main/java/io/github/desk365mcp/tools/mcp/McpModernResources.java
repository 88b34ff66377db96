package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.AccessRefusedException;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.CallContext;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema.CacheScope;
import io.modelcontextprotocol.modern.McpSchema.CompleteRequest;
import io.modelcontextprotocol.modern.McpSchema.CompleteResult;
import io.modelcontextprotocol.modern.McpSchema.GetPromptOutcome;
import io.modelcontextprotocol.modern.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.modern.McpSchema.GetPromptResult;
import io.modelcontextprotocol.modern.McpSchema.Prompt;
import io.modelcontextprotocol.modern.McpSchema.PromptArgument;
import io.modelcontextprotocol.modern.McpSchema.PromptMessage;
import io.modelcontextprotocol.modern.McpSchema.ReadResourceOutcome;
import io.modelcontextprotocol.modern.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.modern.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.modern.McpSchema.Role;
import io.modelcontextprotocol.modern.McpSchema.TextContent;
import io.modelcontextprotocol.modern.McpSchema.TextResourceContents;
import io.modelcontextprotocol.modern.server.McpAsyncResponse;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.feature.McpAsyncPrompt;
import io.modelcontextprotocol.modern.server.feature.McpAsyncPromptRepository;
import io.modelcontextprotocol.modern.server.feature.McpAsyncResource;
import io.modelcontextprotocol.modern.server.feature.McpAsyncResourceRepository;
import io.modelcontextprotocol.modern.server.feature.McpAsyncResourceTemplate;
import io.modelcontextprotocol.modern.server.feature.PromptsPage;
import io.modelcontextprotocol.modern.server.feature.ResourceTemplatesPage;
import io.modelcontextprotocol.modern.server.feature.ResourcesPage;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The resources and prompts for a server of revision 2026-07-28: of each caller, those that it may use. */
final class McpModernResources {

    private final BoundTools tools;
    private final Function<McpTransportContext, CallContext> caller;
    private final CallQueue queue;

    McpModernResources(BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        this.tools = tools;
        this.caller = caller;
        this.queue = queue;
    }

    McpAsyncResourceRepository resources() {
        return new Resources();
    }

    McpAsyncPromptRepository prompts() {
        return new Prompts();
    }

    private final class Resources implements McpAsyncResourceRepository {

        @Override
        public Mono<ResourcesPage> list(McpRequestContext request, @Nullable String cursor) {
            return page(request, cursor, () -> ResourcesPage.of(List.of()));
        }

        @Override
        public Mono<ResourceTemplatesPage> listTemplates(McpRequestContext request, @Nullable String cursor) {
            return page(
                    request,
                    cursor,
                    () -> ResourceTemplatesPage.of(
                            templates(request).map(McpModernResources::template).toList()));
        }

        @Override
        public Mono<McpAsyncResource> find(McpRequestContext request, String uri) {
            return Mono.just(McpAsyncResource.of(
                    (reading, given) -> read(reading, uri).map(result -> McpAsyncResponse.result(result))));
        }

        @Override
        public Mono<McpAsyncResourceTemplate> findTemplate(McpRequestContext request, String uri) {
            return run(
                            request,
                            () -> templates(request)
                                    .filter(template -> McpResources.text(template, "uriTemplate")
                                            .equals(uri))
                                    .findFirst())
                    .flatMap(Mono::justOrEmpty)
                    .map(template -> McpAsyncResourceTemplate.of(template(template))
                            .withCompletionHandler((completing, given) -> complete(completing, uri, given)));
        }

        @Override
        public boolean supportsCompletion() {
            return true;
        }
    }

    private final class Prompts implements McpAsyncPromptRepository {

        @Override
        public Mono<PromptsPage> list(McpRequestContext request, @Nullable String cursor) {
            return page(
                    request,
                    cursor,
                    () -> PromptsPage.of(
                            prompts(request).map(McpModernResources::prompt).toList()));
        }

        @Override
        public Mono<McpAsyncPrompt> find(McpRequestContext request, String name) {
            return run(
                            request,
                            () -> prompts(request)
                                    .filter(prompt ->
                                            McpResources.text(prompt, "name").equals(name))
                                    .findFirst())
                    .flatMap(Mono::justOrEmpty)
                    .map(prompt -> McpAsyncPrompt.of(
                                    prompt(prompt),
                                    (getting, given) ->
                                            get(getting, given).map(result -> McpAsyncResponse.result(result)))
                            .withCompletionHandler((completing, given) -> complete(completing, name, given)));
        }

        @Override
        public boolean supportsCompletion() {
            return true;
        }
    }

    private CallContext context(McpRequestContext request) {
        return McpCalls.traced(caller.apply(request.transportContext()), request.meta());
    }

    private Stream<Map<String, Object>> templates(McpRequestContext request) {
        try {
            return tools.resourceTemplates(context(request)).stream();
        } catch (AccessRefusedException e) {
            return Stream.of();
        }
    }

    private Stream<Map<String, Object>> prompts(McpRequestContext request) {
        try {
            return tools.prompts(context(request)).stream();
        } catch (AccessRefusedException e) {
            return Stream.of();
        }
    }

    private Mono<ReadResourceOutcome> read(McpRequestContext request, String uri) {
        return McpCalls.made(() -> context(request), context -> queue.readResource(tools, uri, context))
                .map(result -> result(uri, result))
                .onErrorMap(fault -> fault(request, fault));
    }

    private static ReadResourceOutcome result(String uri, ToolResult result) {
        if (result.isError()) {
            throw new McpException(McpResources.modernCode(result), result.text());
        }
        Map<String, Object> contents =
                McpResources.maps(result.toResource(uri).get("contents")).get(0);
        return ReadResourceResult.builder(List.of(TextResourceContents.builder(uri, McpResources.text(contents, "text"))
                        .mimeType(McpResources.text(contents, "mimeType"))
                        .build()))
                // Records change at any time.
                .ttlMs(0)
                .cacheScope(CacheScope.PRIVATE)
                .meta(result.meta().isEmpty() ? null : result.meta())
                .build();
    }

    private Mono<GetPromptOutcome> get(McpRequestContext request, GetPromptRequest given) {
        return run(request, () -> {
            Map<String, Object> prompt;
            try {
                prompt = tools.prompt(given.name(), given.arguments(), context(request));
            } catch (IllegalArgumentException | AccessRefusedException refused) {
                throw McpException.invalidParams(String.valueOf(refused.getMessage()));
            }
            return GetPromptResult.builder(McpResources.maps(prompt.get("messages")).stream()
                            .map(message -> new PromptMessage(
                                    Role.USER,
                                    TextContent.builder(McpResources.promptText(message))
                                            .build()))
                            .toList())
                    .description(McpResources.text(prompt, "description"))
                    .build();
        });
    }

    private Mono<CompleteResult> complete(McpRequestContext request, String of, CompleteRequest given) {
        return run(request, () -> {
            Map<String, Object> completion =
                    tools.complete(of, given.argument().name(), given.argument().value(), context(request));
            return CompleteResult.of(new CompleteResult.Completion(
                    McpResources.words(completion), (Integer) completion.get("total"), (Boolean)
                            completion.get("hasMore")));
        });
    }

    private static <T> Mono<T> page(McpRequestContext request, @Nullable String cursor, Callable<T> page) {
        return cursor == null
                ? run(request, page)
                : Mono.error(McpException.invalidParams("This list has one page, without a cursor."));
    }

    /** Finding the tenant may block. */
    private static <T> Mono<T> run(McpRequestContext request, Callable<? extends T> work) {
        Mono<T> response = request.isBlocking() ? Mono.fromCallable(work) : McpLinks.blocking(work::call);
        return response.onErrorMap(fault -> fault(request, fault));
    }

    private static Throwable fault(McpRequestContext request, Throwable fault) {
        return fault instanceof McpException
                ? fault
                : new McpException(
                        McpSchema.ErrorCodes.INTERNAL_ERROR, McpCalls.failure(String.valueOf(request.method()), fault));
    }

    private static ResourceTemplate template(Map<String, Object> template) {
        return ResourceTemplate.builder(McpResources.text(template, "uriTemplate"), McpResources.text(template, "name"))
                .title(McpResources.text(template, "title"))
                .description(McpResources.text(template, "description"))
                .mimeType(McpResources.text(template, "mimeType"))
                .build();
    }

    private static Prompt prompt(Map<String, Object> prompt) {
        return Prompt.builder(McpResources.text(prompt, "name"))
                .title(McpResources.text(prompt, "title"))
                .description(McpResources.text(prompt, "description"))
                .arguments(McpResources.maps(prompt.get("arguments")).stream()
                        .map(argument -> PromptArgument.builder(McpResources.text(argument, "name"))
                                .description(McpResources.text(argument, "description"))
                                .required((Boolean) argument.get("required"))
                                .build())
                        .toList())
                .build();
    }
}
