package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the server answers requests over HTTP that it refuses. */
@Timeout(60)
class RefusalsTest {

    private static final String TOKEN = "a-long-and-random-token";
    private static final String BOTH = "application/json, text/event-stream";
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\"";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static HostInProcess server;
    private static LogLines log;

    @BeforeAll
    static void start() {
        // The levels of the server's own process.
        Logs.use(LogOptions.Format.TEXT);
        log = new LogLines("");
        server = HostInProcess.start(
                sandbox.bound(Policy.of(Selection.everything())
                        .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash(TOKEN), "ann")))),
                "--calls=1",
                "--calls-waiting=0",
                "--allow-host",
                "Desk.Example.com");
    }

    @AfterAll
    static void stop() {
        server.close();
        log.close();
    }

    /** Writes the request to a socket, because Java's own client cannot send invalid requests. */
    private static Socket send(String request) throws IOException {
        Socket socket = new Socket(
                InetAddress.getByName("127.0.0.1"), URI.create(server.address()).getPort());
        socket.setSoTimeout(40_000);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }

    private static String ask(String line, String body, String... headers) throws IOException {
        try (Socket socket = send(line + " HTTP/1.1\r\nHost: DESK.example.com:443\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList())
                + "\r\n" + body)) {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String session() throws IOException {
        String answer = ask("POST /mcp/" + TOKEN, Messages.INITIALIZE, "Accept: " + BOTH);
        assertThat(answer).startsWith("HTTP/1.1 200");
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("mcp-session-id:"))
                .findFirst()
                .orElseThrow();
    }

    /** A balancer sends requests of many clients over one connection, and regards a server that closes it as broken. */
    @Test
    void a_connection_can_be_used_again_after_a_request_for_an_unknown_session() throws Exception {
        String body = CALL + ",\"params\":{\"name\":\"x\",\"arguments\":{}}}";
        String request = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                + "\r\nMcp-Session-Id: 7dccc640\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n";

        // More often than the server reads such bodies at once.
        for (int i = 0; i <= RefusalValve.MOST_READERS; i++) {
            try (Socket socket = send(request + "\r\n" + body + request + "Connection: close\r\n\r\n" + body)) {
                String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);

                assertThat(answers.split("HTTP/1.1 404", -1)).hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | " + Messages.INITIALIZE + " | 400 | -32600",
                BOTH + " | {} | 400 | -32600",
                BOTH + " | s3cret | 400 | -32700",
                BOTH + " | {\"s3cret\":1} | 400 | -32600",
                BOTH + " | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"} | 400 | -32600",
                BOTH + " | " + CALL + "} | 200 | -32602",
                BOTH + " | " + CALL + ",\"params\":{\"name\":\"x\",\"arguments\":\"s3cret\"}} | 200 | -32602",
                BOTH + " | " + CALL + ",\"params\":[\"s3cret\"]} | 200 | -32602"
            })
    void an_invalid_request_is_explained_in_plain_words(String accept, String body, int status, int code)
            throws Exception {
        String answer = ask("POST /mcp", body, "Accept: " + accept, "Authorization: Bearer " + TOKEN);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("\r\nContent-Type: application/json;charset=UTF-8\r\n")
                .contains("{\"jsonrpc\":\"2.0\",\"id\":" + (body.startsWith(CALL) ? "7" : "null") + ",\"error\":{")
                .contains("\"code\":" + code)
                .doesNotContain("stackTrace", "modelcontextprotocol", "jackson", "s3cret");
        assertThat(log.text()).doesNotContain("s3cret");
    }

    @Test
    void an_unknown_session_is_reported() throws Exception {
        String answer = ask(
                "POST /mcp/" + TOKEN,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
                "Accept: " + BOTH,
                "Mcp-Session-Id: none");

        assertThat(answer)
                .startsWith("HTTP/1.1 404")
                .contains("\r\nContent-Type: application/json;charset=UTF-8\r\n")
                .contains("This session or address does not exist")
                .doesNotContain("stackTrace");
    }

    @Test
    void an_unknown_notification_leaves_nothing_in_the_log() throws Exception {
        String answer = ask(
                "POST /mcp/" + TOKEN,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/odd\",\"params\":{\"said\":\"s3cret\"}}",
                "Accept: " + BOTH,
                session());

        assertThat(answer).startsWith("HTTP/1.1 202");
        assertThat(log.text()).doesNotContain("s3cret");
    }

    @Test
    void no_response_reveals_the_token_or_the_software() throws Exception {
        for (String path : List.of("/mcp/" + TOKEN + "<x", "/mcp/" + TOKEN + "%zz", "/nowhere/" + TOKEN, "/mcp/x")) {
            assertThat(ask("GET " + path, ""))
                    .containsPattern("^HTTP/1.1 40[014]")
                    .doesNotContain(TOKEN)
                    .doesNotContainIgnoringCase("tomcat");
        }
        assertThat(log.text()).doesNotContain(TOKEN);
    }

    @Test
    void head_is_refused_because_a_stream_has_no_end() throws Exception {
        assertThat(ask("HEAD /mcp/" + TOKEN, "", "Accept: text/event-stream", session()))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, POST, DELETE");
    }

    @Test
    void another_host_name_is_refused() throws Exception {
        String stranger = "GET /mcp/" + TOKEN + " HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n";
        try (Socket socket = send(stranger)) {
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 421")
                    .contains("--allow-host");
        }
    }

    @Test
    void a_request_with_too_long_headers_leaves_no_stack_trace_in_the_log() throws Exception {
        int before = log.text().length();

        assertThat(ask("POST /mcp", Messages.INITIALIZE, "Accept: " + BOTH, "X-Long: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 400")
                .contains("The address or the headers are invalid or too large.");

        assertThat(log.text().substring(before)).doesNotContain("Exception", "\tat ");
    }

    @Test
    void a_token_that_is_too_long_is_refused_as_a_token() throws Exception {
        assertThat(ask(
                        "POST /mcp",
                        Messages.INITIALIZE,
                        "Accept: " + BOTH,
                        "Authorization: Bearer " + "x".repeat(9 * 1024)))
                .startsWith("HTTP/1.1 401")
                .contains("Send a token that this server accepts.");
    }

    @Test
    void a_slash_at_the_end_changes_nothing() throws Exception {
        assertThat(ask("POST /mcp/" + TOKEN + "/", Messages.INITIALIZE, "Accept: " + BOTH))
                .startsWith("HTTP/1.1 200");
        assertThat(ask("POST /mcp/", Messages.INITIALIZE, "Accept: " + BOTH, "Authorization: Bearer " + TOKEN))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void bodies_that_never_arrive_do_not_block_the_server() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            // More requests than the server has threads.
            for (int i = 0; i < 230; i++) {
                silent.add(send("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{"));
            }
            for (Socket socket : silent) {
                socket.setSoTimeout(4000);
                assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                        .isEqualTo("HTTP/1.1 401");
            }
            assertThat(ask("GET /health", "")).startsWith("HTTP/1.1 200").endsWith("{\"status\":\"ok\"}");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
