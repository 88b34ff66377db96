package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.ManualClock;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service's counter and the estimates based on it. */
class RateLimitTest {

    private final ManualClock clock = new ManualClock();

    private static RateLimit limit(int remaining, int limit, long resetSeconds, long observation) {
        return RateLimit.of(remaining, limit, Duration.ofSeconds(resetSeconds), observation);
    }

    private static @Nullable RateLimit after(RateLimitTracker tracker, int remaining) {
        tracker.saw(remaining);
        return tracker.current();
    }

    @Test
    void the_header_is_read_from_every_answer_that_has_it() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            if (request.target().endsWith("/ping")) {
                connection.say(200, "fine");
            } else if (request.target().endsWith("=1")) {
                connection.say(200, RawServer.record(request), "X-Rate-Limit-Remaining: 49");
            } else {
                connection.say(404, "{}", "x-rate-limit-remaining: 48");
            }
        })) {
            Desk365Client desk = server.client();
            assertThat(desk.rateLimit()).isNull();
            desk.ping();
            assertThat(desk.rateLimit()).isNull();
            desk.tickets().get(1);
            assertThat(desk.rateLimit()).isEqualTo(RateLimit.of(49, null, null, 1));
            assertThatThrownBy(() -> desk.tickets().get(2)).isInstanceOf(NotFoundException.class);
            desk.ping();
            assertThat(desk.with(o -> o).rateLimit()).isEqualTo(RateLimit.of(48, null, null, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "99999999999", "1.5"})
    void a_header_that_is_no_count_is_left_out(String header) throws IOException {
        try (RawServer server = new RawServer(RawServer.succeeds(200, "X-Rate-Limit-Remaining: " + header))) {
            Desk365Client desk = server.client();
            desk.tickets().get(1);
            assertThat(desk.rateLimit()).isNull();
        }
    }

    @Test
    void limit_and_reset_are_estimated_from_the_plan() {
        RateLimitTracker tracker = new RateLimitTracker(Plan.PLUS, clock);
        assertThat(tracker.current()).isNull();
        assertThat(after(tracker, 49)).isEqualTo(limit(49, 50, 60, 1));
        clock.advance(Duration.ofSeconds(20));
        assertThat(after(tracker, 48)).isEqualTo(limit(48, 50, 40, 2));
    }

    @Test
    void a_counter_that_rises_begins_a_window() {
        RateLimitTracker tracker = new RateLimitTracker(Plan.PREMIUM, clock);
        tracker.saw(10);
        clock.advance(Duration.ofSeconds(30));
        assertThat(after(tracker, 49)).isEqualTo(limit(49, 50, 60, 2));
    }

    @Test
    void once_the_window_is_over_the_whole_plan_is_there_again() {
        RateLimitTracker tracker = new RateLimitTracker(Plan.STANDARD, clock);
        tracker.saw(0);
        clock.advance(Duration.ofSeconds(3599));
        assertThat(tracker.current()).isEqualTo(limit(0, 100, 1, 1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(tracker.current()).isEqualTo(limit(100, 100, 0, 1));
    }

    @Test
    void a_counter_of_a_new_window_counts_though_it_did_not_rise() {
        RateLimitTracker tracker = new RateLimitTracker(Plan.PLUS, clock);
        tracker.saw(45);
        clock.advance(Duration.ofSeconds(70));
        assertThat(after(tracker, 40)).isEqualTo(limit(40, 50, 60, 2));
    }

    @Test
    void a_counter_that_says_the_same_again_is_a_new_observation() {
        RateLimitTracker tracker = new RateLimitTracker(null, clock);
        assertThat(after(tracker, 7)).isEqualTo(RateLimit.of(7, null, null, 1));
        assertThat(after(tracker, 7)).isEqualTo(RateLimit.of(7, null, null, 2));
        assertThat(tracker.current()).isEqualTo(RateLimit.of(7, null, null, 2));
    }
}
