package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.tools.Accepted;
import io.github.desk365mcp.tools.ReliabilityPage;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The jar with many sessions, slow clients and large bodies. Memory and threads are measured in its process. The profile
 * {@code nightly} makes more of each.
 */
@Timeout(1_800)
class SessionLoadIT {

    private static final int CALLS = Integer.getInteger("sessions.calls", 2_000);
    private static final int IDLE = Integer.getInteger("sessions.idle", 1_000);

    private static final int WORKING = 100;

    /** The sandbox keeps the last 1,000 requests, and all are to be seen. */
    private static final int ROUND = 500;

    /** Of each kind. */
    private static final int SLOW = 15;

    /** Their tokens; the last one is of a caller with very many sessions. */
    private static final int CALLERS = 21;

    /** How many sessions of one caller the server keeps. */
    private static final int MOST = 1_000;

    /** More than what buffers take, and less than what a kept call each would. */
    private static final long ROOM = 16L << 20;

    private static final long MOST_BYTES_OF_A_SESSION = 12 << 10;

    /** The buffers of a connection. */
    private static final long MOST_BYTES_OF_A_STREAM = 160 << 10;

    private static final int LARGEST = 16 << 20;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final SortedMap<Integer, String> FIGURES = new TreeMap<>();

    private static JarServer server;
    private static ServerGauge gauge;

    private final ExecutorService threads = Executors.newFixedThreadPool(WORKING + 1);
    private final Semaphore ended = new Semaphore(0);

    @BeforeAll
    static void start() throws Exception {
        List<String> arguments = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            arguments.addAll(List.of("--token-hash", CallerAuthenticator.hash(token(caller))));
        }
        server = JarServer.start(
                sandbox, List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"), arguments.toArray(String[]::new));
        gauge = new ServerGauge(server);
    }

