package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over HTTP, a byte order mark is skipped, and a ping is answered before a session has started. */
@Timeout(60)
class ByteOrderMarkTest {

    private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();
    private static final Thread SERVER = new Thread(() -> Main.run(
            Map.of(),
            InputStream.nullInputStream(),
            System.err,
            new PrintStream(SAID, true, UTF_8),
            "--http",
            "0",
            "--sandbox"));

    private static String address = "";

    @BeforeAll
    static void start() throws Exception {
        SERVER.setDaemon(true);
        SERVER.start();
        Matcher listening = Pattern.compile("Listening at (\\S+)").matcher("");
        while (!listening.reset(SAID.toString(UTF_8)).find()) {
            assertThat(SERVER.isAlive()).as(SAID.toString(UTF_8)).isTrue();
            Thread.sleep(20);
        }
        address = listening.group(1);
    }

    @AfterAll
    static void stop() {
        SERVER.interrupt();
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json, text/event-stream")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_byte_order_mark_before_the_first_message_is_skipped() throws Exception {
        HttpResponse<String> begun = post("\uFEFF" + Messages.initialize(1, "{}"));

        assertThat(begun.statusCode()).isEqualTo(200);
        assertThat(begun.headers().firstValue("Mcp-Session-Id")).isPresent();
        assertThat(begun.body()).contains("\"serverInfo\"");
    }

    @Test
    void a_ping_before_the_handshake_is_answered() throws Exception {
        HttpResponse<String> pong = post("{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"method\":\"ping\"}");

        assertThat(pong.statusCode()).isEqualTo(200);
        assertThat(pong.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"result\":{}}");
    }
}
