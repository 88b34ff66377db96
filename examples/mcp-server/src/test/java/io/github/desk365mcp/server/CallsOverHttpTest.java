package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls over HTTP that wait, are canceled, or whose clients disconnect. */
@Timeout(60)
class CallsOverHttpTest {

    private static final String TICKET = "{\"ticket_number\":4052}";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final Queue<AuditRecord> audit = new ConcurrentLinkedQueue<>();

    private HostInProcess serve(String... options) {
        return HostInProcess.start(
                sandbox.bound(Policy.of(Selection.everything())
                        .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                        .approvalPlace("https://helpdesk.example/approvals")
                        .audit(audit::add)),
                options);
    }

    private long outcomes(String outcome) {
        return audit.stream().filter(call -> call.outcome().equals(outcome)).count();
    }

    @Test
    void calls_that_exceed_the_queue_are_refused_at_once_and_nothing_was_sent() throws Exception {
        try (HostInProcess server = serve("--calls", "2", "--calls-waiting", "1")) {
            RawClient client = RawClient.begin(server.address(), null);
            sandbox.stall(2);
            calls(client, 2, GET_TICKET);
            sandbox.awaitExchanges(2);
            List<Socket> more = calls(client, 3, CREATE_NOTE);

            awaitUntil(() -> outcomes("busy") == 2);

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
        try (HostInProcess server = serve("--calls", "4", "--calls-waiting", "100")) {
            RawClient client = RawClient.begin(server.address(), null);
            sandbox.stall(4);
            List<Socket> calls = calls(client, 80, CREATE_NOTE);
            sandbox.awaitExchanges(4);

            for (Socket call : calls) {
                call.close();
            }

            // The 76 waiting calls were abandoned, and the four running calls continue.
            awaitUntil(() -> outcomes("cancelled") == 76);
            sandbox.release();
            Socket next = client.call(900, GET_TICKET, TICKET);
            assertThat(RawClient.read(next)).contains("Checkout is down");
            assertThat(sandbox.exchanges()).hasSize(5);
        }
    }

    @Test
    void a_waiting_call_that_is_canceled_is_never_started_and_a_running_one_is_stopped() throws Exception {
        try (HostInProcess server = serve("--calls", "1")) {
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
    void a_call_that_waits_when_the_server_ends_is_never_started() throws Exception {
        HostInProcess server = serve("--calls", "1");
        Thread end = new Thread(server::close);
        RawClient client = RawClient.begin(server.address(), null);
        sandbox.stall(1);
        Socket underWay = client.call(100, GET_TICKET, TICKET);
        sandbox.awaitExchanges(1);
        Socket waits = client.call(101, CREATE_NOTE, note(101));
        String ping = Messages.request(7, "ping", "{}");
        awaitUntil(() -> RawClient.read(client.send("POST", ping)).contains("\"result\""));

        end.start();
        awaitUntil(() -> RawClient.get(server.address(), "/health").startsWith("HTTP/1.1 503"));
        // It is over before the call that runs.
        RawClient.read(waits);
        assertThat(outcomes("busy")).as("calls that waited for their turn").isZero();
        sandbox.release();

        assertThat(RawClient.read(underWay)).contains("Checkout is down");
        end.join();
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void waiting_calls_of_a_session_that_ends_are_never_started_and_those_of_others_are() throws Exception {
        try (HostInProcess server = serve("--calls", "1")) {
            RawClient client = RawClient.begin(server.address(), null);
            RawClient other = RawClient.begin(server.address(), null);
            sandbox.stall(1);
            calls(other, 1, GET_TICKET);
            sandbox.awaitExchanges(1);
            Socket waits = other.call(4, GET_TICKET, TICKET);
            List<Socket> calls = calls(client, 3, CREATE_NOTE);
            awaitUntil(() -> RawClient.read(client.send("POST", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}"))
                    .contains("\"result\""));

            awaitUntil(() -> RawClient.read(client.send("DELETE", "")).startsWith("HTTP/1.1 404"));

            // On a busy machine, the server may read a call only after the session has ended.
            int late = 0;
            for (Socket call : calls) {
                late += RawClient.read(call).startsWith("HTTP/1.1 404") ? 1 : 0;
            }
            int inTime = 3 - late;
            awaitUntil(() -> outcomes("cancelled") + outcomes("unauthenticated") == inTime);
            sandbox.release();
            assertThat(RawClient.read(waits)).contains("Checkout is down");
            assertThat(sandbox.exchanges()).hasSize(2);
        }
    }

    @Test
    void twenty_five_open_confirmations_do_not_delay_other_calls() throws Exception {
        try (HostInProcess server = serve("--calls", "4")) {
            RawClient client = RawClient.begin(server.address(), null);
            List<Socket> replies = calls(client, 25, CREATE_REPLY);
            for (Socket reply : replies) {
                awaitQuestion(reply);
            }

            String read = RawClient.read(RawClient.begin(server.address(), null).call(3, GET_TICKET, TICKET));

            // Nobody answers the questions, so none of their calls has ended yet.
            assertThat(read).contains("Checkout is down");
        }
    }

    // A client that is asked by link: its call waits until somebody decides on the page.

    private static final String REPLY = "{\"ticket_number\":4052,\"body\":\"We are on it.\"}";

    private static RawClient withLinks(HostInProcess server) throws Exception {
        return RawClient.begin(server.address(), null, "{\"elicitation\":{\"url\":{}}}");
    }

    private static Socket waitsForPage(RawClient client, int id) throws Exception {
        Socket call = client.call(id, CREATE_REPLY, REPLY);
        // A call before it may have asked, and not yet have left its place.
        while (!asks(call)) {
            call = client.call(id, CREATE_REPLY, REPLY);
        }
        return call;
    }

    @Test
    void a_call_that_waits_for_a_decision_on_the_page_ends_when_it_is_canceled() throws Exception {
        try (HostInProcess server = serve()) {
            RawClient client = withLinks(server);
            Socket waits = waitsForPage(client, 10);

            assertThat(client.cancel(10)).startsWith("HTTP/1.1 202");

            assertThat(RawClient.read(waits)).doesNotContain("\"result\"");
        }
    }

    @Test
    void calls_that_wait_for_a_decision_on_the_page_leave_room_when_their_clients_disconnect() throws Exception {
        try (HostInProcess server = serve("--calls", "1", "--calls-waiting", "0")) {
            RawClient client = withLinks(server);
            String ping = Messages.request(7, "ping", "{}");
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < HttpLimitsTest.MOST_REQUESTS; i++) {
                waiting.add(waitsForPage(client, 10 + i));
            }
            assertThat(RawClient.read(client.send("POST", ping))).startsWith("HTTP/1.1 503");

            for (Socket call : waiting) {
                call.close();
            }

            awaitUntil(() -> RawClient.read(client.send("POST", ping)).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_call_that_waits_for_a_decision_on_the_page_ends_before_calls_that_run_when_the_server_ends()
            throws Exception {
        HostInProcess server = serve();
        Thread end = new Thread(server::close);
        RawClient client = withLinks(server);
        sandbox.stall(1);
        Socket underWay = client.call(100, GET_TICKET, TICKET);
        sandbox.awaitExchanges(1);
        Socket waits = waitsForPage(client, 10);

        end.start();

        assertThat(RawClient.read(waits)).contains("waiting_for_approval");
        sandbox.release();
        assertThat(RawClient.read(underWay)).contains("Checkout is down");
        end.join();
    }

    private static void awaitQuestion(Socket socket) throws Exception {
        assertThat(asks(socket)).isTrue();
    }

    /** Reads until the question arrives; false if the call is refused because others run. */
    private static boolean asks(Socket socket) throws Exception {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("elicitation/create") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                assertThat(read).contains("\"busy\"");
                return false;
            }
            read.append((char) next);
        }
        return true;
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

    private static void awaitUntil(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            // Sleeps instead of spinning, because the server under test needs the processors.
            Thread.sleep(20);
        }
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
}
