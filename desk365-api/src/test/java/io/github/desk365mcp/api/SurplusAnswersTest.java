package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection with an extra response is not used again, so no response is taken for that to another request. */
@Timeout(60)
class SurplusAnswersTest {

    private static final String SURPLUS = raw("{\"ticket_number\": 8906, \"subject\": \"the surplus\"}");

    private static String raw(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String own(RawServer.Request request) {
        return "{\"ticket_number\": " + request.query("ticket_number") + ", \"subject\": \"the own\"}";
    }

    @Test
    void that_came_in_one_piece_with_the_one_before_it() throws IOException {
        AtomicBoolean first = new AtomicBoolean(true);
        try (RawServer server = new RawServer(
                (request, connection) -> connection.say(raw(own(request)) + (first.getAndSet(false) ? SURPLUS : "")))) {
            Desk365Client desk = server.client();
            desk.tickets().get(1);

            // The extra response is in a buffer that cannot be inspected before the request is sent.
            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> desk.tickets().update(8906, t -> t.status("Open")));
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(desk.tickets().get(8906).subject()).isEqualTo("the own");
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void that_came_while_the_connection_was_idle() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch surplus = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say(raw(own(request)));
            if (first.getAndSet(false)) {
                await(answered);
                connection.say(SURPLUS);
                surplus.countDown();
            }
        })) {
            Desk365Client desk = server.client();
            desk.tickets().get(1);
            answered.countDown();
            surplus.await();

            assertThat(desk.tickets().update(8906, t -> t.status("Open")).subject())
                    .isEqualTo("the own");
            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).hasSize(2);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
