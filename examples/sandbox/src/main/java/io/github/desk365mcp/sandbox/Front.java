package io.github.desk365mcp.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Receives requests, records them, applies faults and sends responses. */
final class Front implements HttpHandler {

    private final Desk365Api api;
    private final Rules rules;
    private final Contract contract;
    private final Faults faults;
    private final Recording recording;

    Front(Desk365Api api, Rules rules, Contract contract, Faults faults, Recording recording) {
        this.api = api;
        this.rules = rules;
        this.contract = contract;
        this.faults = faults;
        this.recording = recording;
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        // Closing an exchange without a response breaks the connection.
        try (http) {
            String path = http.getRequestURI().getPath();
            boolean isFile = path.startsWith(Attachments.PATH) || path.startsWith(Attachments.INLINE_PATH);
            Answer answer = isFile ? api.file(path, http.getRequestURI().getRawQuery()) : answer(http);
            if (answer != null) {
                send(http, answer);
            }
        }
    }

    private @Nullable Answer answer(HttpExchange http) throws IOException {
        Request request = Request.read(http, rules);
        Fault fault = faults.take(contract.operationOf(request.method(), request.path()));
        Answer answer = fault == null ? api.answer(request) : fault.apply(api, request);
        // Recorded before the response is delayed, so that a test can see that the request has arrived.
        recording.add(request.exchange(answer == null ? 0 : answer.status()));
        return fault == null || fault.hold() ? answer : null;
    }

    private static void send(HttpExchange http, Answer answer) throws IOException {
        http.getResponseHeaders().set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
        answer.headers().forEach(http.getResponseHeaders()::set);
        // A length of zero means chunked, which is how the service sends its responses.
        http.sendResponseHeaders(answer.status(), 0);
        try (OutputStream out = http.getResponseBody()) {
            out.write(answer.body());
        }
    }
}
