package io.github.desk365mcp.api;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is retried, and how long the waits are. Only waits advance the clock. */
@Timeout(60)
class RetryPolicyTest {

    private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};

    private final List<Duration> waits = new ArrayList<>();
    private final ManualClock clock = new ManualClock();

    private Desk365Client desk(RawServer server, UnaryOperator<RequestOptions> options) {
        return server.builder()
                .options(options)
                .time(clock, (wait, cancellation) -> {
                    waits.add(wait);
                    clock.advance(wait);
                })
                .build();
    }

    /** Returns the number of calls that the server received. */
    private int calls(String method, RawServer.Answer answer, UnaryOperator<RequestOptions> options)
            throws IOException {
        try (RawServer server = new RawServer(answer)) {
            Desk365Client desk = desk(server, options);
            assertThatThrownBy(() -> desk.send(method, "thing", Map.of(), null)).isInstanceOf(Desk365Exception.class);
            return server.requests().size();
        }
    }

    @Test
    void nothing_is_tried_again_unless_asked_for() throws IOException {
        for (String method : METHODS) {
            assertThat(calls(method, RawServer.says(503, "", "Retry-After: 0"), o -> o))
                    .isEqualTo(1);
            assertThat(calls(method, RawServer.says(429, "", "Retry-After: 0"), o -> o))
                    .isEqualTo(1);
            assertThat(calls(method, RawServer.hangsUp(), o -> o)).isEqualTo(1);
        }
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 3, 3",
        "502, 1, 3",
        "503, 1, 3",
        "504, 1, 3",
        "500, 1, 1",
        "501, 1, 1",
        "400, 1, 1",
        "401, 1, 1",
        "404, 1, 1",
        "408, 1, 1",
        "0, 1, 3"
    })
    void a_post_is_repeated_after_429_alone(int status, int posts, int others) throws IOException {
        RawServer.Answer answer = status == 0 ? RawServer.hangsUp() : RawServer.says(status, "");
        for (String method : METHODS) {
            assertThat(calls(method, answer, o -> o.retry(RetryPolicy.upTo(3))))
                    .as(method)
                    .isEqualTo(method.equals("POST") ? posts : others);
        }
    }

    @Test
    void a_listener_is_told_of_each_request_and_can_prevent_it() throws IOException {
        List<String> told = new ArrayList<>();

        assertThat(calls(
                        "PUT",
                        RawServer.says(503, ""),
                        o -> o.retry(RetryPolicy.upTo(2)).onRequest(told::add).timeout(ofSeconds(60))))
                .isEqualTo(2);
        assertThat(told).containsExactly("PUT", "PUT");
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            Desk365Client stopped = server.client()
                    .with(o -> o.onRequest(method -> {
                        throw new IllegalStateException("no " + method);
                    }));
            assertThatThrownBy(() -> stopped.tickets().get(4052))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no GET");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void listeners_are_told_in_their_order_and_none_replaces_another() throws IOException {
        List<String> told = new ArrayList<>();

        calls(
                "PUT",
                RawServer.says(503, ""),
                o -> o.onRequest(method -> told.add("first " + method))
                        .onRequest(method -> told.add("second " + method)));

        assertThat(told).containsExactly("first PUT", "second PUT");
    }

    @Test
    void a_later_attempt_can_succeed() throws IOException {
        List<Integer> statuses = new ArrayList<>(List.of(503, 0, 429, 200));
        try (RawServer server = new RawServer((request, connection) -> {
            int status = statuses.remove(0);
            (status == 0 ? RawServer.hangsUp() : RawServer.says(status, "{\"a\": 1}")).to(request, connection);
        })) {
            Desk365Client desk = desk(server, o -> o.retry(RetryPolicy.upTo(4)));
            assertThat(desk.send("PUT", "thing", Map.of(), Map.of("b", 2)).integer("a"))
                    .isEqualTo(1);
            assertThat(server.requests()).extracting(RawServer.Request::text).containsOnly("{\"b\":2}");
        }
        assertThat(waits).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "7, 7", "30, 30", "31, 30", "86400, 30"})
    void what_the_service_asks_for_is_kept_between_the_two_waits(int asked, int waited) throws IOException {
        calls(
                "POST",
                RawServer.says(429, "", "Retry-After: " + asked),
                o -> o.timeout(ofSeconds(500)).retry(RetryPolicy.upTo(2)));
        assertThat(waits).containsExactly(ofSeconds(waited));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "31, 30", "999999, 30", "99999999999, 30"})
    void so_is_what_it_asks_for_when_it_is_unavailable(String asked, int waited) throws IOException {
        calls(
                "PUT",
                RawServer.says(503, "", "Retry-After: " + asked),
                o -> o.timeout(ofSeconds(500)).retry(RetryPolicy.upTo(2)));
        assertThat(waits).containsExactly(ofSeconds(waited));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00", "-1", "soon", ""})
    void an_odd_wait_of_an_unavailable_service_is_passed_over(String asked) throws IOException {
        assertThat(calls("GET", RawServer.says(503, "", "Retry-After: " + asked), o -> o.retry(RetryPolicy.upTo(2))))
                .isEqualTo(2);
        assertThat(waits).singleElement().satisfies(wait -> assertThat(wait).isLessThanOrEqualTo(ofSeconds(1)));
    }

    @Test
    void waits_double_up_to_the_longest_and_at_most_half_is_left_out_at_random() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RetryPolicy policy = new RetryPolicy(10, ofMillis(1000), ofSeconds(20));
        TransportException failure = new TransportException("x", "y", true, null);
        for (int attempt = 1; attempt < 10; attempt++) {
            Duration full = ofMillis(Math.min(20_000, 1000L << (attempt - 1)));
            List<Duration> found = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                found.add(policy.waitAfter(attempt, Operation.Method.GET, failure, random));
            }
            assertThat(found)
                    .as("attempt %d, seed %d", attempt, seed)
                    .allMatch(wait -> wait.compareTo(full) <= 0 && wait.compareTo(full.dividedBy(2)) >= 0);
            assertThat(found.stream().distinct().count())
                    .as("spread, seed %d", seed)
                    .isGreaterThan(100);
        }
        assertThat(policy.waitAfter(10, Operation.Method.GET, failure, random)).isNull();
    }

    @Test
    void a_wait_that_would_outlast_the_timeout_is_not_begun() throws IOException {
        RawServer.Answer limited = RawServer.says(429, "", "Retry-After: 10");
        assertThat(calls("GET", limited, o -> o.timeout(ofSeconds(25)).retry(RetryPolicy.upTo(10))))
                .isEqualTo(3);
        assertThat(waits).containsExactly(ofSeconds(10), ofSeconds(10));
        waits.clear();
        assertThat(calls("GET", limited, o -> o.timeout(ofSeconds(10)).retry(RetryPolicy.upTo(10))))
                .isEqualTo(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void no_attempt_begins_with_almost_no_time_left() throws IOException {
        RawServer.Answer limited = RawServer.says(429, "", "Retry-After: 10");
        assertThat(calls("GET", limited, o -> o.timeout(ofMillis(10_400)).retry(RetryPolicy.upTo(2))))
                .isEqualTo(1);
        assertThat(waits).isEmpty();
        try (RawServer server = new RawServer(limited)) {
            Desk365Client desk = server.builder()
                    .options(o -> o.timeout(ofSeconds(20)).retry(RetryPolicy.upTo(2)))
                    .time(clock, (wait, cancellation) -> clock.advance(wait.plus(ofMillis(9_900))))
                    .build();
            assertThatThrownBy(() -> desk.send("GET", "thing", Map.of(), null)).hasMessage("GET thing: 429");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void no_figure_is_too_large() throws IOException {
        Duration endless = ofSeconds(Long.MAX_VALUE);
        assertThat(calls(
                        "GET",
                        RawServer.says(503, ""),
                        o -> o.timeout(endless).retry(new RetryPolicy(10, ofSeconds(1), endless))))
                .isEqualTo(10);
        assertThat(calls(
                        "GET",
                        RawServer.hangsUp(),
                        o -> o.timeout(endless).retry(new RetryPolicy(10, endless, endless))))
                .isEqualTo(1);
    }

    @Test
    void nothing_is_sent_after_a_cancellation() throws IOException {
        Cancellation cancellation = new Cancellation();
        try (RawServer server = new RawServer(RawServer.says(429, ""))) {
            Desk365Client desk = server.builder()
                    .options(o -> o.retry(RetryPolicy.upTo(5)).cancellation(cancellation))
                    .time(clock, (wait, same) -> cancellation.cancel())
                    .build();
            assertThatThrownBy(() -> desk.send("POST", "thing", Map.of(), null))
                    .isInstanceOfSatisfying(
                            CancelledException.class,
                            e -> assertThat(e.mayHaveArrived()).isFalse());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_cancellation_ends_a_wait_at_once() throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread other = new Thread(cancellation::cancel);
        long start = System.nanoTime();
        other.start();
        Transport.Sleeper.REAL.sleep(ofSeconds(30), cancellation);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ofSeconds(5));
        other.join();
    }

    @Test
    void an_interrupted_wait_ends_with_the_failure_before_it() throws IOException {
        try (RawServer server = new RawServer(RawServer.says(503, ""))) {
            Desk365Client desk = server.builder()
                    .options(o -> o.retry(RetryPolicy.upTo(5)))
                    .time(clock, (wait, cancellation) -> {
                        throw new InterruptedException();
                    })
                    .build();
            assertThatThrownBy(() -> desk.send("GET", "thing", Map.of(), null)).hasMessage("GET thing: 503");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void odd_figures_are_refused() {
        assertThatThrownBy(() -> RetryPolicy.upTo(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryPolicy.upTo(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(2, ofSeconds(-1), ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(2, ofSeconds(2), ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
