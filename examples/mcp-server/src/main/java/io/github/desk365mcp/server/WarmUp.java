package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Serves one short session in this process while the real server starts on another processor. Java loads classes,
 * certificates and settings when they are first used, so the first client would wait for them. The call of this session
 * is answered by a constant: it reaches neither the network nor the log.
 */
final class WarmUp {

    private static final String SESSION = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"warm-up","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/list"}
            {"jsonrpc":"2.0","id":3,"method":"tools/call",\
            "params":{"name":"get_single_desk_365_ticket_by_id","arguments":{"ticket_number":1}}}
            """;

    private static final Map<String, ?> TICKET = Map.of(
            "ticket_number", 1, "subject", "-", "description", "<div>-</div>", "status", "Open", "created_on",
            "2026-01-01 00:00:00");

    private WarmUp() {}

    /** Starts in the background. */
    static void start() {
        Thread thread = new Thread(WarmUp::run, "desk365-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        try {
            Policy silent = Policy.of(Selection.everything()).audit(call -> {});
            Desk365Client fake = Desk365Client.fake((operation, query, body) -> TICKET);
            McpHost host = new McpHost(Desk365Tools.with(silent).bind(fake), new CallOptions(), "warm-up", false);
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
            host.serve(
                    host.transport(CallContext.none(), new ByteArrayInputStream(SESSION.getBytes(UTF_8)), nowhere),
                    CallContext.none());
        } catch (IOException | RuntimeException e) {
            // The real server reports what is wrong.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
