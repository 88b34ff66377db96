package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the jar over HTTP, reachable under another host name. */
@Timeout(120)
class HttpIT {

    private static final String TOKEN = "a-long-and-random-token";
    private static final CallToolRequest GET_TICKET = CallToolRequest.builder("get_single_desk_365_ticket_by_id")
            .arguments(Map.of("ticket_number", 4052))
            .build();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    /** Wants a token, at any address of this machine. */
    private static JarServer guarded;

    @BeforeAll
    static void start() throws IOException {
        guarded = JarServer.start(sandbox, "--host", "0.0.0.0", "--token-hash", CallerAuthenticator.hash(TOKEN));
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    private static HttpResponse<String> get(JarServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address().replace("/mcp", path)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void health_answers_without_a_token() throws Exception {
        HttpResponse<String> health = get(guarded, "/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(get(guarded, "/mcp").statusCode()).isEqualTo(401);
        assertThat(get(guarded, "/mcp/" + TOKEN + "x").statusCode()).isEqualTo(401);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_token_is_accepted_in_the_header_and_in_the_address() throws Exception {
        try (McpSyncClient byHeader = guarded.client("/mcp", TOKEN);
                McpSyncClient byAddress = guarded.client("/mcp/" + TOKEN, null);
                McpSyncClient byNeither = guarded.client("/mcp", null);
                McpSyncClient byAnother = guarded.client("/mcp/" + TOKEN + "x", null)) {
            assertThat(byHeader.callTool(GET_TICKET).isError()).isFalse();
            assertThat(byAddress.callTool(GET_TICKET).isError()).isFalse();
            assertThatThrownBy(byNeither::initialize).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(byAnother::initialize).isInstanceOf(RuntimeException.class);
        }
        assertThat(guarded.written()).doesNotContain(TOKEN);
    }

    @Test
    void a_running_call_finishes_before_the_server_ends() throws Exception {
        try (JarServer server = JarServer.start(sandbox);
                McpSyncClient client = server.client(null)) {
            client.initialize();
            Fault stalled = Fault.stall();
            sandbox.next(stalled);
            // In a separate thread: the common pool has one thread on two cores, which the JDK's HTTP client may need.
            CompletableFuture<CallToolResult> call = CompletableFuture.supplyAsync(
                    () -> client.callTool(GET_TICKET), task -> new Thread(task, "call").start());
            awaitUntil(() -> !sandbox.exchanges().isEmpty());

            server.end();
            awaitUntil(() -> get(server, "/health").statusCode() == 503);
            assertThat(call).isNotDone();
            stalled.release();

            assertThat(call.get(20, TimeUnit.SECONDS).isError()).isFalse();
        }
    }

    @Test
    void slow_visitors_of_the_approval_page_do_not_keep_callers_out() throws Exception {
        List<Socket> slow = new ArrayList<>();
        CountDownLatch isFull = new CountDownLatch(1);
        try (JarServer server = JarServer.start(
                        sandbox,
                        "--calls=1",
                        "--calls-waiting=0",
                        "--approver-token-hash",
                        CallerAuthenticator.hash(TOKEN));
                McpSyncClient client = server.client(null)) {
            for (int visitor = 0; visitor < 80; visitor++) {
                Socket socket = new Socket(
                        InetAddress.getByName("127.0.0.1"),
                        URI.create(server.address()).getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST /approvals/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                                        + "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\ntoken")
                                .getBytes(StandardCharsets.US_ASCII));
                Thread reader = new Thread(() -> countRefusal(socket, isFull));
                reader.setDaemon(true);
                reader.start();
            }
            isFull.await();

            client.initialize();
            assertThat(client.callTool(GET_TICKET).isError()).isFalse();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static void countRefusal(Socket socket, CountDownLatch refused) {
        try {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            // The filter refuses with 503, and the page itself, if its places for sign-ins are taken, with 429.
            if (line != null && (line.contains(" 503") || line.contains(" 429"))) {
                refused.countDown();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void awaitUntil(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait();
        }
    }
}
