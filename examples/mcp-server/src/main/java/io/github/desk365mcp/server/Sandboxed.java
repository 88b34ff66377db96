package io.github.desk365mcp.server;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCMessage;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCNotification;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCRequest;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCResponse;
import io.modelcontextprotocol.modern.server.McpRequestManager;
import io.modelcontextprotocol.modern.server.McpTransportResponse;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells clients and models that the helpdesk is the sandbox, so that nobody takes its invented data for real. */
final class Sandboxed {

    /** The start of the instructions for the model. */
    static final String INSTRUCTIONS = "No helpdesk is connected: these tools work on a sandbox with invented data,"
            + " which forgets everything when the server ends. Tell your user so before you report its data. ";

    /** The key in the {@code _meta} of each result. */
    static final String META = "io.github.desk365mcp/sandbox";

    private Sandboxed() {}

    static List<AsyncToolSpecification> marked(List<AsyncToolSpecification> tools) {
        return tools.stream()
                .map(tool -> new AsyncToolSpecification(
                        tool.tool(),
                        (exchange, request) ->
                                tool.callHandler().apply(exchange, request).map(Sandboxed::marked)))
                .toList();
    }

    static List<McpStatelessServerFeatures.AsyncToolSpecification> markedStateless(
            List<McpStatelessServerFeatures.AsyncToolSpecification> tools) {
        return tools.stream()
                .map(tool -> new McpStatelessServerFeatures.AsyncToolSpecification(
                        tool.tool(),
                        (transport, request) ->
                                tool.callHandler().apply(transport, request).map(Sandboxed::marked)))
                .toList();
    }

    static CallToolResult marked(CallToolResult result) {
        return new CallToolResult(
                result.content(), result.isError(), result.structuredContent(), marked(result.meta()));
    }

    private static Map<String, Object> marked(@Nullable Map<?, ?> meta) {
        Map<String, Object> marked = new LinkedHashMap<>();
        if (meta != null) {
            meta.forEach((key, value) -> marked.put(String.valueOf(key), value));
        }
        marked.put(META, true);
        return marked;
    }

    /** Marks every result for modern clients. */
    static McpRequestManager marked(McpRequestManager server) {
        return new McpRequestManager() {

            @Override
            public Mono<McpTransportResponse> handle(McpTransportContext transport, JSONRPCRequest request) {
                return server.handle(transport, request).map(Sandboxed::marked);
            }

            @Override
            public Mono<McpTransportResponse> handleBlocking(McpTransportContext transport, JSONRPCRequest request) {
                return server.handleBlocking(transport, request).map(Sandboxed::marked);
            }

            @Override
            public Mono<Void> handleNotification(McpTransportContext transport, JSONRPCNotification notification) {
                return server.handleNotification(transport, notification);
            }
        };
    }

    private static McpTransportResponse marked(McpTransportResponse response) {
        if (response instanceof McpTransportResponse.Streaming stream) {
            return McpTransportResponse.streaming(stream.messages().map(Sandboxed::marked));
        }
        return response instanceof McpTransportResponse.Result result
                ? McpTransportResponse.result(marked(result.response()))
                : response;
    }

    private static JSONRPCMessage marked(JSONRPCMessage message) {
        return message instanceof JSONRPCResponse response ? marked(response) : message;
    }

    private static JSONRPCResponse marked(JSONRPCResponse response) {
        if (!(response.result() instanceof Map<?, ?> result)) {
            return response;
        }
        Map<Object, Object> marked = new LinkedHashMap<>(result);
        marked.put("_meta", marked(result.get("_meta") instanceof Map<?, ?> meta ? meta : null));
        return JSONRPCResponse.result(response.id(), marked);
    }
}
