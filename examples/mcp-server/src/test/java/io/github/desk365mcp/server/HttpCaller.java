package io.github.desk365mcp.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A client that writes the protocol's JSON itself, with a session, or of revision 2026-07-28. Many of them share the
 * connections of one HTTP client.
 */
final class HttpCaller {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final String token;
    private final String session;

    private HttpCaller(URI address, String token, String session) {
        this.address = address;
        this.token = token;
        this.session = session;
    }

    /** Returns a client of revision 2026-07-28, which has no session. */
    static HttpCaller modern(JarServer server, String token) {
        return new HttpCaller(URI.create(server.address()), token, "");
    }

    /** Begins a session. */
    static HttpCaller begin(JarServer server, String token) throws IOException, InterruptedException {
        HttpCaller before = modern(server, token);
        HttpResponse<String> answer = before.send(before.request(Messages.INITIALIZE));
        return new HttpCaller(
                before.address,
                token,
                answer.headers().firstValue("mcp-session-id").orElseThrow());
    }

    boolean isModern() {
        return session.isEmpty();
    }

    String session() {
        return session;
    }

    /** Calls a tool and returns the status and the body of the answer. */
    HttpResponse<String> call(int id, String tool, String arguments) throws IOException, InterruptedException {
        if (!isModern()) {
            return send(request(Messages.call(id, tool, arguments)));
        }
        String meta = ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
        String body = Messages.request(
                id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + meta + "}");
        return send(request(body)
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool));
    }

    private HttpRequest.Builder request(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return isModern() ? request : request.header("Mcp-Session-Id", session);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
