package io.github.desk365mcp.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Clients of one server process over streamable HTTP, each with a session and a connection of its own. */
final class HttpClients implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");

    private final Process process;
    private final String address;
    private final String call;
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(1_000, 5, TimeUnit.MINUTES))
            .readTimeout(1, TimeUnit.MINUTES)
            .build();

    private HttpClients(Process process, String address, String call) {
        this.process = process;
        this.address = address;
        this.call = call;
    }

    /** Starts the server, and waits until it says where it listens. */
    static HttpClients start(Program program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Objects.requireNonNull(program.http()));
        builder.environment().putAll(program.environment());
        Process process = builder.start();
        // Left open: the few lines that follow fit into its buffer.
        BufferedReader errors = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
        String line = errors.readLine();
        while (line != null && !line.startsWith("Listening at ")) {
            line = errors.readLine();
        }
        if (line == null) {
            throw new IOException(program.name() + " does not listen");
        }
        return new HttpClients(process, line.substring("Listening at ".length()), program.get());
    }

    /** Makes a number of calls from some callers, and returns the calls a second. */
    double rate(int count, int callers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<String> sessions = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                sessions.add(open());
            }
            AtomicInteger left = new AtomicInteger(count);
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (String session : sessions) {
                running.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        String answer = post(
                                session,
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + call + "}");
                        if (!answer.contains("4052")) {
                            throw new IOException("The server answered " + answer);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
            return count / ((System.nanoTime() - start) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }

    private String open() throws IOException {
        try (Response response = http.newCall(
                        request("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                                        + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                        + "\"clientInfo\":{\"name\":\"benchmark\",\"version\":\"1\"}}}")
                                .build())
                .execute()) {
            response.body().string();
            String session = Objects.requireNonNull(response.header("Mcp-Session-Id"));
            post(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            return session;
        }
    }

    private String post(String session, String message) throws IOException {
        try (Response response = http.newCall(
                        request(message).header("Mcp-Session-Id", session).build())
                .execute()) {
            return response.body().string();
        }
    }

    private Request.Builder request(String message) {
        return new Request.Builder()
                .url(address)
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .post(RequestBody.create(message, JSON));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
