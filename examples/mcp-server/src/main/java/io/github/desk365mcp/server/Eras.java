package io.github.desk365mcp.server;

import io.modelcontextprotocol.modern.McpHttp;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells modern messages, of revision 2026-07-28 and later, from those of older revisions. A modern request carries its
 * revision, and has no session. Older clients begin a session with {@code initialize}.
 */
final class Eras {

    private static final String REVISION = "io.modelcontextprotocol/protocolVersion";
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private Eras() {}

    /** {@return whether the header names a modern revision, also one that is not supported} */
    static boolean isModern(HttpServletRequest request) {
        String revision = request.getHeader(McpHttp.Headers.MCP_PROTOCOL_VERSION);
        return revision != null
                && DATE.matcher(revision).matches()
                && revision.compareTo(McpSchema.LATEST_PROTOCOL_VERSION) >= 0;
    }

    /** {@return whether a message, over HTTP with this header or without, is modern} */
    static boolean isModern(JSONRPCMessage message, boolean hasHeader) {
        return isModern(message) || hasHeader && !isInitialize(message);
    }

    /** {@return whether a message begins a session of an older client} */
    static boolean isInitialize(JSONRPCMessage message) {
        return message instanceof JSONRPCRequest request
                && request.method().equals(io.modelcontextprotocol.spec.McpSchema.METHOD_INITIALIZE);
    }

    /** {@return whether a message carries its revision, or asks for the supported ones} */
    static boolean isModern(JSONRPCMessage message) {
        return message instanceof JSONRPCRequest request
                && (request.method().equals(McpSchema.METHOD_SERVER_DISCOVER)
                        || request.params() instanceof Map<?, ?> params
                                && params.get("_meta") instanceof Map<?, ?> meta
                                && meta.containsKey(REVISION));
    }
}
