package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.AccessRefusedException;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.internal.core.RoundTrip;
import io.github.desk365mcp.tools.mcp.McpClient.Asking;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema.Annotations;
import io.modelcontextprotocol.modern.McpSchema.CacheScope;
import io.modelcontextprotocol.modern.McpSchema.CallToolOutcome;
import io.modelcontextprotocol.modern.McpSchema.CallToolRequest;
import io.modelcontextprotocol.modern.McpSchema.CallToolResult;
import io.modelcontextprotocol.modern.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.modern.McpSchema.Content;
import io.modelcontextprotocol.modern.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.modern.McpSchema.ElicitResult;
import io.modelcontextprotocol.modern.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.modern.McpSchema.ImageContent;
import io.modelcontextprotocol.modern.McpSchema.InputRequiredResult;
import io.modelcontextprotocol.modern.McpSchema.ResourceLink;
import io.modelcontextprotocol.modern.McpSchema.Role;
import io.modelcontextprotocol.modern.McpSchema.TextContent;
import io.modelcontextprotocol.modern.McpSchema.TextResourceContents;
import io.modelcontextprotocol.modern.McpSchema.Tool;
import io.modelcontextprotocol.modern.McpSchema.ToolAnnotations;
import io.modelcontextprotocol.modern.server.HmacRequestStateCodec;
import io.modelcontextprotocol.modern.server.InputResponses;
import io.modelcontextprotocol.modern.server.McpAsyncNotifier;
import io.modelcontextprotocol.modern.server.McpAsyncResponse;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.modern.server.feature.McpAsyncTool;
import io.modelcontextprotocol.modern.server.feature.McpAsyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.PromptsFeature;
import io.modelcontextprotocol.modern.server.feature.ResourcesFeature;
import io.modelcontextprotocol.modern.server.feature.ToolsFeature;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The tools, resources and prompts for a server of MCP's revision 2026-07-28, which has no sessions: each request stands
 * for itself.
 *
 * <pre>{@code
 * McpServer server = McpTools.modern(tools, caller)
 *         .server(McpJsonDefaults.getMapper())
 *         .serverInfo(Implementation.builder("desk365", "1.0").build())
 *         .build();
 * Servlet servlet = HttpServletMcpTransport.builder(server).contextExtractor(extractor).build();
 * }</pre>
 *
 * <p><b>Likely to change</b>, because the SDK's packages {@code io.modelcontextprotocol.modern} may change in each minor
 * release until 3.0. Needs {@code mcp-core} 2.2.0 or newer.
 *
 * <p>If a call needs {@link io.github.desk365mcp.tools.host.Approval#CONFIRM} and the client offers elicitation, the
 * result asks the client for its user's answer, and the client repeats the call with it. The repeated call may arrive at
 * another process if the processes share a {@link io.github.desk365mcp.tools.host.SharedState} with a key. An answer
 * holds for exactly the call that the user was shown, for its caller, for {@link BoundTools#approvalsLast}, and once.
 * There are no approval cards.
 *
 * <p>Immutable and thread-safe.
 */
@SuppressWarnings("exports") // The SDK is optional, so the module cannot require it transitively.
public final class McpModern {

    /** How long clients may keep the list of tools, in milliseconds. It can end earlier, with the access of a policy. */
    private static final long FRESH = Duration.ofMinutes(5).toMillis();

    private static final String APPROVAL = "approval";

    // What the state of a request says about the question: the token of a form follows, or the call waits on a page.
    private static final String FORM = "form:";
    private static final String LINK = "link";

    /** The tools check arguments themselves, after repairing them. */
    private static final JsonSchemaValidator UNCHECKED = (schema, value) -> ValidationResponse.asValid(null);

    private final BoundTools tools;
    private final Function<McpTransportContext, CallContext> caller;
    private final CallQueue queue;
    private final McpApprovals approvals;

    McpModern(
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            CallQueue queue,
            McpApprovals approvals) {
        this.tools = tools;
        this.caller = caller;
        this.queue = queue;
        this.approvals = approvals;
    }

    /**
     * {@return a copy with this queue, which several servers may share}
     *
     * @param newQueue runs the calls
     */
    public McpModern queue(CallQueue newQueue) {
        return new McpModern(tools, caller, newQueue, approvals);
    }

    /**
     * {@return a copy that asks people in this way} A completion is not used: in this revision the client waits for the
     * repeated call.
     *
     * @param newApprovals how the client asks its user
     */
    public McpModern approvals(McpApprovals newApprovals) {
        return new McpModern(tools, caller, queue, newApprovals);
    }

    /**
     * {@return a builder with the tools, resources and prompts, the instructions, and the protection of what clients give
     * back} Add
     * {@code serverInfo}.
     *
     * @param json reads and writes messages
     */
    public McpServer.Builder server(McpJsonMapper json) {
        HmacRequestStateCodec states = HmacRequestStateCodec.builder()
                .key(tools.secret("mcp request state"))
                .ttl(tools.approvalsLast())
                .principalExtractor(this::principal)
                .jsonMapper(json)
                .build();
        McpModernResources more = new McpModernResources(tools, caller, queue);
        return McpServer.builder()
                .jsonMapper(json)
                .instructions(tools.instructions())
                .discoverCache(FRESH, CacheScope.PRIVATE)
                .requestStateCodec(states)
                .feature(ToolsFeature.ofAsync(new Repository(json), json, UNCHECKED, FRESH, CacheScope.PRIVATE))
                .feature(ResourcesFeature.ofAsync(more.resources(), json, FRESH, CacheScope.PRIVATE))
                .feature(PromptsFeature.ofAsync(more.prompts(), json, FRESH, CacheScope.PRIVATE));
    }

    private String principal(McpTransportContext transport) {
        CallContext context = caller.apply(transport);
        String credential = context.credential();
        String name = context.caller() != null
                ? context.caller()
                : credential == null ? "" : CallerAuthenticator.hash(credential);
        ToolGrant grant = context.grant();
        return Objects.requireNonNullElse(context.tenant(), "") + "/" + (grant == null ? "" : grant.id()) + "/" + name;
    }

    private final class Repository implements McpAsyncToolRepository {

        private final McpJsonMapper json;
        private final Map<String, McpAsyncTool> byName;

        Repository(McpJsonMapper json) {
            this.json = json;
            this.byName = tools.allDefinitions().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            ToolDefinition::name, definition -> McpAsyncTool.of(tool(definition), this::answer)));
        }

        @Override
        public Mono<ToolsPage> list(McpRequestContext request, @Nullable String cursor) {
            if (cursor != null) {
                return Mono.error(McpException.invalidParams("The list of tools has one page, without a cursor."));
            }
            Mono<ToolsPage> page = Mono.fromCallable(() ->
                    ToolsPage.of(listed(request).stream().map(McpModern::tool).toList()));
            // Finding the tenant may block.
            return request.isBlocking() ? page : page.subscribeOn(Schedulers.boundedElastic());
        }

        private List<ToolDefinition> listed(McpRequestContext request) {
            try {
                return tools.definitions(caller.apply(request.transportContext()));
            } catch (AccessRefusedException e) {
                return List.of();
            }
        }

        @Override
        public Mono<McpAsyncTool> find(McpRequestContext request, String name) {
            McpAsyncTool tool = byName.get(name);
            return tool != null
                    ? Mono.just(tool)
                    : Mono.error(() ->
                            McpException.invalidParams(tools.unknown(name, caller.apply(request.transportContext()))));
        }

        /** Answers with a stream, so that progress can be reported and a client that disconnects is noticed. */
        private Mono<McpAsyncResponse<CallToolOutcome>> answer(McpRequestContext request, CallToolRequest call) {
            return Mono.fromCallable(() -> {
                ElicitResult given = InputResponses.get(call.inputResponses(), APPROVAL, ElicitResult.class, json);
                return McpAsyncResponse.streaming(notifier -> call(request, call, given, notifier));
            });
        }
    }

    private Mono<CallToolOutcome> call(
            McpRequestContext request, CallToolRequest call, @Nullable ElicitResult given, McpAsyncNotifier notifier) {
        McpClient client = new McpClient(known(request.clientCapabilities()), null, new Asking(approvals, false));
        RoundTrip form = form(given, call.requestState());
        Supplier<CallContext> from = () -> {
            CallContext context = McpCalls.traced(caller.apply(request.transportContext()), request.meta());
            context = request.progressToken() == null ? context : context.progress(progress(notifier));
            return client.asksWithForm() ? context.confirmation(form) : context;
        };
        Mono<ToolResult> result = McpCalls.call(queue, tools, call.name(), call.arguments(), from);
        Mono<CallToolOutcome> outcome;
        if (given != null && LINK.equals(call.requestState()) && client.asksByLink()) {
            outcome = McpLinks.of(tools, client, link -> Mono.just(onPage(given)), result, from)
                    .map(McpModern::result);
        } else {
            outcome = result.map(done -> question(client, form, done)).map(CallToolOutcome.class::cast);
        }
        return outcome.onErrorResume(fault -> failed(call, fault));
    }

    private static RoundTrip form(@Nullable ElicitResult given, @Nullable String state) {
        if (given == null || state == null || !state.startsWith(FORM)) {
            return RoundTrip.first();
        }
        boolean agrees = McpClient.isApproved(given.action() == ElicitResult.Action.ACCEPT, given.content());
        return RoundTrip.second(new RoundTrip.Answer(state.substring(FORM.length()), agrees));
    }

    /** Returns the question for the client's user, or the result if there is none. */
    private CallToolOutcome question(McpClient client, RoundTrip form, ToolResult result) {
        RoundTrip.Question question = form.question();
        if (question != null) {
            return InputRequiredResult.builder()
                    .elicit(
                            APPROVAL,
                            ElicitFormRequest.builder(question.preview(), McpClient.FORM)
                                    .build())
                    .requestState(FORM + question.token())
                    .build();
        }
        String id = result.pendingCall();
        PendingCall pending = id == null || !client.asksByLink()
                ? null
                : tools.pendingCalls().find(id).orElse(null);
        String link = pending == null ? null : approvals.linkTo(pending);
        return pending == null || link == null
                ? result(result)
                : InputRequiredResult.builder()
                        .elicitUrl(APPROVAL, McpLinks.message(pending), link)
                        .requestState(LINK)
                        .build();
    }

    private static io.modelcontextprotocol.spec.McpSchema.ElicitResult onPage(ElicitResult given) {
        return io.modelcontextprotocol.spec.McpSchema.ElicitResult.builder(
                        io.modelcontextprotocol.spec.McpSchema.ElicitResult.Action.valueOf(
                                given.action().name()))
                .build();
    }

    private static Mono<CallToolOutcome> failed(CallToolRequest call, Throwable fault) {
        return fault instanceof UnknownToolException
                ? Mono.error(McpException.invalidParams(fault.getMessage()))
                : Mono.just(CallToolResult.builder()
                        .addContent(TextContent.builder(McpCalls.failure(call.name(), fault))
                                .build())
                        .isError(true)
                        .build());
    }

    private static Progress progress(McpAsyncNotifier notifier) {
        return (done, total) ->
                notifier.progress(done, total < 0 ? null : (double) total, null).subscribe();
    }

    // To and from the SDK's types.

    private static io.modelcontextprotocol.spec.McpSchema.ClientCapabilities known(ClientCapabilities client) {
        io.modelcontextprotocol.spec.McpSchema.ClientCapabilities.Builder known =
                io.modelcontextprotocol.spec.McpSchema.ClientCapabilities.builder();
        if (client.elicitation() != null) {
            known.elicitation(client.supportsElicitationForm(), client.supportsElicitationUrl());
        }
        return known.build();
    }

    private static Tool tool(ToolDefinition definition) {
        Map<String, Object> hints = definition.annotations();
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
                .meta(definition.meta())
                .build();
    }

    private static CallToolResult result(ToolResult result) {
        List<Content> content =
                result.content().stream().map(McpModern::content).toList();
        return CallToolResult.builder()
                .content(
                        content.isEmpty()
                                ? List.of(
                                        TextContent.builder(McpCalls.ELSEWHERE).build())
                                : content)
                .structuredContent(result.structuredContent())
                .isError(result.isError())
                .meta(result.meta().isEmpty() ? null : result.meta())
                .build();
    }

    private static Content content(Map<String, Object> block) {
        return switch (String.valueOf(block.get("type"))) {
            case "text" ->
                TextContent.builder(String.valueOf(block.get("text"))).build();
            case "image" ->
                ImageContent.builder(String.valueOf(block.get("data")), String.valueOf(block.get("mimeType")))
                        .build();
            case "resource" -> chart((Map<?, ?>) Objects.requireNonNull(block.get("resource")));
            default ->
                ResourceLink.builder(String.valueOf(block.get("uri")), String.valueOf(block.get("name")))
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
}
