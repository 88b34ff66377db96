package io.github.desk365mcp.evaluation;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Plan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** The sandbox that the server under evaluation uses. */
final class Helpdesk implements AutoCloseable {

    private final Desk365Sandbox sandbox;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param port 0 for any free port */
    Helpdesk(int port) {
        this.sandbox = Desk365Sandbox.start(options -> options.port(port).plan(Plan.UNLIMITED));
    }

    /** Undoes what the last task did. */
    void reset() {
        sandbox.reset();
        sandbox.forget();
    }

    /** {@return the variables with which our server, and many others, find the helpdesk} */
    Map<String, String> environment() {
        return Map.of(
                "DESK365_BASE_URL", sandbox.baseUrl().toString(),
                "DESK365_API_KEY", sandbox.apiKey(),
                "no_proxy", "127.0.0.1");
    }

    /** {@return how many requests of the server may have changed something} */
    int writes() {
        return (int) sandbox.exchanges().stream()
                .filter(exchange -> !exchange.method().equals("GET"))
                .count();
    }

    /** {@return the response to a request, which is not counted} */
    String get(String pathAndQuery) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/v3/" + pathAndQuery))
                .header("Authorization", sandbox.apiKey())
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
