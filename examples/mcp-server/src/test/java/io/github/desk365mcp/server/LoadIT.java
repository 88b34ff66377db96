package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the jar over HTTP, with more calls than it runs at once, and a helpdesk that does not answer. */
@Timeout(120)
class LoadIT {

    private static final String TICKET = "{\"ticket_number\":4052}";

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
            List<Socket> calls = calls(client, 45, GET_TICKET);
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
            List<Socket> calls = calls(client, 250, GET_TICKET);
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

    @Test
    void calls_that_exceed_the_queue_are_refused_at_once_and_nothing_was_sent() throws Exception {
        try (JarServer server = JarServer.start(sandbox, "--calls", "2", "--calls-waiting", "1", "--audit")) {
            RawClient client = RawClient.begin(server.address(), null);
            sandbox.stall(2);
            calls(client, 2, GET_TICKET);
            sandbox.awaitExchanges(2);
            List<Socket> more = calls(client, 3, CREATE_NOTE);

            awaitUntil(() -> server.written().split("busy", -1).length == 3);

            sandbox.release();
            List<String> answers = new ArrayList<>();
            for (Socket call : more) {
                answers.add(RawClient.read(call));
            }
            assertThat(answers)
                    .filteredOn(answer -> answer.contains("\"busy\""))
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer).contains("Nothing was sent", "in a moment"));
            assertThat(sandbox.exchanges())
                    .as("two reads, and the note that waited")
                    .hasSize(3);
        }
    }

    @Test
    void waiting_creates_whose_clients_disconnected_are_never_started() throws Exception {
        try (JarServer server = JarServer.start(sandbox, "--calls", "4", "--calls-waiting", "100", "--audit")) {
            RawClient client = RawClient.begin(server.address(), null);
            sandbox.stall(4);
            List<Socket> calls = calls(client, 80, CREATE_NOTE);
            sandbox.awaitExchanges(4);

            for (Socket call : calls) {
                call.close();
            }

            // The 76 waiting calls were abandoned, and the four running calls continue.
            awaitUntil(() -> server.written().split("cancelled", -1).length == 77);
            sandbox.release();
            Socket next = client.call(900, GET_TICKET, TICKET);
            assertThat(RawClient.read(next)).contains("Checkout is down");
            assertThat(sandbox.exchanges()).hasSize(5);
        }
    }

    @Test
    void a_waiting_call_that_is_canceled_is_never_started_and_a_running_one_is_stopped() throws Exception {
        try (JarServer server = JarServer.start(sandbox, "--calls", "1")) {
            RawClient client = RawClient.begin(server.address(), null);
            sandbox.stall(1);
            Socket underWay = client.call(100, GET_TICKET, TICKET);
            sandbox.awaitExchanges(1);
            Socket waits = client.call(101, CREATE_NOTE, note(101));
            // Repeatedly, because the server may not have read the call yet.
            awaitUntil(() -> client.cancel(101).startsWith("HTTP/1.1 202") && isOver(waits));

            assertThat(client.cancel(100)).startsWith("HTTP/1.1 202");

            assertThat(RawClient.read(underWay)).doesNotContain("\"result\"");
            assertThat(RawClient.read(client.call(102, GET_TICKET, TICKET))).contains("Checkout is down");
            assertThat(sandbox.exchanges()).hasSize(2);
        }
    }

    @Test
    void waiting_calls_of_a_session_that_ends_are_never_started() throws Exception {
        try (JarServer server = JarServer.start(sandbox, "--calls", "1", "--audit")) {
            RawClient client = RawClient.begin(server.address(), null);
            RawClient other = RawClient.begin(server.address(), null);
            sandbox.stall(1);
            calls(other, 1, GET_TICKET);
            sandbox.awaitExchanges(1);
            calls(client, 3, CREATE_NOTE);
            awaitUntil(() -> RawClient.read(client.send("POST", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}"))
                    .contains("\"result\""));

            awaitUntil(() -> RawClient.read(client.send("DELETE", "")).startsWith("HTTP/1.1 404"));

            awaitUntil(() -> server.written().split("cancelled|unauth", -1).length == 4);
            sandbox.release();
            assertThat(RawClient.read(other.call(5, GET_TICKET, TICKET))).contains("Checkout is down");
            assertThat(sandbox.exchanges()).hasSize(2);
        }
    }

    @Test
    void twenty_five_open_confirmations_do_not_delay_other_calls() throws Exception {
        try (JarServer server = JarServer.start(sandbox, "--approval", "mail=confirm", "--calls", "4")) {
            RawClient client = RawClient.begin(server.address(), null);
            List<Socket> replies = calls(client, 25, "create_a_desk_365_ticket_reply");
            for (Socket reply : replies) {
                awaitQuestion(reply);
            }

            String read = RawClient.read(RawClient.begin(server.address(), null).call(3, GET_TICKET, TICKET));

            // Nobody answers the questions, so none of their calls has ended yet.
            assertThat(read).contains("Checkout is down");
        }
    }

    private static void awaitQuestion(Socket socket) throws Exception {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("elicitation/create") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the end after %s", read).isNotNegative();
            read.append((char) next);
        }
    }

    private static boolean isOver(Socket socket) throws Exception {
        socket.setSoTimeout(100);
        try {
            int next = socket.getInputStream().read();
            while (next >= 0) {
                next = socket.getInputStream().read();
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static Socket health(JarServer server) throws Exception {
        Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
        return socket;
    }

    private static List<Socket> calls(RawClient client, int many, String tool) throws Exception {
        List<Socket> calls = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            calls.add(client.call(10 + i, tool, tool.equals(GET_TICKET) ? TICKET : note(i)));
        }
        return calls;
    }

    private static String note(int number) {
        return "{\"ticket_number\":4052,\"body\":\"Number " + number + "\"}";
    }

    private static void awaitUntil(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            // Sleeps instead of spinning, because the server under test needs the processors.
            Thread.sleep(20);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
