package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Health, limits and the end of the server over HTTP. */
@Timeout(60)
class HttpServerTest {

    private static final String TOKEN = "a-long-and-random-token";
    private static final String TICKET = "{\"ticket_number\":4052}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    /** How many requests run at once on a server with one call: the call, and the short requests. */
    private static final int MOST_REQUESTS = 65;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static HostInProcess server;

    @BeforeAll
    static void start() {
        server = serve(Readiness.always());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static BoundTools tools() {
        return sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalCards()
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash(TOKEN), "ann"))));
    }

    /** Starts a server with one call at once, and a page of approvals. */
    private static HostInProcess serve(Readiness readiness) {
        BoundTools tools = tools();
        ApprovalServlet page = new ApprovalServlet(
                tools.pendingCalls(),
                Approvers.tokens(Map.of(CallerAuthenticator.hash("janes-own-token"), "jane")),
                null,
                Clock.systemUTC());
        return HostInProcess.start(
                tools, new HttpServer.Parts(page, null, readiness), false, "--calls=1", "--calls-waiting=0");
    }

    private static HttpResponse<String> get(HostInProcess from, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(from.address().replaceFirst("/mcp$", path)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static RawClient begin() throws IOException {
        return RawClient.begin(server.address(), TOKEN);
    }

    private static String post(RawClient client, String body) throws IOException {
        return RawClient.read(client.send("POST", body));
    }

    /** Returns a refusal, without waiting until the server has given up the rest of the body. */
    private static String refusal(Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        try (socket) {
            while (read.indexOf("}}") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("the end after %s", read).isNotNegative();
                read.append((char) next);
            }
        }
        return read.toString();
    }

    private static void awaitUntil(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            // No spinning: what is tested needs the processors.
            Thread.sleep(5);
        }
    }

    /** Messages that do not end, and of which a further byte arrives now and then, so that the server waits for them. */
    private static final class Unfinished implements AutoCloseable {

        private final List<Socket> sockets = new ArrayList<>();

        void begin(RawClient client, int many, int length) throws IOException {
            for (int i = 0; i < many; i++) {
                sockets.add(client.send("POST", new byte[] {'{'}, length));
            }
        }

        void awaitUntil(Callable<Boolean> condition) throws Exception {
            HttpServerTest.awaitUntil(() -> {
                for (Socket socket : sockets) {
                    socket.getOutputStream().write(' ');
                }
                return condition.call();
            });
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    // Health.

    @Test
    void health_answers_without_a_token() throws Exception {
        for (String path : List.of("/health", "/health/", "/health/live", "/health/ready")) {
            HttpResponse<String> health = get(server, path);
            assertThat(health.statusCode()).as(path).isEqualTo(path.endsWith("/") ? 404 : 200);
            assertThat(health.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            if (!path.endsWith("/")) {
                assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
            }
        }
        assertThat(get(server, "/health/other").statusCode()).isEqualTo(404);
        assertThat(get(server, "/mcp").statusCode()).isEqualTo(401);
        assertThat(get(server, "/mcp/" + TOKEN + "x").statusCode()).isEqualTo(401);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_server_that_is_not_ready_says_why_and_is_alive() throws Exception {
        try (HostInProcess waiting = serve(Readiness.always().and("helpdesk", () -> false))) {
            HttpResponse<String> ready = get(waiting, "/health/ready");

            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"failing\":[\"helpdesk\"],\"status\":\"not_ready\"}");
            assertThat(get(waiting, "/health").statusCode()).isEqualTo(200);
            assertThat(get(waiting, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    // The beginning and the end.

    @Test
    void a_port_in_use_is_named() {
        int port = URI.create(server.address()).getPort();

        assertThatThrownBy(() -> new McpHost(tools(), new CallOptions(), "test", false)
                        .serveHttp(port, new HttpOptions(), HttpServer.Parts.NONE, System.err))
                .isInstanceOf(IOException.class)
                .hasMessage("The server cannot listen on port " + port + ". Is it in use?");
    }

    @Test
    void a_running_call_finishes_before_the_server_ends() throws Exception {
        HostInProcess ending = serve(Readiness.always());
        Thread end = new Thread(ending::close);
        RawClient client = RawClient.begin(ending.address(), TOKEN);
        sandbox.stall(1);
        try (Socket call = client.call(2, GET_TICKET, TICKET)) {
            sandbox.awaitExchanges(1);
            end.start();
            awaitUntil(() -> get(ending, "/health").statusCode() == 503);

            assertThat(get(ending, "/health/ready").body()).isEqualTo("{\"status\":\"ending\"}");
            assertThat(get(ending, "/health/live").statusCode()).isEqualTo(200);
            assertThat(post(client, Messages.call(3, CREATE_NOTE, "{\"ticket_number\":4052,\"body\":\"Late\"}")))
                    .startsWith("HTTP/1.1 503")
                    .contains("The server is shutting down.", "Retry-After: 1");
            sandbox.release();

            assertThat(RawClient.read(call)).contains("Checkout is down");
        } finally {
            sandbox.release();
            end.join();
        }
        assertThat(sandbox.writes()).isEmpty();
        assertThatThrownBy(() -> get(ending, "/health")).isInstanceOf(IOException.class);
    }

    // Limits.

    @Test
    void as_many_requests_as_the_server_can_run_are_taken_and_one_more_is_refused() throws Exception {
        RawClient client = begin();
        for (int i = 0; i < MOST_REQUESTS + 1; i++) {
            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
        }
        try (Unfinished others = new Unfinished()) {
            others.begin(client, MOST_REQUESTS - 1, 100_000);
            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
            others.begin(client, 1, 100_000);
            others.awaitUntil(() -> post(client, PING).startsWith("HTTP/1.1 503"));

            assertThat(post(client, PING))
                    .contains("Retry-After: 1", "This server is busy, and nothing was done.", "-32603");
            assertThat(get(server, "/approvals/").statusCode()).isEqualTo(200);
        }
        awaitUntil(() -> post(client, PING).startsWith("HTTP/1.1 200"));
    }

    @Test
    void slow_visitors_of_the_approval_page_do_not_keep_callers_out() throws Exception {
        for (int i = 0; i < 33; i++) {
            assertThat(get(server, "/approvals/").statusCode()).isEqualTo(200);
        }
        List<Socket> slow = new ArrayList<>();
        CountDownLatch isFull = new CountDownLatch(1);
        try {
            for (int visitor = 0; visitor < 80; visitor++) {
                Socket socket = new Socket(
                        InetAddress.getByName("127.0.0.1"),
                        URI.create(server.address()).getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST /approvals/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                                        + "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\ntoken")
                                .getBytes(US_ASCII));
                Thread reader = new Thread(() -> countRefusal(socket, isFull));
                reader.setDaemon(true);
                reader.start();
            }
            isFull.await();

            assertThat(RawClient.read(begin().call(2, GET_TICKET, TICKET))).contains("Checkout is down");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static void countRefusal(Socket socket, CountDownLatch refused) {
        try {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            // The filter refuses with 503, and the page itself, if its places for sign-ins are taken, with 429.
            if (line != null && (line.contains(" 503") || line.contains(" 429"))) {
                refused.countDown();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void a_page_is_not_shown_under_another_host_name() throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getByName("127.0.0.1"), URI.create(server.address()).getPort())) {
            socket.getOutputStream()
                    .write("GET /approvals/ HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .contains("This Host or Origin is not allowed");
        }
    }

    // Bodies.

    private static String padded(String message, int length) {
        return message.replace("}}", ",\"x\":\"" + "x".repeat(length - message.length() - 7) + "\"}}");
    }

    @Test
    void without_a_session_a_message_has_at_most_64_kilobytes() throws Exception {
        RawClient client = begin().withoutSession();
        String begins = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"y\":1}}";

        assertThat(post(client, padded(begins, 65_536))).startsWith("HTTP/1.1 200");
        for (long announced : new long[] {65_537, -1}) {
            byte[] body = padded(begins, 65_537).getBytes(US_ASCII);
            assertThat(refusal(client.send("POST", body, announced)))
                    .startsWith("HTTP/1.1 413")
                    .contains("before a session has started, a message has at most 64 KB");
        }
        assertThat(post(begin(), padded(begins, 65_537))).startsWith("HTTP/1.1 200");
    }

    @Test
    void in_a_session_a_message_has_at_most_16_megabytes() throws Exception {
        assertThat(refusal(begin().send("POST", new byte[0], (16 << 20) + 1)))
                .startsWith("HTTP/1.1 413")
                .contains("a message has at most 16384 KB on this server");
    }

    @Test
    void a_message_may_begin_with_a_byte_order_mark() throws Exception {
        assertThat(post(begin(), "\uFEFF" + PING)).startsWith("HTTP/1.1 200");
        for (String other : List.of("\u00EF\u00BB", "\uFEFE", "\uFE80", "\uD7FF")) {
            assertThat(post(begin(), other + PING)).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void a_message_that_ends_too_early_is_refused() throws Exception {
        try (Socket socket = begin().send("POST", new byte[] {'{'}, 1_000)) {
            socket.shutdownOutput();

            assertThat(RawClient.read(socket))
                    .startsWith("HTTP/1.1 400")
                    .contains("The rest of the message did not arrive in time.");
        }
    }

    @Test
    void large_messages_wait_for_no_memory_that_others_have_and_give_back_what_they_had() throws Exception {
        RawClient client = begin();
        int large = 15 << 20;
        int fit = (int) (Runtime.getRuntime().maxMemory() / 16 / large);
        // More than fit at once, one after another.
        for (int i = 0; i <= fit; i++) {
            assertThat(refusal(client.send("POST", new byte[] {0}, large))).startsWith("HTTP/1.1 400");
        }
        assertThat(post(client, padded("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":{\"y\":1}}", large)))
                .startsWith("HTTP/1.1 200");
        try (Unfinished others = new Unfinished()) {
            others.begin(client, fit - 1, large);
            assertThat(refusal(client.send("POST", new byte[] {0}, large))).startsWith("HTTP/1.1 400");
            others.begin(client, 1, large);
            others.awaitUntil(() -> refusal(client.send("POST", new byte[] {0}, large))
                    .startsWith("HTTP/1.1 503"));

            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
        }
    }

    // Sessions.

    @Test
    void a_caller_with_too_many_sessions_loses_those_that_were_not_used_for_longest() throws Exception {
        try (HostInProcess full = serve(Readiness.always())) {
            RawClient oldest = RawClient.begin(full.address(), TOKEN);
            List<RawClient> unused = List.of(
                    RawClient.begin(full.address(), TOKEN, RawClient.CARDS), RawClient.begin(full.address(), TOKEN));
            List<Socket> streams = new ArrayList<>();
            for (RawClient client : unused) {
                streams.add(client.send("GET", ""));
            }
            for (int i = 3; i < 1_000; i++) {
                assertThat(post(oldest.withoutSession(), Messages.INITIALIZE)).startsWith("HTTP/1.1 200");
            }
            assertThat(post(oldest, PING)).startsWith("HTTP/1.1 200");

            List<RawClient> newest =
                    List.of(RawClient.begin(full.address(), TOKEN), RawClient.begin(full.address(), TOKEN));

            for (Socket stream : streams) {
                // It ends, because the session itself has ended.
                RawClient.read(stream);
            }
            for (RawClient client : unused) {
                assertThat(post(client, PING)).startsWith("HTTP/1.1 404");
            }
            for (RawClient client : List.of(oldest, newest.get(0), newest.get(1))) {
                assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
            }
        }
    }
}
