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
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Health, bodies, and the end of the server over HTTP. */
@Timeout(60)
class HttpServerTest {

    static final String TOKEN = "a-long-and-random-token";
    private static final String TICKET = "{\"ticket_number\":4052}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    /** How many callers the server knows besides Ann. */
    static final int OTHERS = 8;

    private static HostInProcess server;

    @BeforeAll
    static void start() {
        server = serve(sandbox, Readiness.always());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static BoundTools tools(TestSandbox sandbox) {
        return sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalCards()
                .authenticator(CallerAuthenticator.tokens(callers())));
    }

    /** Ann, and as many others as it takes to use up the server. */
    private static Map<String, String> callers() {
        Map<String, String> callers = new HashMap<>();
        callers.put(CallerAuthenticator.hash(TOKEN), "ann");
        for (int i = 0; i < OTHERS; i++) {
            callers.put(CallerAuthenticator.hash(other(i)), "caller " + i);
        }
        return callers;
    }

    /** The token of another caller. */
    static String other(int number) {
        return "the-long-token-of-caller-" + number;
    }

    /** Starts a server with one call at once, and a page of approvals. */
    static HostInProcess serve(TestSandbox sandbox, Readiness readiness) {
        BoundTools tools = tools(sandbox);
        ApprovalServlet page = new ApprovalServlet(
                tools.pendingCalls(),
                Approvers.tokens(Map.of(CallerAuthenticator.hash("janes-own-token"), "jane")),
                null,
                Clock.systemUTC());
        return HostInProcess.start(
                tools, new HttpServer.Parts(page, null, readiness), false, "--calls=1", "--calls-waiting=0");
    }

    private static RawClient begin() throws IOException {
        return RawClient.begin(server.address(), TOKEN);
    }

    private static String post(RawClient client, String body) throws IOException {
        return RawClient.read(client.send("POST", body));
    }

    static void awaitUntil(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            // No spinning: what is tested needs the processors.
            Thread.sleep(5);
        }
    }

    // Health.

    @Test
    void health_answers_without_a_token() throws Exception {
        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            assertThat(RawClient.get(server.address(), path))
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Type: application/json")
                    .endsWith("\r\n{\"status\":\"ok\"}");
        }
        assertThat(RawClient.get(server.address(), "/health/other")).startsWith("HTTP/1.1 404");
        assertThat(RawClient.get(server.address(), "/mcp")).startsWith("HTTP/1.1 401");
        assertThat(RawClient.get(server.address(), "/mcp/" + TOKEN + "x")).startsWith("HTTP/1.1 401");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_server_that_is_not_ready_says_why_and_is_alive() throws Exception {
        try (HostInProcess waiting = serve(sandbox, Readiness.always().and("helpdesk", () -> false))) {
            assertThat(RawClient.get(waiting.address(), "/health/ready"))
                    .startsWith("HTTP/1.1 503")
                    .endsWith("{\"failing\":[\"helpdesk\"],\"status\":\"not_ready\"}");
            assertThat(RawClient.get(waiting.address(), "/health")).startsWith("HTTP/1.1 200");
            assertThat(RawClient.get(waiting.address(), "/health/live")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_ping_is_answered_also_without_a_session() throws Exception {
        assertThat(post(begin().withoutSession(), PING))
                .startsWith("HTTP/1.1 200")
                .contains("\r\nContent-Type: application/json;charset=UTF-8\r\n")
                .endsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}");
    }

    // The beginning and the end.

    @Test
    void a_port_in_use_is_named() {
        int port = URI.create(server.address()).getPort();

        assertThatThrownBy(() -> new McpHost(tools(sandbox), new CallOptions(), "test", false)
                        .serveHttp(port, new HttpOptions(), HttpServer.Parts.NONE, System.err))
                .isInstanceOf(IOException.class)
                .hasMessage("The server cannot listen on port " + port + ". Is it in use?");
    }

    @Test
    void a_server_that_has_ended_leaves_no_thread_behind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        serve(sandbox, Readiness.always()).close();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && thread.getName().startsWith("desk365-mcp-server")) {
                thread.join();
            }
        }
    }

    @Test
    void a_running_call_finishes_before_the_server_ends() throws Exception {
        HostInProcess ending = serve(sandbox, Readiness.always());
        Thread end = new Thread(ending::close);
        RawClient client = RawClient.begin(ending.address(), TOKEN);
        sandbox.stall(1);
        try (Socket call = client.call(2, GET_TICKET, TICKET)) {
            sandbox.awaitExchanges(1);
            end.start();
            awaitUntil(() -> RawClient.get(ending.address(), "/health").startsWith("HTTP/1.1 503"));

            assertThat(RawClient.get(ending.address(), "/health/ready")).endsWith("{\"status\":\"ending\"}");
            assertThat(RawClient.get(ending.address(), "/health/live")).startsWith("HTTP/1.1 200");
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
        assertThatThrownBy(() -> RawClient.get(ending.address(), "/health")).isInstanceOf(IOException.class);
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

    static String padded(String message, int length) {
        return message.replace("}}", ",\"x\":\"" + "x".repeat(length - message.length() - 7) + "\"}}");
    }

    @Test
    void without_a_session_a_message_has_at_most_64_kilobytes() throws Exception {
        RawClient client = begin().withoutSession();
        String begins = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"y\":1}}";

        assertThat(post(client, padded(begins, 65_536))).startsWith("HTTP/1.1 200");
        for (long announced : new long[] {65_537, -1}) {
            byte[] body = padded(begins, 65_537).getBytes(US_ASCII);
            assertThat(RawClient.refusal(client.send("POST", body, announced)))
                    .startsWith("HTTP/1.1 413")
                    .contains("before a session has started, a message has at most 64 KB");
        }
        assertThat(post(begin(), padded(begins, 65_537))).startsWith("HTTP/1.1 200");
    }

    @Test
    void in_a_session_a_message_has_at_most_16_megabytes() throws Exception {
        assertThat(RawClient.refusal(begin().send("POST", new byte[0], (16 << 20) + 1)))
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
}
