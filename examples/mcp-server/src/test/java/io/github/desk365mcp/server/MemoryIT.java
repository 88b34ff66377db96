package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the jar over HTTP with a heap of 512 MB, and messages that together are larger than the heap. */
@Timeout(120)
class MemoryIT {

    private static final int MANY = 40;
    private static final int LARGE = 15 << 20;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static JarServer server;

    private final ExecutorService senders = Executors.newFixedThreadPool(MANY);

    @BeforeAll
    static void start() throws IOException {
        server = JarServer.start(sandbox, List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        senders.shutdownNow();
    }

    @Test
    void forty_large_messages_before_a_session_are_refused_and_normal_calls_still_work() throws Exception {
        RawClient client = RawClient.begin(server.address(), null);

        List<String> answers = flood(client.withoutSession(), client, large("\"" + "x".repeat(LARGE) + "\""));

        assertThat(answers)
                .hasSize(MANY)
                .allSatisfy(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 413").contains("64 KB"));
    }

    @Test
    void forty_large_messages_in_a_session_are_read_as_memory_allows_and_normal_calls_still_work() throws Exception {
        RawClient client = RawClient.begin(server.address(), null);

        List<String> answers = flood(client, client, large("\"" + "x".repeat(LARGE) + "\""));

        assertThat(answers)
                .hasSize(MANY)
                .allSatisfy(answer -> assertThat(answer).containsPattern("^HTTP/1.1 (200|503)"));
        assertThat(answers)
                .anySatisfy(answer ->
                        assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 1", "nothing was done"));
    }

    @Test
    void forty_messages_of_many_small_values_are_refused_before_parsing_and_normal_calls_still_work() throws Exception {
        RawClient client = RawClient.begin(server.address(), null);

        List<String> answers = flood(client, client, large("[" + "{},".repeat(LARGE / 3) + "{}]"));

        assertThat(answers)
                .hasSize(MANY)
                .allSatisfy(answer -> assertThat(answer).containsPattern("^HTTP/1.1 (400|503)"));
        assertThat(answers).anySatisfy(answer -> assertThat(answer).contains("more than 200000 values"));
    }

    @Test
    void many_small_values_in_another_encoding_are_refused_before_parsing() throws Exception {
        RawClient client = RawClient.begin(server.address(), null);
        // In UTF-16, one byte of this character equals a quotation mark.
        String hiding = "\"\u2201\",\"x\":[" + "{},".repeat(LARGE / 6 - 100) + "0]";

        List<String> answers = flood(client, client, new String(large(hiding), UTF_8).getBytes(UTF_16LE));

        assertThat(answers)
                .hasSize(MANY)
                .allSatisfy(answer -> assertThat(answer).containsPattern("^HTTP/1.1 (400|503)"));
        assertThat(answers).anySatisfy(answer -> assertThat(answer).contains("not JSON in UTF-8"));
    }

    private static byte[] large(String value) {
        return Messages.call(9, GET_TICKET, "{\"ticket_number\":4052,\"extra\":" + value + "}")
                .getBytes(UTF_8);
    }

    /** Sends many messages at a time, and makes a normal call in the meantime. */
    private List<String> flood(RawClient attacker, RawClient honest, byte[] body) throws Exception {
        List<Callable<String>> sends = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            sends.add(() -> answer(attacker, body));
        }
        List<Future<String>> coming = sends.stream().map(senders::submit).toList();
        String normal = RawClient.read(honest.call(3, GET_TICKET, "{\"ticket_number\":4052}"));
        assertThat(normal).contains("Checkout is down");
        List<String> answers = new ArrayList<>();
        for (Future<String> one : coming) {
            answers.add(one.get());
        }
        assertThat(RawClient.read(honest.call(4, GET_TICKET, "{\"ticket_number\":4052}")))
                .contains("Checkout is down");
        return answers;
    }

    /** Sends a message; the server may answer and close the connection before all of it is sent. */
    private static String answer(RawClient attacker, byte[] body) throws IOException {
        int first = 1 << 10;
        try (Socket socket = attacker.send("POST", Arrays.copyOf(body, first), body.length)) {
            try {
                socket.getOutputStream().write(body, first, body.length - first);
            } catch (IOException e) {
                // The server has closed the connection.
            }
            byte[] start = new byte[2000];
            int length = socket.getInputStream().read(start);
            return length < 0 ? "" : new String(start, 0, length, UTF_8);
        }
    }
}
