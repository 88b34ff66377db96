package io.github.desk365mcp.server;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.PaginatedRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thrown for a message that is not passed to the SDK: the SDK would name its classes in the response, and log the whole
 * message, which may contain customer text.
 */
final class RefusedMessage extends Exception {

    /** A further check of a message. */
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

    /** @param logged the sentence for the log, which contains nothing that the caller sent */
    RefusedMessage(@Nullable Object id, int code, String sentence, String logged) {
        super(sentence);
        this.id = id;
        this.code = code;
        this.sentence = sentence;
        LOG.warn("A message was refused: {}", logged);
    }

    /** Reads a message, and checks that the SDK can read it. */
    static JSONRPCMessage check(String text, McpJsonMapper json) throws RefusedMessage {
        return check(text.getBytes(StandardCharsets.UTF_8), null, json);
    }

    /**
     * Reads a message, and checks that the SDK can read it.
     *
     * @param id the id of the request, in case the message cannot be read; null if it is unknown
     */
    static JSONRPCMessage check(byte[] text, @Nullable Object id, McpJsonMapper json) throws RefusedMessage {
        Object value;
        try {
            value = json.readValue(text, Object.class);
        } catch (IOException | RuntimeException e) {
            throw new RefusedMessage(
                    id,
                    ErrorCodes.PARSE_ERROR,
                    StrictJson.isDuplicate(e)
                            ? "An object in this message has the same name twice. Nothing was done."
                            : "This is not JSON.");
        }
        JSONRPCMessage message;
        try {
            message = message(value, json);
        } catch (RuntimeException e) {
            throw new RefusedMessage(id, ErrorCodes.INVALID_REQUEST, "This is not a JSON-RPC message.");
        }
        if (message instanceof JSONRPCRequest request) {
            switch (request.method()) {
                case McpSchema.METHOD_INITIALIZE ->
                    params(
                            request,
                            json,
                            new TypeRef<InitializeRequest>() {},
                            "initialize needs an object params with protocolVersion, capabilities and clientInfo.");
                case McpSchema.METHOD_TOOLS_LIST,
                        McpSchema.METHOD_RESOURCES_LIST,
                        McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
                        McpSchema.METHOD_PROMPT_LIST -> {
                    if (request.params() != null) {
                        params(
                                request,
                                json,
                                new TypeRef<PaginatedRequest>() {},
                                "In " + request.method() + ", params must be an object or missing.");
                    }
                }
                case McpSchema.METHOD_RESOURCES_READ ->
                    params(
                            request,
                            json,
                            new TypeRef<ReadResourceRequest>() {},
                            "resources/read needs an object params with a uri.");
                case McpSchema.METHOD_PROMPT_GET ->
                    params(
                            request,
                            json,
                            new TypeRef<GetPromptRequest>() {},
                            "prompts/get needs an object params with a name; arguments must be an object.");
                case McpSchema.METHOD_COMPLETION_COMPLETE ->
                    params(
                            request,
                            json,
                            new TypeRef<CompleteRequest>() {},
                            "completion/complete needs an object params with a ref and an argument, which has a name and"
                                    + " a value.");
                case McpSchema.METHOD_TOOLS_CALL -> {
                    if (!isPlainCall(request.params())) {
                        params(
                                request,
                                json,
                                new TypeRef<CallToolRequest>() {},
                                "tools/call needs an object params with a name; arguments must be an object.");
                    }
                }
                default -> {}
            }
        }
        return message;
    }

    /** Distinguishes messages as the SDK does, without parsing the text again. */
    private static JSONRPCMessage message(Object value, McpJsonMapper json) {
        if (value instanceof Map<?, ?> message) {
            if (message.containsKey("method")) {
                if (isPlainRequest(message)) {
                    return new JSONRPCRequest((String) message.get("method"), message.get("id"), message.get("params"));
                }
                return message.containsKey("id")
                        ? json.convertValue(message, JSONRPCRequest.class)
                        : json.convertValue(message, JSONRPCNotification.class);
            }
            if (message.containsKey("result") || message.containsKey("error")) {
                return json.convertValue(message, JSONRPCResponse.class);
            }
        }
        throw new IllegalArgumentException("not a message");
    }

    /** Whether the parameters certainly are those of a call, which most messages are. */
    private static boolean isPlainCall(@Nullable Object value) {
        return value instanceof Map<?, ?> params
                && params.get("name") instanceof String
                && params.get("arguments") instanceof Map<?, ?>
                && !params.containsKey("_meta");
    }

    /** Whether a message is certainly a request, which then needs no conversion. */
    private static boolean isPlainRequest(Map<?, ?> message) {
        return McpSchema.JSONRPC_VERSION.equals(message.get("jsonrpc"))
                && message.get("method") instanceof String
                && (message.get("id") instanceof Integer || message.get("id") instanceof String);
    }

    /** {@return the id of the request that this message cancels; null if the message is not a cancellation} */
    static @Nullable Object cancelled(JSONRPCMessage message) {
        return message instanceof JSONRPCNotification notification
                        && notification.method().equals("notifications/cancelled")
                        && notification.params() instanceof Map<?, ?> params
                ? params.get("requestId")
                : null;
    }

    /** {@return the id of a ping; null if the message is something else} */
    static @Nullable Object ping(JSONRPCMessage message) {
        return message instanceof JSONRPCRequest request && request.method().equals(McpSchema.METHOD_PING)
                ? request.id()
                : null;
    }

    /** {@return the answer to a ping, which the SDK does not give before a session has started} */
    static Map<String, Object> pong(Object id) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        answer.put("id", id);
        answer.put("result", Map.of());
        return answer;
    }

    private static <T> void params(JSONRPCRequest request, McpJsonMapper json, TypeRef<T> type, String sentence)
            throws RefusedMessage {
        try {
            if (request.params() instanceof Map<?, ?> params && json.convertValue(params, type) != null) {
                return;
            }
        } catch (RuntimeException e) {
            // The message of this exception names classes and contains values of the request.
        }
        throw new RefusedMessage(request.id(), ErrorCodes.INVALID_PARAMS, sentence);
    }

    /** {@return whether the message is well-formed, although its parameters are invalid} */
    boolean isUnderstood() {
        return code == ErrorCodes.INVALID_PARAMS;
    }

    /** {@return the error response. The SDK's own type cannot be used, because it requires an id} */
    Map<String, @Nullable Object> answer() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        answer.put("id", id);
        answer.put("error", Map.of("code", code, "message", sentence));
        return answer;
    }

    /** {@return the error response as JSON} */
    String answer(McpJsonMapper json) throws IOException {
        return json.writeValueAsString(answer());
    }
}
