package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.Ticket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads can share a client. */
@Timeout(120)
class ThreadsTest {

    private static final int THREADS = 16;
    private static final int CALLS = 200;

    @Test
    void sixteen_threads_share_a_client_and_each_gets_its_own_answers() throws Exception {
        try (RawServer server = new RawServer(ThreadsTest::echo)) {
            Desk365Client desk = server.client();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<Integer>> results = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    long first = thread * 1000L + 1;
                    Callable<Integer> work = () -> wrongAnswers(desk, first);
                    results.add(threads.submit(work));
                }
                for (Future<Integer> wrong : results) {
                    assertThat(wrong.get()).isZero();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(server.requests()).hasSize(THREADS * CALLS);
            assertThat(desk.rateLimit()).isNotNull();
        }
    }

    @Test
    void a_client_can_be_prepared_on_another_thread_while_calls_are_made_and_nothing_is_sent_for_it() throws Exception {
        try (RawServer server = new RawServer(ThreadsTest::echo)) {
            Desk365Client desk = server.client();
            Thread ahead = new Thread(desk::prepare);
            ahead.start();

            assertThat(desk.tickets().get(7).ticketNumber()).isEqualTo(7);

            ahead.join();
            desk.prepare();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void clients_of_one_address_share_connections() throws Exception {
        try (RawServer server = new RawServer(ThreadsTest::echo)) {
            server.client().tickets().get(7);
            server.client().tickets().get(8);

            assertThat(server.connections()).hasSize(1);
        }
    }

    @Test
    void certificates_are_read_for_https_only_and_once_for_all_clients() {
        HttpClients one = new HttpClients(http -> http);
        HttpClients other = new HttpClients(http -> http);

        assertThat(one.get(false).x509TrustManager()).isNull();
        assertThat(one.get(true).x509TrustManager())
                .isNotNull()
                .isSameAs(other.get(true).x509TrustManager());
        assertThat(one.get(true).socketFactory())
                .isSameAs(one.get(false).socketFactory())
                .isSameAs(other.get(true).socketFactory());
    }

    /** Responds with the number from the query and the subject from the body. */
    private static void echo(RawServer.Request request, RawServer.Connection connection) throws IOException {
        String number = Objects.requireNonNull(request.query("ticket_number"));
        Object subject = request.method().equals("PUT")
                ? JsonDocument.parse(request.text()).get("subject")
                : "read " + number;
        connection.say(
                200,
                Json.write(Map.of("ticket_number", Long.valueOf(number), "subject", String.valueOf(subject))),
                "X-Rate-Limit-Remaining: 42");
    }

    private static int wrongAnswers(Desk365Client desk, long first) {
        int wrong = 0;
        for (int i = 0; i < CALLS; i++) {
            long number = first + i;
            String subject = (i % 2 == 0 ? "read " : "write ") + number;
            Ticket ticket =
                    i % 2 == 0 ? desk.tickets().get(number) : desk.tickets().update(number, t -> t.subject(subject));
            if (ticket.ticketNumber() != number || !subject.equals(ticket.subject())) {
                wrong++;
            }
        }
        return wrong;
    }
}
