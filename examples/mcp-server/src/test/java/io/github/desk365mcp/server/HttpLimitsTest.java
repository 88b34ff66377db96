package io.github.desk365mcp.server;

import static io.github.desk365mcp.server.HttpServerTest.TOKEN;
import static io.github.desk365mcp.server.HttpServerTest.awaitUntil;
import static io.github.desk365mcp.server.HttpServerTest.padded;
import static io.github.desk365mcp.server.HttpServerTest.serve;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limits of the server over HTTP: requests at once, memory of messages, and sessions of a caller. */
@Timeout(60)
class HttpLimitsTest {

    private static final String TICKET = "{\"ticket_number\":4052}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    /** How many requests run at once on a server with one call: the call, and the short requests. */
    static final int MOST_REQUESTS = 65;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private HostInProcess server;

    @BeforeEach
    void start() {
        server = serve(sandbox, Readiness.always());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient begin() throws IOException {
        return RawClient.begin(server.address(), TOKEN);
    }

    private static String post(RawClient client, String body) throws IOException {
        return RawClient.read(client.send("POST", body));
    }

    /**
     * Messages that do not end, and of which a further byte arrives now and then, so that the server waits for them. A message
     * that was refused is sent again: a request that came before it may have taken its place.
     */
    private final class Unfinished implements AutoCloseable {

        /** One alone may not hold all places. */
        private final List<RawClient> clients = new ArrayList<>();

        private final int length;
        private final List<Socket> sockets = new ArrayList<>();

        Unfinished(int length) throws IOException {
            for (int i = 0; i < HttpServerTest.OTHERS; i++) {
                clients.add(RawClient.begin(server.address(), HttpServerTest.other(i)));
            }
            this.length = length;
        }

        void begin(int many) throws IOException {
            for (int i = 0; i < many; i++) {
                sockets.add(begun(sockets.size()));
            }
        }

        private Socket begun(int number) throws IOException {
            return clients.get(number % clients.size()).send("POST", new byte[] {'{'}, length);
        }

        void awaitUntil(Callable<Boolean> condition) throws Exception {
            HttpServerTest.awaitUntil(() -> {
                for (int i = 0; i < sockets.size(); i++) {
                    Socket socket = sockets.get(i);
                    if (socket.getInputStream().available() > 0) {
                        socket.close();
                        sockets.set(i, begun(i));
                    } else {
                        socket.getOutputStream().write(' ');
                    }
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

    @Test
    void as_many_requests_as_the_server_can_run_are_taken_and_one_more_is_refused() throws Exception {
        RawClient client = begin();
        for (int i = 0; i < MOST_REQUESTS + 1; i++) {
            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
        }
        try (Unfinished others = new Unfinished(100_000)) {
            others.begin(MOST_REQUESTS - 1);
            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
            others.begin(1);
            others.awaitUntil(() -> post(client, PING).startsWith("HTTP/1.1 503"));

            assertThat(post(client, PING))
                    .contains("Retry-After: 1", "This server is busy, and nothing was done.", "-32603");
            assertThat(RawClient.get(server.address(), "/approvals/")).startsWith("HTTP/1.1 200");
        }
        awaitUntil(() -> post(client, PING).startsWith("HTTP/1.1 200"));
    }

    @Test
    void one_caller_with_slow_messages_keeps_nobody_else_out() throws Exception {
        RawClient client = begin();
        RawClient slow = RawClient.begin(server.address(), HttpServerTest.other(0));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_REQUESTS; i++) {
                sockets.add(slow.send("POST", new byte[] {'{'}, 100_000));
            }
            // Its further ones are refused at once.
            awaitUntil(() -> sockets.get(MOST_REQUESTS - 1).getInputStream().available() > 0);

            assertThat(RawClient.refusal(sockets.get(MOST_REQUESTS - 1))).startsWith("HTTP/1.1 503");
            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void a_stream_that_only_listens_is_not_silent_so_that_a_client_that_has_gone_is_noticed() throws Exception {
        try (Socket stream = begin().send("GET", "")) {
            StringBuilder read = new StringBuilder();
            while (read.indexOf(":\n\n") < 0) {
                read.append((char) stream.getInputStream().read());
            }

            assertThat(read.toString()).startsWith("HTTP/1.1 200").contains("text/event-stream");
        }
    }

    @Test
    void slow_visitors_of_the_approval_page_do_not_keep_callers_out() throws Exception {
        for (int i = 0; i < 33; i++) {
            assertThat(RawClient.get(server.address(), "/approvals/")).startsWith("HTTP/1.1 200");
        }
        List<Socket> slow = new ArrayList<>();
        try {
            for (int visitor = 0; visitor < 80; visitor++) {
                slow.add(signsIn());
            }

            assertThat(RawClient.get(server.address(), "/approvals/")).startsWith("HTTP/1.1 200");
            assertThat(RawClient.read(begin().call(2, GET_TICKET, TICKET))).contains("Checkout is down");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void a_token_that_does_not_arrive_in_time_is_refused_although_more_of_it_comes() throws Exception {
        try (Socket visitor = signsIn()) {
            awaitUntil(() -> {
                boolean isAnswered = visitor.getInputStream().available() > 0;
                // A byte that comes after the answer could make the answer unreadable.
                visitor.getOutputStream().write(isAnswered ? new byte[0] : new byte[] {'x'});
                return isAnswered;
            });

            assertThat(new BufferedReader(new InputStreamReader(visitor.getInputStream(), US_ASCII)).readLine())
                    .startsWith("HTTP/1.1 403");
        }
    }

    /** Begins to send a token, and does not end. */
    private Socket signsIn() throws IOException {
        Socket socket = new Socket(
                InetAddress.getByName("127.0.0.1"), URI.create(server.address()).getPort());
        socket.getOutputStream()
                .write(("POST /approvals/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8000\r\n"
                                + "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\ntoken")
                        .getBytes(US_ASCII));
        return socket;
    }

    @Test
    void large_messages_wait_for_no_memory_that_others_have_and_give_back_what_they_had() throws Exception {
        RawClient client = begin();
        int large = 15 << 20;
        int fit = (int) (Runtime.getRuntime().maxMemory() / 16 / large);
        // More than fit at once, one after another.
        for (int i = 0; i <= fit; i++) {
            assertThat(RawClient.refusal(client.send("POST", new byte[] {0}, large)))
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(post(
                        client,
                        padded("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":{\"y\":1}}", large)))
                .startsWith("HTTP/1.1 200");
        try (Unfinished others = new Unfinished(large)) {
            others.begin(fit - 1);
            assertThat(RawClient.refusal(client.send("POST", new byte[] {0}, large)))
                    .startsWith("HTTP/1.1 400");
            others.begin(1);
            others.awaitUntil(() -> RawClient.refusal(client.send("POST", new byte[] {0}, large))
                    .startsWith("HTTP/1.1 503"));

            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_caller_with_too_many_sessions_loses_those_that_were_not_used_for_longest() throws Exception {
        RawClient oldest = begin();
        List<RawClient> unused = List.of(RawClient.begin(server.address(), TOKEN, RawClient.CARDS), begin());
        List<Socket> streams = new ArrayList<>();
        for (RawClient client : unused) {
            Socket stream = client.send("GET", "");
            // The response has begun, so the session is not used later than this.
            assertThat(stream.getInputStream().read()).isEqualTo('H');
            streams.add(stream);
        }
        RawClient kept = begin();
        for (int i = 5; i < 1_000; i++) {
            assertThat(post(oldest.withoutSession(), Messages.INITIALIZE)).startsWith("HTTP/1.1 200");
        }
        assertThat(post(oldest, PING)).startsWith("HTTP/1.1 200");

        RawClient ended = begin();
        assertThat(RawClient.read(ended.send("DELETE", ""))).startsWith("HTTP/1.1 200");

        List<RawClient> newest = List.of(begin(), begin(), begin());

        for (Socket stream : streams) {
            // It ends, because the session itself has ended.
            RawClient.read(stream);
        }
        for (RawClient client : unused) {
            assertThat(post(client, PING)).startsWith("HTTP/1.1 404");
        }
        for (RawClient client : List.of(oldest, kept, newest.get(0), newest.get(1))) {
            assertThat(post(client, PING)).startsWith("HTTP/1.1 200");
        }
    }
}
