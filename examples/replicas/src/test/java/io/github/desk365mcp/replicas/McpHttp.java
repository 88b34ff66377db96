package io.github.desk365mcp.replicas;

import io.github.desk365mcp.api.JsonDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client of one caller that writes the protocol's JSON itself, in revision 2026-07-28 or in an older one, without a
 * session. Used by one thread at a time.
 */
final class McpHttp {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String OLDER = "2025-11-25";
    private static final String MODERN = "2026-07-28";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final URI address;
    private final String token;
    private final boolean isModern;

    /** Which replica has answered last; null before. */
    private @Nullable String replica;

    /**
     * The answer of a tool.
     *
     * @param lost why the answer did not arrive, so that the call may have been carried out or not; null if it arrived
     * @param result MCP's result; empty if the answer is lost
     */
    record Reply(@Nullable String lost, JsonDocument result) {

        static Reply lost(String why) {
            return new Reply(why, JsonDocument.parse("{}"));
        }

        boolean isLost() {
            return lost != null;
        }

        boolean isError() {
            return Boolean.TRUE.equals(result.flag("isError"));
        }

        JsonDocument content() {
            return Objects.requireNonNullElse(result.document("structuredContent"), JsonDocument.parse("{}"));
        }

        /** The code of an error; empty if it is none. */
        String code() {
            JsonDocument meta = result.document("_meta");
            JsonDocument error = meta == null ? null : meta.document("io.github.desk365mcp/error");
            return error == null ? "" : String.valueOf(error.text("code"));
        }

        String text() {
            return result.toJson();
        }
    }

    McpHttp(String address, String token, boolean isModern) {
        this.address = URI.create(address + "/mcp");
        this.token = token;
        this.isModern = isModern;
    }

    @Nullable
    String replica() {
        return replica;
    }

    /** Calls a tool once. */
    Reply call(String tool, String arguments) throws InterruptedException {
        String meta = isModern
                ? ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN
                        + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}"
                : "";
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + NUMBER.incrementAndGet()
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + meta
                + "}}";
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token)
                .header("MCP-Protocol-Version", isModern ? MODERN : OLDER)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (isModern) {
            request.header("Mcp-Method", "tools/call").header("Mcp-Name", tool);
        }
        HttpResponse<String> response;
        try {
            response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return Reply.lost(e.getClass().getSimpleName());
        }
        replica = response.headers().firstValue("x-replica").orElse(null);
        JsonDocument result = response.statusCode() == 200 ? result(response.body()) : null;
        return result == null ? Reply.lost("HTTP " + response.statusCode()) : new Reply(null, result);
    }

    /** The result in a response that is JSON or an event stream; null if there is none. */
    private static @Nullable JsonDocument result(String body) {
        String json = body.lines()
                .filter(line -> line.startsWith("data:") && line.contains("\"result\""))
                .map(line -> line.substring("data:".length()).strip())
                .findFirst()
                .orElse(body);
        try {
            return JsonDocument.parse(json).document("result");
        } catch (RuntimeException cut) {
            return null;
        }
    }
}
