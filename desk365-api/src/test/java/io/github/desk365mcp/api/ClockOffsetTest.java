package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far the service's clock is from this machine's. */
class ClockOffsetTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T08:00:00Z"));

    private Desk365Client client(RawServer server) {
        return server.builder().time(clock, Transport.Sleeper.REAL).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | Sun, 22 Nov 2026 08:00:00 GMT | PT0S",
                "200 | Sun, 22 Nov 2026 10:00:01 GMT | PT2H1S",
                "404 | Sun, 22 Nov 2026 07:58:30 GMT | PT-1M-30S"
            })
    void it_is_told_by_the_date_of_every_answer(int status, String date, Duration offset) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(status, "{\"ticket_number\": 1}", "Date: " + date))) {
            Desk365Client desk = client(server);
            assertThat(desk.clockOffset()).isNull();

            if (status == 404) {
                assertThatThrownBy(() -> desk.tickets().get(1)).isInstanceOf(NotFoundException.class);
            } else {
                desk.tickets().get(1);
            }

            assertThat(desk.with(options -> options).clockOffset()).isEqualTo(offset);
        }
    }

    @Test
    void an_answer_without_a_date_that_can_be_read_leaves_what_was_known() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            if (request.target().endsWith("=1")) {
                connection.say(200, "{\"ticket_number\": 1}", "Date: Sun, 22 Nov 2026 08:00:05 GMT");
            } else {
                connection.say(200, "{\"ticket_number\": 2}", "Date: today");
            }
        })) {
            Desk365Client desk = client(server);
            desk.tickets().get(2);
            assertThat(desk.clockOffset()).isNull();

            desk.tickets().get(1);
            desk.tickets().get(2);

            assertThat(desk.clockOffset()).isEqualTo(Duration.ofSeconds(5));
        }
    }
}
