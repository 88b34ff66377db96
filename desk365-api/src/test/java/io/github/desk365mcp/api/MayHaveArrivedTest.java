package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a write may be sent again, or its outcome must be checked first. */
@Timeout(60)
class MayHaveArrivedTest {

    private static TransportException write(Desk365Client desk) {
        return catchThrowableOfType(
                TransportException.class,
                () -> desk.send("PUT", "thing", Map.of("q", "secret"), Map.of("b", "secret")));
    }

    @Test
    void not_when_the_connection_was_refused() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        TransportException failure = write(Desk365Client.builder()
                .baseUrl(URI.create("http://127.0.0.1:" + port))
                .apiKey(RawServer.KEY)
                .build());
        assertThat(failure.mayHaveArrived()).isFalse();
        assertThat(failure).hasMessage("PUT thing: no response (connection refused); nothing was sent");
    }

    @Test
    void not_when_the_host_is_unknown() {
        TransportException failure = write(Desk365Client.builder()
                .baseUrl(URI.create("https://nobody.invalid/apis"))
                .apiKey(RawServer.KEY)
                .httpClient(http -> http.dns(host -> {
                    throw new UnknownHostException(host);
                }))
                .build());
        assertThat(failure.mayHaveArrived()).isFalse();
        assertThat(failure)
                .hasMessage("PUT thing: no response (unknown host name: check the subdomain); nothing was sent");
    }

    @Test
    void not_when_tls_failed() throws IOException {
        try (RawServer server = new RawServer(RawServer.hangsUp())) {
            TransportException failure = write(server.builder()
                    .baseUrl(URI.create("https://127.0.0.1:" + server.port()))
                    .options(o -> o.timeout(Duration.ofMillis(500)))
                    .build());
            assertThat(failure.mayHaveArrived()).isFalse();
        }
    }

    @Test
    void when_the_answer_was_lost() throws IOException {
        try (RawServer server = new RawServer(RawServer.hangsUp())) {
            TransportException failure = write(server.client());
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(failure)
                    .hasMessage("PUT thing: no response (the connection broke); it may have been carried out");
        }
    }

    @Test
    void when_the_answer_did_not_come_in_time() throws IOException {
        try (RawServer server = new RawServer(RawServer.stalls())) {
            TransportException failure = write(server.client().with(o -> o.timeout(Duration.ofMillis(200))));
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(failure).hasMessage("PUT thing: no response (timed out); it may have been carried out");
        }
    }

    @Test
    void not_when_the_thread_was_interrupted_before_a_kept_connection_was_used() throws IOException {
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            Desk365Client desk = server.client();
            desk.ping();
            Thread.currentThread().interrupt();
            TransportException failure = write(desk);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(failure).hasMessageStartingWith("PUT thing: no response (interrupted); ");
            assertThat(failure.reason()).isEqualTo("interrupted");
        }
    }

    @Test
    void when_the_connection_broke_within_the_answer() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
            connection.close();
        })) {
            assertThat(write(server.client()).mayHaveArrived()).isTrue();
        }
    }

    @Test
    void when_an_earlier_attempt_left_and_the_last_did_not() throws IOException {
        List<InetAddress> answers = new ArrayList<>(List.of(InetAddress.getByName("127.0.0.1")));
        try (RawServer server = new RawServer(RawServer.hangsUp())) {
            Desk365Client desk = server.builder()
                    .baseUrl(URI.create("http://localhost:" + server.port()))
                    .options(o -> o.retry(RetryPolicy.upTo(2)))
                    .time(Clock.systemUTC(), (wait, cancellation) -> {})
                    .httpClient(http -> http.dns(host -> {
                        if (answers.isEmpty()) {
                            throw new UnknownHostException(host);
                        }
                        return List.of(answers.remove(0));
                    }))
                    .build();
            TransportException failure = write(desk);
            assertThat(failure.getMessage()).contains("unknown host name");
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 404, true", "0, 409, true", "503, 404, true", "0, 429, true", "429, 404, false"})
    void a_refusal_does_not_hide_that_an_earlier_attempt_left(int first, int second, boolean mayHaveArrived)
            throws IOException {
        List<Integer> statuses = new ArrayList<>(List.of(first, second));
        try (RawServer server = new RawServer((request, connection) -> {
            int status = statuses.remove(0);
            (status == 0 ? RawServer.hangsUp() : RawServer.says(status, "")).to(request, connection);
        })) {
            Desk365Client desk = server.builder()
                    .options(o -> o.retry(RetryPolicy.upTo(2)))
                    .time(Clock.systemUTC(), (wait, cancellation) -> {})
                    .build();
            ApiException failure =
                    catchThrowableOfType(ApiException.class, () -> desk.send("PUT", "thing", Map.of(), Map.of("b", 1)));
            assertThat(failure.status()).isEqualTo(second);
            assertThat(failure.mayHaveArrived()).isEqualTo(mayHaveArrived);
            if (mayHaveArrived) {
                assertThat(failure).hasMessageEndingWith("; an earlier attempt may have been carried out");
            } else {
                assertThat(failure).hasMessage("PUT thing: 404");
            }
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, false", "401, false", "403, false", "404, false", "405, false", "409, false", "413, false", "414, false",
        "415, false", "422, false", "429, false", "300, true", "301, true", "302, true", "303, true", "304, true",
        "307, true", "308, true", "408, true", "421, true", "425, true", "444, true", "460, true", "499, true",
        "500, true", "502, true", "503, true", "504, true", "520, true", "599, true"
    })
    void a_refusal_did_nothing_and_a_fault_may_have(int status, boolean mayHaveArrived) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(status, ""))) {
            ApiException failure = catchThrowableOfType(
                    ApiException.class, () -> server.client().send("PUT", "thing", Map.of(), Map.of("b", 1)));
            assertThat(failure.mayHaveArrived()).isEqualTo(mayHaveArrived);
        }
    }

    @Test
    void when_cancelled_between_two_attempts() throws IOException {
        Cancellation cancellation = new Cancellation();
        try (RawServer server = new RawServer(RawServer.says(503, ""))) {
            Desk365Client desk = server.builder()
                    .options(o -> o.retry(RetryPolicy.upTo(2)).cancellation(cancellation))
                    .time(Clock.systemUTC(), (wait, same) -> cancellation.cancel())
                    .build();
            TransportException failure = write(desk);
            assertThat(failure).isInstanceOf(CancelledException.class);
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void when_a_record_without_a_name_is_said_to_conflict() throws IOException {
        Map<Boolean, Consumer<Desk365Client>> calls = Map.of(
                true, desk -> desk.tickets().reply(5, "x"),
                false, desk -> desk.companies().create("x", c -> {}));
        for (Map.Entry<Boolean, Consumer<Desk365Client>> call : calls.entrySet()) {
            try (RawServer server = new RawServer(RawServer.says(409, "{}"))) {
                ConflictException failure = catchThrowableOfType(
                        ConflictException.class, () -> call.getValue().accept(server.client()));
                assertThat(failure.mayHaveArrived()).isEqualTo(call.getKey());
            }
        }
    }
}
