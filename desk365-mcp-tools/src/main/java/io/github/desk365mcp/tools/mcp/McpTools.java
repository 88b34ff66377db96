package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.AccessRefusedException;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.mcp.McpClient.Asking;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.AsyncSpecification;
import io.modelcontextprotocol.server.McpServer.StatelessAsyncSpecification;
import io.modelcontextprotocol.server.McpServer.StatelessSyncSpecification;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncListFilter;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Adds the tools to a server of the official MCP Java SDK.
 *
 * <pre>{@code
 * McpSyncServer server = McpServer.sync(transport)
 *         .validateToolInputs(false)
 *         .tools(McpTools.sync(tools))
 *         .build();
 * }</pre>
 *
 * <p>Always set {@code validateToolInputs(false)}: otherwise the SDK refuses arguments that the tools can repair, with
 * messages that help a model less. Arguments are still checked, by the tools themselves.
 *
 * <p>If the policy authenticates callers, or the tools are bound to a tenant resolver, supply a function that reads the
 * caller or tenant from the transport's context, and filter the list with it:
 *
 * <pre>{@code
 * Function<McpTransportContext, CallContext> caller =
 *         transport -> CallContext.none().caller((String) transport.get("user"));
 * McpSyncServer server = McpServer.sync(transport)
 *         .validateToolInputs(false)
 *         .tools(McpTools.sync(tools, caller))
 *         .addToolFilter(McpTools.filter(tools, caller))
 *         .build();
 * }</pre>
 *
 * <p>{@code McpServer.sync} makes calls in the SDK's own threads, ten for each processor; further calls wait without a
 * limit. The tools for {@code McpServer.async} use a {@link CallQueue}, which limits both running and waiting calls:
 * prefer them for servers with many simultaneous calls.
 *
 * <p>If the policy requires a person's approval, {@link #asyncAsking} and {@link #syncAsking} ask the client's user by
 * elicitation. {@link #asyncCards} and {@link #syncCards} also show a card in the chat, in clients that support MCP Apps:
 *
 * <pre>{@code
 * McpApprovals approvals = McpApprovals.elicitation(tools);
 * McpAsyncServer withCards = McpServer.async(transport)
 *         .validateToolInputs(false)
 *         .requestTimeout(tools.approvalsLast().plusSeconds(10))
 *         .tools(McpTools.asyncCards(tools, caller, queue, approvals))
 *         .resources(McpTools.cardsAsync())
 *         .addToolFilter(McpAsyncListFilter.fromSync(McpTools.filter(tools, caller), true))
 *         .build();
 * }</pre>
 *
 * <p>{@link #addResources(McpServer.AsyncSpecification, BoundTools, Function, CallQueue) addResources} adds records as
 * resources, prompts, and completions.
 *
 * <p>On a server with sessions, each call's context has its session, and progress is reported if the client asked for
 * it. The handlers never throw, because the SDK would send the exception's message to the client.
 */
@SuppressWarnings("exports") // The SDK is optional, so the module cannot require it transitively.
public final class McpTools {

    /** The name of the tool that approval cards call; see {@link #asyncCards}. */
    public static final String CARD_TOOL = McpCards.DECIDES;

    private McpTools() {}

    /**
     * Returns the tools for {@code McpServer.sync}, in catalogue order.
     *
     * @param tools the bound tools
     * @return one specification for each tool
     * @throws AccessRefusedException if the policy authenticates callers; use {@link #sync(BoundTools, Function)} then
     */
    public static List<SyncToolSpecification> sync(BoundTools tools) {
        return sync(tools, tools.definitions(), transport -> CallContext.none(), Asking.NOBODY);
    }

    /**
     * Returns all tools for {@code McpServer.sync}; {@link #filter} hides those that a caller may not use.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return one specification for each tool
     */
    public static List<SyncToolSpecification> sync(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return sync(tools, tools.allDefinitions(), caller, Asking.NOBODY);
    }

    /**
     * Like {@link #sync(BoundTools, Function)}, and if the policy requires
     * {@link io.github.desk365mcp.tools.host.Approval#CONFIRM}, the client asks its user by elicitation. If the client
     * does not support elicitation, the policy's confirmation is asked; without one, the call waits as a pending call,
     * or is refused if the policy has no place for it. The call blocks its thread until the user has answered. The SDK
     * waits at most for the server's {@code requestTimeout}: set it to {@link BoundTools#approvalsLast}.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return one specification for each tool
     */
    public static List<SyncToolSpecification> syncAsking(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return syncAsking(tools, caller, McpApprovals.elicitation(tools));
    }

    /**
     * Like {@link #syncAsking(BoundTools, Function)}, with the given link and completion.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param approvals how the client asks its user
     * @return one specification for each tool
     */
    public static List<SyncToolSpecification> syncAsking(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, McpApprovals approvals) {
        return sync(tools, tools.allDefinitions(), caller, new Asking(approvals, false));
    }

    private static List<SyncToolSpecification> sync(
            BoundTools tools,
            List<ToolDefinition> definitions,
            Function<McpTransportContext, CallContext> caller,
            Asking asking) {
        return definitions.stream()
                .map(definition -> SyncToolSpecification.builder()
                        .tool(tool(tools, definition, asking))
                        .callHandler((exchange, request) -> McpCalls.call(tools, caller, exchange, request, asking))
                        .build())
                .toList();
    }

    private static Tool tool(BoundTools tools, ToolDefinition definition, Asking asking) {
        return asking.cards() && tools.mayNeedPerson(definition.name())
                ? McpCalls.tool(definition, McpCards.withView(definition.meta()))
                : McpCalls.tool(definition);
    }

    /**
     * Returns all tools for {@code McpServer.async}, with a {@link CallQueue#standard() standard queue} of their own.
     * Cancelling the {@code Mono} of a call cancels its request to the helpdesk.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return one specification for each tool
     */
    public static List<AsyncToolSpecification> async(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return async(tools, caller, CallQueue.standard(), Asking.NOBODY);
    }

    /**
     * Like {@link #async(BoundTools, Function)}, with the given queue, which several servers may share.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param queue runs the calls
     * @return one specification for each tool
     */
    public static List<AsyncToolSpecification> async(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        return async(tools, caller, queue, Asking.NOBODY);
    }

    /**
     * Like {@link #async(BoundTools, Function, CallQueue)}, and the client asks its user as with {@link #syncAsking}.
     * The user has {@link BoundTools#approvalsLast} to answer; the server's {@code requestTimeout} must be longer. A
     * call that waits for its user gives up its turn in the queue meanwhile.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param queue runs the calls
     * @return one specification for each tool
     */
    public static List<AsyncToolSpecification> asyncAsking(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        return asyncAsking(tools, caller, queue, McpApprovals.elicitation(tools));
    }

    /**
     * Like {@link #asyncAsking(BoundTools, Function, CallQueue)}, with the given link and completion.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param queue runs the calls
     * @param approvals how the client asks its user
     * @return one specification for each tool
     */
    public static List<AsyncToolSpecification> asyncAsking(
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            CallQueue queue,
            McpApprovals approvals) {
        return async(tools, caller, queue, new Asking(approvals, false));
    }

    private static List<AsyncToolSpecification> async(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue, Asking asking) {
        return tools.allDefinitions().stream()
                .map(definition -> AsyncToolSpecification.builder()
                        .tool(tool(tools, definition, asking))
                        .callHandler(
                                (exchange, request) -> McpCalls.call(queue, tools, caller, exchange, request, asking))
                        .build())
                .toList();
    }

    /**
     * {@return whether a client shows cards, that is, whether it supports MCP Apps with views of the type
     * {@code text/html;profile=mcp-app}}
     *
     * @param client the capabilities of its {@code initialize} request; null if unknown
     */
    public static boolean offersCards(@Nullable ClientCapabilities client) {
        return McpCards.areOffered(client);
    }

    /**
     * Like {@link #asyncAsking(BoundTools, Function, CallQueue, McpApprovals)}, for a server whose clients show
     * cards (MCP Apps): a call that waits for a person is shown on a card in the chat, with its preview and two buttons.
     *
     * <p>The tools whose calls can need a person name the view, and there is one more tool, which the card calls and
     * which clients hide from the model. The identifier of the pending call is in the {@code _meta} of the result alone,
     * which clients give to the card but not to the model. Who decides must be the caller whose call it is.
     *
     * <p>The policy must have {@link io.github.desk365mcp.tools.host.Policy#approvalCards}, which explains whom you
     * trust then. Use these tools, together with {@link #cardsAsync}, only on a server for clients for which
     * {@link #offersCards} is true; the SDK lists the same tools to all clients of a server. Another client gets no
     * identifier, and cannot decide.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param queue runs the calls
     * @param approvals how a client that also offers elicitation asks its user, which has precedence
     * @return one specification for each tool, and one for the tool that decides
     * @throws IllegalArgumentException if the policy has no cards
     */
    public static List<AsyncToolSpecification> asyncCards(
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            CallQueue queue,
            McpApprovals approvals) {
        check(tools);
        List<AsyncToolSpecification> all = new ArrayList<>(async(tools, caller, queue, new Asking(approvals, true)));
        all.add(AsyncToolSpecification.builder()
                .tool(McpCards.decidingTool())
                .callHandler((exchange, request) -> McpLinks.blocking(
                        () -> McpCalls.decide(tools, caller, new McpSyncServerExchange(exchange), request)))
                .build());
        return all;
    }

    /**
     * Like {@link #asyncCards}, for {@code McpServer.sync}.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param approvals how a client that also offers elicitation asks its user, which has precedence
     * @return one specification for each tool, and one for the tool that decides
     * @throws IllegalArgumentException if the policy has no cards
     */
    public static List<SyncToolSpecification> syncCards(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, McpApprovals approvals) {
        check(tools);
        List<SyncToolSpecification> all =
                new ArrayList<>(sync(tools, tools.allDefinitions(), caller, new Asking(approvals, true)));
        all.add(SyncToolSpecification.builder()
                .tool(McpCards.decidingTool())
                .callHandler((exchange, request) -> McpCalls.decide(tools, caller, exchange, request))
                .build());
        return all;
    }

    private static void check(BoundTools tools) {
        if (!tools.hasApprovalCards()) {
            throw new IllegalArgumentException("The policy has no cards; add approvalCards() to it");
        }
    }

    /** {@return the view of {@link #asyncCards}, for {@code resources} of {@code McpServer.async}} */
    public static AsyncResourceSpecification cardsAsync() {
        return new AsyncResourceSpecification(
                McpCards.resource(), (exchange, request) -> Mono.fromCallable(McpCards::view));
    }

    /** {@return the view of {@link #syncCards}, for {@code resources} of {@code McpServer.sync}} */
    public static SyncResourceSpecification cardsSync() {
        return new SyncResourceSpecification(McpCards.resource(), (exchange, request) -> McpCards.view());
    }

    /**
     * Returns all tools for {@code McpServer.sync} on a stateless transport, which has no sessions and no progress.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return one specification for each tool
     */
    public static List<McpStatelessServerFeatures.SyncToolSpecification> stateless(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return tools.allDefinitions().stream()
                .map(definition -> McpStatelessServerFeatures.SyncToolSpecification.builder()
                        .tool(McpCalls.tool(definition))
                        .callHandler((transport, request) -> McpCalls.call(tools, caller, transport, request))
                        .build())
                .toList();
    }

    /**
     * Returns all tools for {@code McpServer.async} on a stateless transport, with a {@link CallQueue#standard()
     * standard queue} of their own.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return one specification for each tool
     */
    public static List<McpStatelessServerFeatures.AsyncToolSpecification> statelessAsync(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return statelessAsync(tools, caller, CallQueue.standard());
    }

    /**
     * Like {@link #statelessAsync(BoundTools, Function)}, with the given queue, which several servers may share.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param queue runs the calls
     * @return one specification for each tool
     */
    public static List<McpStatelessServerFeatures.AsyncToolSpecification> statelessAsync(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        return tools.allDefinitions().stream()
                .map(definition -> McpStatelessServerFeatures.AsyncToolSpecification.builder()
                        .tool(McpCalls.tool(definition))
                        .callHandler((transport, request) -> McpCalls.call(queue, tools, caller, transport, request))
                        .build())
                .toList();
    }

    /**
     * Returns the tools for a server of MCP's revision 2026-07-28, which needs {@code mcp-core} 2.2.0 or newer.
     *
     * <p><b>Likely to change:</b> the SDK's packages {@code io.modelcontextprotocol.modern} may change in each minor
     * release until 3.0, and {@link McpModern} with them.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return the tools, with a {@link CallQueue#standard() standard queue} of their own, and people asked through the
     *     client
     */
    public static McpModern modern(BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return new McpModern(tools, caller, CallQueue.standard(), McpApprovals.elicitation(tools));
    }

    /**
     * Adds the resource templates, prompts and completions to {@code McpServer.async}. Set the capabilities too:
     *
     * <pre>{@code
     * McpServer.AsyncSpecification<?> server = McpServer.async(transport)
     *         .capabilities(ServerCapabilities.builder()
     *                 .tools(false).resources(false, false).prompts(false).completions().build())
     *         .validateToolInputs(false)
     *         .tools(McpTools.async(tools, caller, queue));
     * McpTools.addResources(server, tools, caller, queue);
     * }</pre>
     *
     * <p>Reading a resource is a call of a tool, so it has the caller's rights, and a prompt is for the tools that the
     * caller has. But the SDK can filter only lists of tools: every client is listed the templates and prompts that the
     * policy can allow to anybody. Reading a resource or getting a prompt that the caller may not use is refused with a
     * protocol error.
     *
     * @param server the server that is being built
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param queue runs the calls that read resources
     */
    public static void addResources(
            AsyncSpecification<?> server,
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            CallQueue queue) {
        McpResources.add(server, tools, caller, queue);
    }

    /**
     * Adds the resource templates, prompts and completions to {@code McpServer.sync}, as
     * {@link #addResources(McpServer.AsyncSpecification, BoundTools, Function, CallQueue)} does.
     *
     * @param server the server that is being built
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     */
    public static void addResources(
            SyncSpecification<?> server, BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        McpResources.add(server, tools, caller);
    }

    /**
     * Adds the resource templates, prompts and completions to {@code McpServer.async} on a stateless transport, as
     * {@link #addResources(McpServer.AsyncSpecification, BoundTools, Function, CallQueue)} does.
     *
     * @param server the server that is being built
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @param queue runs the calls that read resources
     */
    public static void addResources(
            StatelessAsyncSpecification server,
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            CallQueue queue) {
        McpResources.add(server, tools, caller, queue);
    }

    /**
     * Adds the resource templates, prompts and completions to {@code McpServer.sync} on a stateless transport, as
     * {@link #addResources(McpServer.AsyncSpecification, BoundTools, Function, CallQueue)} does.
     *
     * @param server the server that is being built
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     */
    public static void addResources(
            StatelessSyncSpecification server, BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        McpResources.add(server, tools, caller);
    }

    /**
     * Returns a filter for {@code addToolFilter} that shows each caller only the tools it may use. An asynchronous
     * server wraps its result in {@code Mono.just}.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return the filter
     */
    public static McpSyncListFilter<Tool> filter(BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return (transport, tool) -> tool.name().equals(McpCards.DECIDES)
                ? tools.admits(caller.apply(transport))
                : tools.lists(tool.name(), caller.apply(transport));
    }
}
