package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the jar over HTTP, with more calls than it runs at once, and a helpdesk that does not answer. */
@Timeout(120)
class LoadIT {

    private final TestSandbox sandbox = TestSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void forty_five_stalled_calls_time_out_together() throws Exception {
        try (JarServer server = JarServer.start(sandbox, "--timeout", "8")) {
            RawClient client = RawClient.begin(server.address(), null);
            sandbox.stall(45);
            long start = System.nanoTime();
            List<Socket> calls = calls(client, 45);
            // They run at once, and not in rounds that are limited by a thread pool of the SDK.
            sandbox.awaitExchanges(45);
            assertThat(since(start)).as("before the first call ends").isLessThan(Duration.ofSeconds(8));

            for (Socket call : calls) {
                assertThat(RawClient.read(call)).contains("nothing was changed");
            }
            assertThat(since(start))
                    .as("before a second round of calls would end")
                    .isLessThan(Duration.ofSeconds(16));
        }
    }

    @Test
    void health_answers_during_two_hundred_and_fifty_stalled_calls() throws Exception {
        try (JarServer server = JarServer.start(sandbox, "--timeout", "16", "--audit")) {
            RawClient client = RawClient.begin(server.address(), null);
            sandbox.stall(64);
            List<Socket> calls = calls(client, 250);
            sandbox.awaitExchanges(64);

            assertThat(RawClient.read(health(server)))
                    .startsWith("HTTP/1.1 200")
                    .contains("{\"status\":\"ok\"}");

            assertThat(server.written()).as("calls that had ended").doesNotContain(GET_TICKET);
            int busy = 0;
            for (Socket call : calls) {
                String answer = RawClient.read(call);
                assertThat(answer).startsWith("HTTP/1.1 200").containsPattern("(?i)nothing was (sent|changed)");
                busy += answer.contains("\"busy\"") ? 1 : 0;
            }
            assertThat(busy).isEqualTo(250 - 64);
            assertThat(sandbox.exchanges()).hasSize(64);
        }
    }

    private static Socket health(JarServer server) throws Exception {
        Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
        return socket;
    }

    private static List<Socket> calls(RawClient client, int many) throws Exception {
        List<Socket> calls = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            calls.add(client.call(10 + i, GET_TICKET, "{\"ticket_number\":4052}"));
        }
        return calls;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
