package io.github.desk365mcp.server;

/** The JSON-RPC messages that tests write by hand. */
final class Messages {

    static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private static final String ID = "{\"jsonrpc\":\"2.0\",\"id\":";
    private static final String INITIALIZES =
            ",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"},\"capabilities\":";

    static final String INITIALIZE = ID + 1 + INITIALIZES + "{}}}";

    private Messages() {}

    static String initialize(int id, String capabilities) {
        return ID + id + INITIALIZES + capabilities + "}}";
    }

    static String call(int id, String tool, String arguments) {
        return request(id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    static String request(int id, String method, String params) {
        return ID + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    static String cancel(int id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }
}