    @AfterAll
    static void stop() throws IOException {
        gauge.close();
        server.close();
        if (Accepted.ACCEPT) {
            ReliabilityPage.write(
                    "Many sessions over HTTP", SECTION + String.join("", FIGURES.values()) + ReliabilityPage.run());
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static String token(int caller) {
        return "the-long-token-of-caller-" + caller;
    }

    @Test
    void a_hundred_clients_of_both_eras_work_beside_slow_ones_and_nothing_grows() throws Exception {
        List<Long> tickets = sandbox.client().tickets().list(query -> query.pageSize(100)).stream()
                .limit(WORKING)
                .map(Ticket::ticketNumber)
                .toList();
        List<HttpCaller> clients = new ArrayList<>();
        for (int i = 0; i < WORKING; i++) {
            String token = token(i % (CALLERS - 1));
            clients.add(i % 2 == 0 ? HttpCaller.begin(server, token) : HttpCaller.modern(server, token));
        }
        int running = gauge.threads();
        work(clients, tickets, 0, CALLS / 4);
        long heap = gauge.heap();

        SlowClients slow = new SlowClients();
        Future<?> slowness = threads.submit(slow);
        work(clients, tickets, CALLS / 4, CALLS);
        int runningNow = gauge.threads();
        slow.finish();
        slowness.get();
        long heapNow = gauge.heap();

        assertThat(slow.answered).as("slow messages that were answered").isPositive();
        assertThat(heapNow - heap).as("bytes more than after a quarter").isLessThan(ROOM);
        // One for each request that is under way, and one for each call.
        assertThat(runningNow).isLessThanOrEqualTo(running + WORKING + 4 * SLOW + WORKING);
        figure(
                1,
                "| clients at once, half of each era | %d |%n| slow clients beside them | %d |%n| calls | %,d |%n"
                        + "| memory after a quarter of the calls, and at the end | %s and %s MB |%n"
                        + "| threads before the calls, and at the end | %d and %d |%n",
                WORKING,
                4 * SLOW,
                CALLS,
                ServerGauge.megabytes(heap),
                ServerGauge.megabytes(heapNow),
                running,
                runningNow);
    }

    private static void figure(int place, String rows, Object... values) {
        FIGURES.put(place, String.format(Locale.ROOT, rows.replace("%n", "\n"), values));
    }

    /** Every client makes calls, half of which write, and looks at each answer. */
    private void work(List<HttpCaller> clients, List<Long> tickets, int from, int until) throws Exception {
        for (int call = from; call < until; call += ROUND) {
            round(clients, tickets, call, Math.min(call + ROUND, until));
        }
    }

    private void round(List<HttpCaller> clients, List<Long> tickets, int from, int until) throws Exception {
        sandbox.forget();
        AtomicInteger notes = new AtomicInteger();
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            HttpCaller client = clients.get(i);
            long ticket = tickets.get(i);
            int first = from + i;
            work.add(() -> {
                for (int call = first; call < until; call += WORKING) {
                    boolean writes = call / WORKING % 2 == 0;
                    HttpResponse<String> answer = client.call(
                            call,
                            writes ? CREATE_NOTE : GET_TICKET,
                            "{\"ticket_number\":" + ticket + (writes ? ",\"body\":\"Note " + call + "\"}" : "}"));
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    assertThat(answer.body())
                            .contains("\"ticket_number\":" + ticket)
                            .doesNotContain("\"isError\":true");
                    notes.addAndGet(writes ? 1 : 0);
                    ended.release();
                }
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
        assertThat(sandbox.writes().size()).as("notes, each once").isEqualTo(notes.get());
    }

    /** Clients that stop within a message, send it byte by byte, do not read an answer, or only listen. */
    private final class SlowClients implements Callable<Void> {

        private final RawClient client = RawClient.begin(server.address(), token(0));
        private final byte[] message =
                Messages.call(7, GET_TICKET, "{\"ticket_number\":4052}").getBytes(UTF_8);
        private final List<Socket> silent = new ArrayList<>();
        private final List<Socket> trickling = new ArrayList<>();
        private int sent;
        private int answered;
        private volatile boolean isOver;

        SlowClients() throws IOException {
            byte[] list = Messages.request(8, "tools/list", "{}").getBytes(UTF_8);
            for (int i = 0; i < SLOW; i++) {
                silent.add(client.send("POST", new byte[] {'{'}, 1_000));
                silent.add(client.send("GET", ""));
                Socket narrow = new Socket();
                narrow.setReceiveBufferSize(1 << 10);
                silent.add(client.send(narrow, "POST", list, list.length));
                trickling.add(begin());
            }
        }

        private Socket begin() throws IOException {
            sent = 1;
            return client.send("POST", new byte[] {message[0]}, message.length);
        }

        /** Sends a byte of each message whenever the others have made some calls, so that it needs no clock. */
        @Override
        public Void call() throws Exception {
            while (true) {
                ended.acquire(10);
                for (Socket socket : trickling) {
                    socket.getOutputStream().write(message, sent, 1);
                }
                sent++;
                if (sent == message.length) {
                    for (Socket socket : trickling) {
                        assertThat(RawClient.read(socket))
                                .startsWith("HTTP/1.1 200")
                                .contains("Checkout is down");
                        answered++;
                    }
                    if (isOver) {
                        break;
                    }
                    for (int i = 0; i < SLOW; i++) {
                        trickling.set(i, begin());
                    }
                }
            }
            for (Socket socket : silent) {
                socket.close();
            }
            return null;
        }

        void finish() {
            isOver = true;
            ended.release(10 * message.length);
        }
    }

    @Test
    void idle_sessions_take_little_memory_and_no_thread_and_can_be_used_again() throws Exception {
        long heap = gauge.heap();
        int running = gauge.threads();

        List<HttpCaller> idle = begin(IDLE, CALLERS - 1, 0);
        long heapOfSessions = gauge.heap() - heap;
        List<Socket> listening = new ArrayList<>();
        for (int i = 0; i < IDLE / 5; i++) {
            listening.add(RawClient.in(
                            server.address(),
                            token(i % (CALLERS - 1)),
                            idle.get(i).session())
                    .send("GET", ""));
        }
        HttpResponse<String> first = idle.get(0).call(2, GET_TICKET, "{\"ticket_number\":4052}");
        HttpResponse<String> last = idle.get(IDLE - 1).call(2, GET_TICKET, "{\"ticket_number\":4052}");

        long session = heapOfSessions / IDLE;
        long stream = (gauge.heap() - heap - heapOfSessions) / listening.size();
        int runningNow = gauge.threads();
        assertThat(first.body()).contains("Checkout is down");
        assertThat(last.body()).contains("Checkout is down");
        assertThat(session).as("bytes of a session").isLessThan(MOST_BYTES_OF_A_SESSION);
        assertThat(stream).as("bytes of an open stream").isLessThan(MOST_BYTES_OF_A_STREAM);
        // One for each request that is under way, and a few of the pools.
        assertThat(runningNow).isLessThanOrEqualTo(running + WORKING + 20);
        for (Socket socket : listening) {
            socket.close();
        }
        figure(
                2,
                "| idle sessions, one in five with an open stream | %,d |%n| memory of a session, and of an open stream | %.1f and %.1f KB |%n"
                        + "| threads before, and with them | %d and %d |%n",
                IDLE,
                session / 1024.0,
                stream / 1024.0,
                running,
                runningNow);
    }

    /** Begins sessions of callers in turn. */
    private List<HttpCaller> begin(int many, int callers, int firstCaller) throws Exception {
        List<Future<HttpCaller>> begun = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String token = token(firstCaller + i % callers);
            begun.add(threads.submit(() -> HttpCaller.begin(server, token)));
        }
        List<HttpCaller> sessions = new ArrayList<>();
        for (Future<HttpCaller> one : begun) {
            sessions.add(one.get());
        }
        return sessions;
    }

    @Test
    void a_caller_with_too_many_sessions_loses_the_oldest_and_the_server_keeps_nothing_of_it() throws Exception {
        String name = "io.modelcontextprotocol.spec.McpStreamableServerSession";
        long before = gauge.count(name);
        HttpCaller oldest = HttpCaller.begin(server, token(CALLERS - 1));

        begin(MOST + 50, 1, CALLERS - 1);

        assertThat(gauge.count(name)).isEqualTo(before + MOST);
        assertThat(oldest.call(2, GET_TICKET, "{\"ticket_number\":4052}").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"2025-11-25, true", "2025-11-25, false", "2026-07-28, true", "2026-07-28, false"})
    void a_body_at_the_limit_is_read_and_a_larger_one_is_refused(String revision, boolean isAnnounced)
            throws Exception {
        boolean isModern = revision.startsWith("2026");
        String session = isModern ? "" : HttpCaller.begin(server, token(0)).session();
        long heap = gauge.heap();

        String fits = post(revision, session, isAnnounced, LARGEST);
        String tooLarge = post(revision, session, isAnnounced, LARGEST + 1);

        // It is read, and refused for its argument.
        assertThat(fits).containsPattern("^HTTP/1.1 200").contains("extra");
        assertThat(tooLarge)
                .startsWith("HTTP/1.1 413")
                .contains("The message is too large: a message has at most 16384 KB on this server.");
        assertThat(gauge.heap() - heap).isLessThan(ROOM);
    }

    /** Sends a message of this length, and returns the beginning of the answer. */
    private static String post(String revision, String session, boolean isAnnounced, int length) throws IOException {
        String meta = session.isEmpty()
                ? ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + revision
                        + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}"
                : "";
        String start = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"" + GET_TICKET
                + "\"" + meta + ",\"arguments\":{\"ticket_number\":4052,\"extra\":\"";
        String end = "\"}}}";
        byte[] body = (start + "x".repeat(length - start.length() - end.length()) + end).getBytes(UTF_8);
        String head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                + "Authorization: Bearer " + token(0) + "\r\n"
                + (session.isEmpty()
                        ? "MCP-Protocol-Version: " + revision + "\r\nMcp-Method: tools/call\r\nMcp-Name: " + GET_TICKET
                                + "\r\n"
                        : "Mcp-Session-Id: " + session + "\r\n")
                + (isAnnounced ? "Content-Length: " + length : "Transfer-Encoding: chunked") + "\r\n\r\n";
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
            socket.setSoTimeout(40_000);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(head.getBytes(UTF_8));
                out.write(isAnnounced ? new byte[0] : (Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
                out.write(body);
                out.write(isAnnounced ? new byte[0] : "\r\n0\r\n\r\n".getBytes(UTF_8));
            } catch (IOException e) {
                // The server has answered and closed the connection.
            }
            return new String(socket.getInputStream().readNBytes(4_000), UTF_8);
        }
    }

    private static final String SECTION = """
            `SessionLoadIT` starts the [server](../examples/mcp-server/README.md) as a process with a heap of 512 MB, on the sandbox, and
            measures memory and threads in that process. Clients of both eras of MCP work at once. Beside them, slow clients stop within a
            message, send it byte by byte, do not read their answers, or only listen. Idle sessions hold no connection, except those that
            listen. A body at the limit of 16 MB is read, and a larger one is refused with 413. Each build makes 2,000 calls and 1,000 idle
            sessions, the nightly profile 50,000 and 10,000. This run wrote the figures:

            | | |
            |---|---|
            | seed | none: nothing is random |
            """;
}
