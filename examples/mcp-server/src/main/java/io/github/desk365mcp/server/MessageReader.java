package io.github.desk365mcp.server;

import io.github.desk365mcp.server.LineReader.Line;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one client from lines, and refuses those that cannot be handled. Not thread-safe. */
final class MessageReader {

    /** The error code "busy", from the range that JSON-RPC leaves to servers. */
    private static final int BUSY = -32_000;

    private final McpJsonMapper json;
    private final RefusedMessage.Check check;
    private final long mostBytes;
    private boolean initialized;

    MessageReader(McpJsonMapper json, RefusedMessage.Check check, long mostBytes) {
        this.json = json;
        this.check = check;
        this.mostBytes = mostBytes;
    }

    /** Whether the client has sent notifications/initialized. Before that, the SDK would never answer requests. */
    boolean isInitialized() {
        return initialized;
    }

    /**
     * Reads a message.
     *
     * @throws RefusedMessage if it cannot be handled, with the answer to the client
     */
    JSONRPCMessage read(Line line) throws RefusedMessage {
        Object id = id(line.outline());
        check(
                line.length() <= mostBytes,
                id,
                ErrorCodes.INVALID_REQUEST,
                "This message has more than " + mostBytes + " bytes. Nothing was done; send less at a time.");
        check(
                line.length() == line.bytes().length,
                id,
                BUSY,
                "The server is busy with other large messages. Nothing was done; try again after they are answered.");
        String refusal = line.outline().refusal();
        check(refusal == null, id, ErrorCodes.INVALID_REQUEST, String.valueOf(refusal));
        JSONRPCMessage message = RefusedMessage.check(line.bytes(), id, json);
        if (message instanceof JSONRPCNotification notification
                && notification.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
            initialized = true;
        }
        if (message instanceof JSONRPCRequest request) {
            check(
                    initialized
                            || Eras.isModern(request)
                            || request.method().equals(McpSchema.METHOD_INITIALIZE)
                            || request.method().equals(McpSchema.METHOD_PING),
                    request.id(),
                    ErrorCodes.INVALID_REQUEST,
                    "Send initialize and notifications/initialized first.");
        }
        check.of(message);
        return message;
    }

    private static void check(boolean holds, @Nullable Object id, int code, String sentence) throws RefusedMessage {
        if (!holds) {
            throw new RefusedMessage(id, code, sentence);
        }
    }

    private @Nullable Object id(Outline outline) {
        try {
            Object id = outline.id().isEmpty() ? null : json.readValue(outline.id(), Object.class);
            return id instanceof String || id instanceof Number ? id : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
