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
 * <p>On a server with sessions, each call's context has its session, and progress is reported if the client asked for
 * it. The handlers never throw, because the SDK would send the exception's message to the client.
 */
@SuppressWarnings("exports") // The SDK is optional, so the module cannot require it transitively.
public final class McpTools {

    private McpTools() {}

    /**
     * Returns the tools for {@code McpServer.sync}, in catalogue order.
     *
     * @param tools the bound tools
     * @return one specification for each tool
     * @throws AccessRefusedException if the policy authenticates callers; use {@link #sync(BoundTools, Function)} then
     */
    public static List<SyncToolSpecification> sync(BoundTools tools) {
        return sync(tools, tools.definitions(), transport -> CallContext.none(), false);
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
        return sync(tools, tools.allDefinitions(), caller, false);
    }

    /**
     * Like {@link #sync(BoundTools, Function)}, and if the policy requires
     * {@link io.github.desk365mcp.tools.host.Approval#CONFIRM}, the client asks its user by elicitation. If the client
     * does not support elicitation, the policy's confirmation is asked; without one, the call is refused. The call
     * blocks its thread until the user has answered. The SDK waits at most for the server's {@code requestTimeout}: set
     * it to {@link BoundTools#approvalsLast}.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return one specification for each tool
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
     * Returns all tools for {@code McpServer.async}, with a {@link CallQueue#standard() standard queue} of their own.
     * Cancelling the {@code Mono} of a call cancels its request to the helpdesk.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return one specification for each tool
     */
    public static List<AsyncToolSpecification> async(
            BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return async(tools, caller, CallQueue.standard(), false);
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
        return async(tools, caller, queue, false);
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
     * Returns a filter for {@code addToolFilter} that shows each caller only the tools it may use. An asynchronous
     * server wraps its result in {@code Mono.just}.
     *
     * @param tools the bound tools
     * @param caller creates a call's context from the transport's context
     * @return the filter
     */
    public static McpSyncListFilter<Tool> filter(BoundTools tools, Function<McpTransportContext, CallContext> caller) {
        return (transport, tool) -> tools.lists(tool.name(), caller.apply(transport));
    }
}
