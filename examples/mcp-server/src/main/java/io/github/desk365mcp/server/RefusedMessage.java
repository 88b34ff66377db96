package io.github.desk365mcp.server;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.PaginatedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that the SDK is not shown, because it would answer with names of its classes, and log the whole message,
 * which can be a customer's.
 */
final class RefusedMessage extends Exception {

    /** What else is looked at in a message. */
    interface Check {
        void of(JSONRPCMessage message) throws RefusedMessage;
    }

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger("desk365.server");

    private final transient @Nullable Object id;
    private final int code;
    private final String sentence;

    RefusedMessage(@Nullable Object id, int code, String sentence) {
        this(id, code, sentence, sentence);
    }

    /** @param logged what the log may have, which is nothing that the caller sent */
    RefusedMessage(@Nullable Object id, int code, String sentence, String logged) {
        super(sentence);
        this.id = id;
        this.code = code;
        this.sentence = sentence;
        LOG.warn("A message was refused: {}", logged);
    }

    /** Reads a message that the SDK can read too. */
    static JSONRPCMessage check(String text, McpJsonMapper json) throws RefusedMessage {
        return check(text.getBytes(StandardCharsets.UTF_8), null, json);
    }

    /**
     * Reads a message that the SDK can read too.
     *
     * @param id of the request, for what cannot be read; null where it is not known
     */
    static JSONRPCMessage check(byte[] text, @Nullable Object id, McpJsonMapper json) throws RefusedMessage {
        Object value;
        try {
            value = json.readValue(text, Object.class);
        } catch (IOException | RuntimeException e) {
            throw new RefusedMessage(id, ErrorCodes.PARSE_ERROR, "This is not JSON.");
        }
        JSONRPCMessage message;
        try {
            message = message(value, json);
        } catch (RuntimeException e) {
            throw new RefusedMessage(id, ErrorCodes.INVALID_REQUEST, "This is no JSON-RPC message.");
        }
        if (message instanceof JSONRPCRequest request) {
            switch (request.method()) {
                case McpSchema.METHOD_INITIALIZE ->
                    params(
                            request,
                            json,
                            new TypeRef<InitializeRequest>() {},
                            "initialize takes protocolVersion, capabilities and clientInfo in an object params.");
                case McpSchema.METHOD_TOOLS_LIST -> {
                    if (request.params() != null) {
                        params(
                                request,
                                json,
                                new TypeRef<PaginatedRequest>() {},
                                "tools/list takes an object params, or none.");
                    }
                }
                case McpSchema.METHOD_TOOLS_CALL ->
                    params(
                            request,
                            json,
                            new TypeRef<CallToolRequest>() {},
                            "tools/call takes an object params with a name and, as an object, arguments.");
                default -> {}
            }
        }
        return message;
    }

    /** As the SDK tells them apart, without reading the text again. */
    private static JSONRPCMessage message(Object value, McpJsonMapper json) {
        if (value instanceof Map<?, ?> message) {
            if (message.containsKey("method")) {
                return message.containsKey("id")
                        ? json.convertValue(message, JSONRPCRequest.class)
                        : json.convertValue(message, JSONRPCNotification.class);
            }
            if (message.containsKey("result") || message.containsKey("error")) {
                return json.convertValue(message, JSONRPCResponse.class);
            }
        }
        throw new IllegalArgumentException("no message");
    }

    /** The id of the request whose answer the client does not want any more; null if the message says something else. */
    static @Nullable Object cancelled(JSONRPCMessage message) {
        return message instanceof JSONRPCNotification told
                        && told.method().equals("notifications/cancelled")
                        && told.params() instanceof Map<?, ?> params
                ? params.get("requestId")
                : null;
    }

    private static <T> void params(JSONRPCRequest request, McpJsonMapper json, TypeRef<T> type, String sentence)
            throws RefusedMessage {
        try {
            if (request.params() instanceof Map<?, ?> params && json.convertValue(params, type) != null) {
                return;
            }
        } catch (RuntimeException e) {
            // Its message names classes and has values of the request.
        }
        throw new RefusedMessage(request.id(), ErrorCodes.INVALID_PARAMS, sentence);
    }

    /** Whether it is a message, only not one that makes sense. */
    boolean isUnderstood() {
        return code == ErrorCodes.INVALID_PARAMS;
    }

    /** The answer that says so. Not in the SDK's own type, which has no answer without an id. */
    Map<String, @Nullable Object> answer() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        answer.put("id", id);
        answer.put("error", Map.of("code", code, "message", sentence));
        return answer;
    }

    /** The answer as text. */
    String answer(McpJsonMapper json) throws IOException {
        return json.writeValueAsString(answer());
    }
}
