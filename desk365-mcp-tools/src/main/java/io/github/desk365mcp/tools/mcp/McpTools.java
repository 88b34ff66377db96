package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.AccessRefusedException;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncListFilter;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.function.Function;

/**
 * Puts the tools on a server of the official Java SDK.
 *
 * <pre>{@code
 * McpSyncServer server = McpServer.sync(transport)
 *         .validateToolInputs(false)
 *         .tools(McpTools.sync(tools))
 *         .build();
 * }</pre>
 *
 * <p>{@code validateToolInputs(false)} belongs to it: otherwise the SDK refuses arguments that the tools would repair, in
 * words that help a model less. No check is lost, since the tools check arguments themselves.
 *
 * <p>Where a policy looks at callers, or a resolver at tenants, say how to read them from the transport's context, and
 * filter the list by them:
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
 * <p>{@code McpServer.sync} makes calls in threads that the SDK keeps, ten for each processor; what is beyond that waits
 * without a limit. The tools for {@code McpServer.async} have a {@link CallQueue} instead, which bounds both: take it where
 * many call at once.
 *
 * <p>A call on a server with sessions has its session, and tells how far it is if the client asked for
 * progress. The handlers never throw, because the SDK would send the exception's message to the client.
 */
@SuppressWarnings("exports") // A host without the SDK cannot be made to require it.
public final class McpTools {

    private McpTools() {}

    /**
     * The tools for {@code McpServer.sync}, in their order.
     *
     * @throws AccessRefusedException if the policy checks callers; {@link #sync(BoundTools, Function)} tells of them
     */
    public static List<SyncToolSpecification> sync(BoundTools tools) {
        return sync(tools, tools.definitions(), transport -> CallContext.none(), false);
    }

    /** All tools for {@code McpServer.sync}; {@link #filter} hides those that a caller may not use. */
    public static List<SyncToolSpecification> sync(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return sync(tools, tools.allDefinitions(), caller, false);
    }

    /**
     * The same, and where the policy says {@link io.github.desk365mcp.tools.host.Approval#CONFIRM}, the client asks its
     * person by elicitation. A client that does not offer it leaves the question to the policy's callback; without one,
     * the answer is no. The call holds its thread until the person has answered, and the SDK waits no longer than the
     * server's {@code requestTimeout}: set it to {@link BoundTools#approvalsLast}.
     */
    public static List<SyncToolSpecification> syncAsking(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return sync(tools, tools.allDefinitions(), caller, true);
    }

    private static List<SyncToolSpecification> sync(
            BoundTools tools,
            List<ToolDefinition> definitions,
            Function<McpTransportContext, CallContext> caller,
            boolean asks) {
        return definitions.stream()
                .map(definition -> SyncToolSpecification.builder()
                        .tool(McpCalls.tool(definition))
                        .callHandler((exchange, request) -> McpCalls.call(tools, caller, exchange, request, asks))
                        .build())
                .toList();
    }

    /**
     * All tools for {@code McpServer.async}, with a {@link CallQueue#standard() queue} of their own; to cancel the
     * {@code Mono} of a call ends its request to the helpdesk.
     */
    public static List<AsyncToolSpecification> async(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return async(tools, caller, CallQueue.standard(), false);
    }

    /** The same with this queue, which several servers may share. */
    public static List<AsyncToolSpecification> async(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        return async(tools, caller, queue, false);
    }

    /**
     * The same, and the client asks its person as with {@link #syncAsking}, who has {@link BoundTools#approvalsLast} to
     * answer. The server's {@code requestTimeout} must be longer. A call that waits for its person lets another have its
     * turn.
     */
    public static List<AsyncToolSpecification> asyncAsking(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue) {
        return async(tools, caller, queue, true);
    }

    private static List<AsyncToolSpecification> async(
            BoundTools tools, Function<McpTransportContext, CallContext> caller, CallQueue queue, boolean asks) {
        return tools.allDefinitions().stream()
                .map(definition -> AsyncToolSpecification.builder()
                        .tool(McpCalls.tool(definition))
                        .callHandler(
                                (exchange, request) -> McpCalls.call(queue, tools, caller, exchange, request, asks))
                        .build())
                .toList();
    }

    /** All tools for {@code McpServer.sync} on a stateless transport, which knows no session and no progress. */
    public static List<McpStatelessServerFeatures.SyncToolSpecification> stateless(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return tools.allDefinitions().stream()
                .map(definition -> McpStatelessServerFeatures.SyncToolSpecification.builder()
                        .tool(McpCalls.tool(definition))
                        .callHandler((transport, request) -> McpCalls.call(tools, caller, transport, request))
                        .build())
                .toList();
    }

    /** All tools for {@code McpServer.async} on a stateless transport, with a queue as {@link #async} has. */
    public static List<McpStatelessServerFeatures.AsyncToolSpecification> statelessAsync(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return statelessAsync(tools, caller, CallQueue.standard());
    }

    /** The same with this queue, which several servers may share. */
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
     * Shows each caller the tools that it may use, for {@code addToolFilter}; an asynchronous server wraps it in
     * {@code Mono.just}.
     */
    public static McpSyncListFilter<Tool> filter(BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return (transport, tool) -> tools.lists(tool.name(), caller.apply(transport));
    }
}
