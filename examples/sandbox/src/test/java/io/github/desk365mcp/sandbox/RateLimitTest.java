package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final ManualClock clock = new ManualClock();

    private Desk365Sandbox start(Consumer<Options> more) {
        return Desk365Sandbox.start(options -> more.accept(options.clock(clock)));
    }

    private static String remaining(Reply reply) {
        return reply.header("X-Rate-Limit-Remaining");
    }

    @Test
    void plus_allows_fifty_calls_a_minute() {
        try (Desk365Sandbox sandbox = start(options -> {})) {
            Caller caller = new Caller(sandbox);
            assertThat(remaining(caller.get("/agents"))).isEqualTo("49");
            clock.advance(Duration.ofSeconds(59));
            for (int left = 48; left >= 0; left--) {
                assertThat(remaining(caller.get("/agents"))).isEqualTo(String.valueOf(left));
            }

            Reply refused = caller.get("/agents");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().propertyNames()).containsExactly("status", "error", "message");
            assertThat(refused.header("Retry-After")).isEqualTo("absent");

            clock.advance(Duration.ofSeconds(1));
            assertThat(remaining(caller.get("/agents"))).isEqualTo("49");
        }
    }

    @Test
    void standard_allows_a_hundred_calls_an_hour() {
        try (Desk365Sandbox sandbox = start(options -> options.plan(Plan.STANDARD))) {
            Caller caller = new Caller(sandbox);
            for (int left = 99; left >= 0; left--) {
                assertThat(remaining(caller.get("/agents"))).isEqualTo(String.valueOf(left));
            }
            clock.advance(Duration.ofMinutes(59));
            assertThat(caller.get("/agents").status()).isEqualTo(429);
            clock.advance(Duration.ofMinutes(1));
            assertThat(remaining(caller.get("/agents"))).isEqualTo("99");
        }
    }

    @Test
    void a_search_counts_as_five_calls_and_an_unknown_path_as_one() {
        try (Desk365Sandbox sandbox = start(options -> {})) {
            Caller caller = new Caller(sandbox);

            assertThat(remaining(caller.get("/tickets/search", "search_query", "{\"query\":\"vpn\"}")))
                    .isEqualTo("45");
            assertThat(remaining(caller.get("/nowhere"))).isEqualTo("44");
            assertThat(remaining(caller.get("/ping"))).isEqualTo("absent");
            assertThat(remaining(new Caller(sandbox, "wrong").get("/agents"))).isEqualTo("absent");
            assertThat(remaining(caller.get("/agents"))).isEqualTo("43");
        }
    }

    @Test
    void a_call_over_the_limit_does_nothing() {
        try (Desk365Sandbox sandbox = start(options -> {})) {
            Caller caller = new Caller(sandbox);
            for (int i = 0; i < 50; i++) {
                caller.get("/agents");
            }
            assertThat(caller.post("/tickets/add_note", "{'body': 'x'}", "ticket_number", "4088")
                            .status())
                    .isEqualTo(429);

            clock.advance(Duration.ofMinutes(1));
            assertThat(caller.get("/tickets/conversations", "ticket_number", "4088")
                            .json()
                            .path("count")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void without_a_limit_there_is_no_header() {
        try (Desk365Sandbox sandbox = start(options -> options.plan(Plan.UNLIMITED))) {
            assertThat(remaining(new Caller(sandbox).get("/agents"))).isEqualTo("absent");
        }
    }

    @Test
    void a_time_to_wait_is_sent_if_it_was_set() {
        try (Desk365Sandbox sandbox = start(options -> options.retryAfter(Duration.ofSeconds(12)))) {
            Caller caller = new Caller(sandbox);
            for (int i = 0; i < 50; i++) {
                caller.get("/agents");
            }

            assertThat(caller.get("/agents").header("Retry-After")).isEqualTo("12");
        }
    }
}
