package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A test's server fails the test at the end if a request violated the description. */
class SentRequestsTest {

    @Test
    void a_departure_fails_the_test_at_its_end() throws Exception {
        RawServer server = new RawServer(RawServer.succeeds(200));
        server.client().tickets().update(1, t -> t.subject("x"));
        server.client().tickets().update(1, t -> t.set("assigned_to", "x"));
        server.client().send("GET", "ticket", Map.of(), null);
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("assigned_to")
                .hasMessageContaining("No operation has the path /apis/v3/ticket.");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void what_is_described_and_what_is_made_up_pass() throws Exception {
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            server.client().tickets().update(1, t -> t.subject("x"));
            server.client().send("GET", "thing", Map.of(), null);
        }
    }
}
