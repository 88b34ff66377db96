package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.mcp.McpClient.Asking;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Annotations;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Converts definitions, calls and results to and from the SDK's types without loss. */
final class McpCalls {

    private static final System.Logger LOG = System.getLogger(McpTools.class.getName());
    /** The text of a result that has only structured content. */
    static final String ELSEWHERE = "See structuredContent.";

    /** More are not logged: causes can go in a circle. */
    private static final int MOST_CAUSES = 5;

    private McpCalls() {}

    static Tool tool(ToolDefinition definition) {
        return tool(definition, definition.meta());
    }

    static Tool tool(ToolDefinition definition, Map<String, Object> meta) {
        Map<String, Object> hints = definition.annotations();
        // Maps, not JSON text: the SDK parses text into maps that lose the order of keys.
        return Tool.builder(definition.name(), definition.inputSchema())
                .title(definition.title())
                .description(definition.description())
                .outputSchema(definition.outputSchema())
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint((Boolean) hints.get("readOnlyHint"))
                        .destructiveHint((Boolean) hints.get("destructiveHint"))
                        .idempotentHint((Boolean) hints.get("idempotentHint"))
                        .openWorldHint((Boolean) hints.get("openWorldHint"))
                        .build())
                .meta(meta)
                .build();
    }

    /** Makes the call in the calling thread. */
    static CallToolResult call(
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            McpSyncServerExchange exchange,
            CallToolRequest request,
            Asking asking) {
        McpClient client = new McpClient(exchange.getClientCapabilities(), exchange.sessionId(), asking);
        Supplier<CallContext> context = () ->
                client.on(context(caller, exchange, request), (form, calling) -> exchange.createElicitation(form));
        Supplier<ToolResult> call = () -> tools.call(request.name(), request.arguments(), context.get());
        try {
            ToolResult result = client.asksByLink()
                    ? McpLinks.of(
                                    tools,
                                    client,
                                    link -> McpLinks.blocking(() -> exchange.createElicitation(link)),
                                    McpLinks.blocking(call::get),
                                    context)
                            .block()
                    : call.get();
            return result(tools, client, Objects.requireNonNull(result));
        } catch (RuntimeException | Error e) {
            return failed(request, e);
        }
    }

    static CallToolResult call(
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            McpTransportContext transport,
            CallToolRequest request) {
        try {
            return result(
                    tools.call(request.name(), request.arguments(), traced(caller.apply(transport), request.meta())),
                    Map.of());
        } catch (RuntimeException | Error e) {
            return failed(request, e);
        }
    }

    /** Makes the call in a thread of the queue; cancelling the {@code Mono} cancels the request. */
    static Mono<CallToolResult> call(
            CallQueue queue,
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            McpAsyncServerExchange exchange,
            CallToolRequest request,
            Asking asking) {
        McpClient client = new McpClient(exchange.getClientCapabilities(), exchange.sessionId(), asking);
        Supplier<CallContext> context = () -> client.on(
                context(caller, new McpSyncServerExchange(exchange), request),
                (form, calling) -> await(exchange.createElicitation(form).timeout(tools.approvalsLast()), calling));
        Mono<ToolResult> call = call(queue, tools, request.name(), request.arguments(), context);
        return (client.asksByLink() ? McpLinks.of(tools, client, exchange::createElicitation, call, context) : call)
                .map(result -> result(tools, client, result))
                .onErrorResume(failure -> Mono.just(failed(request, failure)));
    }

    static Mono<CallToolResult> call(
            CallQueue queue,
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            McpTransportContext transport,
            CallToolRequest request) {
        return call(
                        queue,
                        tools,
                        request.name(),
                        request.arguments(),
                        () -> traced(caller.apply(transport), request.meta()))
                .map(result -> result(result, Map.of()))
                .onErrorResume(failure -> Mono.just(failed(request, failure)));
    }

    /** Makes the call in a thread of the queue; cancelling the {@code Mono} cancels the request. */
    static Mono<ToolResult> call(
            CallQueue queue,
            BoundTools tools,
            String name,
            @Nullable Map<String, Object> arguments,
            Supplier<CallContext> caller) {
        return made(caller, context -> queue.call(tools, name, arguments, context));
    }

    /** Makes what a queue runs; cancelling the {@code Mono} cancels the request. */
    static Mono<ToolResult> made(
            Supplier<CallContext> caller, Function<CallContext, CompletableFuture<ToolResult>> call) {
        return Mono.defer(() -> {
            Cancellation stop = new Cancellation();
            Cancellation.Registration given = () -> {};
            CompletableFuture<ToolResult> result;
            try {
                CallContext context = caller.get();
                Cancellation ofTheHost = context.cancellation();
                if (ofTheHost != null) {
                    given = ofTheHost.onCancel(stop::cancel);
                }
                result = call.apply(context.cancellation(stop));
            } catch (RuntimeException | Error e) {
                given.close();
                return Mono.error(e);
            }
            Cancellation.Registration registration = given;
            return Mono.fromFuture(result, true).doFinally(end -> {
                registration.close();
                // Only after the chain itself is cancelled, so that no answer is emitted.
                if (end == SignalType.CANCEL) {
                    stop.cancel();
                }
            });
        });
    }

    /** Passes a decision on from the card, in the calling thread. */
    static CallToolResult decide(
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            McpSyncServerExchange exchange,
            CallToolRequest request) {
        try {
            if (!tools.hasApprovalCards() || !McpCards.areOffered(exchange.getClientCapabilities())) {
                return unknownTool(request);
            }
            return McpCards.decide(tools, caller.apply(exchange.transportContext()), request);
        } catch (RuntimeException | Error e) {
            return failed(request, e);
        }
    }

    private static CallContext context(
            Function<McpTransportContext, CallContext> caller,
            McpSyncServerExchange exchange,
            CallToolRequest request) {
        return context(caller, exchange, request.meta());
    }

    /** The context of a request in a session. */
    static CallContext context(
            Function<McpTransportContext, CallContext> caller,
            McpSyncServerExchange exchange,
            @Nullable Map<String, Object> meta) {
        CallContext context = traced(caller.apply(exchange.transportContext()), meta);
        String session = exchange.sessionId();
        context = session == null ? context : context.session(session);
        Object token = meta == null ? null : meta.get("progressToken");
        return token == null ? context : context.progress(progress(exchange, token));
    }

    /** The context with the trace of the client, if it sent one. */
    static CallContext traced(CallContext context, @Nullable Map<String, Object> meta) {
        return meta == null ? context : context.trace(meta);
    }

    private static CallToolResult failed(CallToolRequest request, Throwable failure) {
        if (failure instanceof UnknownToolException) {
            return unknownTool(request);
        }
        return error(failure(request.name(), failure));
    }

    /** Logs a fault, and returns the sentence for the model. */
    static String failure(String tool, Throwable fault) {
        LOG.log(System.Logger.Level.ERROR, () -> tool + " failed: " + places(fault));
        return "This server had an internal error, described in its log; other arguments do not help. If the call was"
                + " meant to change something, check whether it did before you try again.";
    }

    /** The stack traces without the messages, which may contain a customer's text or a host's secret. */
    private static String places(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(one -> one.getClass().getName()
                        + Arrays.stream(one.getStackTrace())
                                .map(place -> "\n\tat " + place)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\ncaused by "));
    }

    private static CallToolResult unknownTool(CallToolRequest request) {
        return error("Nothing was done. There is no tool " + request.name() + "; use one that is listed.");
    }

    private static CallToolResult error(String sentence) {
        return CallToolResult.builder().addTextContent(sentence).isError(true).build();
    }

    /** The result for a client, with what its card needs. */
    private static CallToolResult result(BoundTools tools, McpClient client, ToolResult result) {
        String pending = result.pendingCall();
        return result(
                result,
                client.showsCards() && pending != null
                        ? tools.pendingCalls().find(pending).map(McpCards::of).orElse(Map.of())
                        : Map.of());
    }

    private static CallToolResult result(ToolResult result, Map<String, Object> card) {
        List<Content> content = result.content().stream().map(McpCalls::content).toList();
        // If content is empty, the SDK fills in the whole answer as text and drops _meta.
        CallToolResult.Builder answer = CallToolResult.builder()
                .content(
                        content.isEmpty()
                                ? List.of(TextContent.builder(ELSEWHERE).build())
                                : content)
                .isError(result.isError());
        if (result.structuredContent() != null) {
            answer.structuredContent(result.structuredContent());
        }
        Map<String, Object> meta = new LinkedHashMap<>(result.meta());
        meta.putAll(card);
        if (!meta.isEmpty()) {
            answer.meta(meta);
        }
        return answer.build();
    }

    /** A text, an image, a chart, or an attachment of the answer by a link that ends. */
    private static Content content(Map<String, Object> block) {
        return switch (String.valueOf(block.get("type"))) {
            case "text" ->
                TextContent.builder(String.valueOf(block.get("text"))).build();
            case "image" ->
                ImageContent.builder(String.valueOf(block.get("data")), String.valueOf(block.get("mimeType")))
                        .build();
            case "resource" -> chart((Map<?, ?>) Objects.requireNonNull(block.get("resource")));
            default ->
                ResourceLink.builder()
                        .uri(String.valueOf(block.get("uri")))
                        .name(String.valueOf(block.get("name")))
                        .description((String) block.get("description"))
                        .mimeType((String) block.get("mimeType"))
                        .size((Long) block.get("size"))
                        .build();
        };
    }

    /** A chart, which is for people. */
    private static Content chart(Map<?, ?> image) {
        return EmbeddedResource.builder(TextResourceContents.builder(
                                String.valueOf(image.get("uri")), String.valueOf(image.get("text")))
                        .mimeType(String.valueOf(image.get("mimeType")))
                        .build())
                .annotations(Annotations.builder().audience(List.of(Role.USER)).build())
                .build();
    }

    /** Waits for the answer until the call is cancelled or abandoned. */
    private static ElicitResult await(Mono<ElicitResult> answer, CallContext calling) {
        CompletableFuture<ElicitResult> coming = answer.toFuture();
        List<Cancellation.Registration> registrations = Stream.of(calling.cancellation(), calling.abandonment())
                .flatMap(Stream::ofNullable)
                .map(end -> end.onCancel(() -> coming.cancel(false)))
                .toList();
        try {
            return coming.join();
        } finally {
            registrations.forEach(Cancellation.Registration::close);
        }
    }

    private static Progress progress(McpSyncServerExchange exchange, Object token) {
        return (done, total) -> {
            ProgressNotification.Builder progress = ProgressNotification.builder(token, done);
            exchange.progressNotification((total < 0 ? progress : progress.total((double) total)).build());
        };
    }
}
