package io.github.desk365mcp.hosts.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.TenCalls.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fake service of a vendor, with a model that makes the given calls: two in the first turn, and then one in each
 * turn. Like the real services, it rejects results without a call, and calls without a result.
 */
abstract class Vendor implements AutoCloseable {

    /** A call that the model makes. */
    record Asked(String id, Call call) {}

    private final HttpServer server;
    private final String path;
    private final Map<String, String> headers;
    private final List<Call> script;
    private final Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Map<String, Object> firstRequest = Map.of();
    private int asked;

    Vendor(String path, Map<String, String> headers, List<Call> script) throws IOException {
        this.path = path;
        this.headers = headers;
        this.script = script;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Returns the results in a request, by the ids of their calls. */
    abstract Map<String, Map<String, Object>> answersIn(Map<String, Object> request);

    /** Returns the response with these calls, or the final answer if there are none. */
    abstract Map<String, Object> response(List<Asked> calls);

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Map<String, Object> firstRequest() {
        return firstRequest;
    }

    List<Map<String, Object>> answers() {
        return List.copyOf(answers.values());
    }

    List<String> faults() {
        return faults;
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonDocument.parse(new String(body, StandardCharsets.UTF_8)).toMap().forEach(request::put);
            expect(path.equals(exchange.getRequestURI().getPath()), exchange.getRequestURI() + " is not " + path);
            headers.forEach((name, value) ->
                    expect(value.equals(exchange.getRequestHeaders().getFirst(name)), name + " is not " + value));
            send(exchange, 200, new JsonDocument(response(next(request))).toJson());
        } catch (RuntimeException e) {
            faults.add(String.valueOf(e.getMessage()));
            send(exchange, 400, "{}");
        }
    }

    private List<Asked> next(Map<String, Object> request) {
        if (asked == 0) {
            firstRequest = request;
        }
        Map<String, Map<String, Object>> answered = answersIn(request);
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < asked; i++) {
            ids.add("call_" + i);
        }
        expect(answered.keySet().equals(ids), "Answers to " + answered.keySet() + " instead of " + ids);
        answers.putAll(answered);
        List<Asked> calls = new ArrayList<>();
        int until = Math.min(script.size(), asked == 0 ? 2 : asked + 1);
        for (; asked < until; asked++) {
            calls.add(new Asked("call_" + asked, script.get(asked)));
        }
        return calls;
    }

    static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
