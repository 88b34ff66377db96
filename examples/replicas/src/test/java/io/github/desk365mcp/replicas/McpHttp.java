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
 * A client of one caller that writes the protocol's JSON itself. A session that a replica does not know, because it was
 * killed or is another one, is begun anew, as the protocol asks. Used by one thread at a time.
 */
final class McpHttp {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String VERSION = "2025-11-25";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final URI address;
    private final String token;
    private @Nullable String session;

    /** Why the last request failed. */
    private String failure = "";

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

    McpHttp(String address, String token) {
        this.address = URI.create(address + "/mcp");
        this.token = token;
    }

    @Nullable
    String replica() {
        return replica;
    }

    /** Calls a tool once, or not at all if no session can be begun. */
    Reply call(String tool, String arguments) throws InterruptedException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + NUMBER.incrementAndGet()
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}";
        for (int attempt = 0; attempt < 10; attempt++) {
            HttpResponse<String> response = isReady() ? post(body) : null;
            if (response == null) {
                return Reply.lost(failure);
            }
            if (response.statusCode() == 404) {
                // The session is unknown here: nothing was done.
                session = null;
                continue;
            }
            JsonDocument result = response.statusCode() == 200 ? result(response.body()) : null;
            return result == null ? Reply.lost("HTTP " + response.statusCode()) : new Reply(null, result);
        }
        return Reply.lost("no session");
    }

    private boolean isReady() throws InterruptedException {
        if (session != null) {
            return true;
        }
        HttpResponse<String> response = post("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
                + "\"protocolVersion\":\"" + VERSION + "\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"replicas\",\"version\":\"1\"}}}");
        session = response == null
                ? null
                : response.headers().firstValue("mcp-session-id").orElse(null);
        if (response != null && session == null) {
            failure = "HTTP " + response.statusCode() + " for a session";
        }
        if (session != null) {
            post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        }
        return session != null;
    }

    private @Nullable HttpResponse<String> post(String body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token)
                .header("MCP-Protocol-Version", VERSION)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            replica = response.headers().firstValue("x-replica").orElse(null);
            return response;
        } catch (IOException e) {
            failure = e.getClass().getSimpleName();
            return null;
        }
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

    /** Which replica a token is kept at; null if none answers. */
    static @Nullable String replicaOf(String address, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/health/live"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("x-replica")
                .orElse(null);
    }
}
