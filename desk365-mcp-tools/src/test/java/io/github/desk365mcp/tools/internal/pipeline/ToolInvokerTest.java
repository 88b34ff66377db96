package io.github.desk365mcp.tools.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolInvokerTest {

    private static final Desk365Client DESK =
            Desk365Client.connect("acme", "a-key-of-acme").with(options -> options.timeout(Duration.ofSeconds(10)));

    @Test
    void what_a_call_has_waited_for_its_turn_is_taken_off_its_time() {
        assertThat(timeout(ToolInvoker.inTimeLeft(DESK, Duration.ofSeconds(3)))).isEqualTo(Duration.ofSeconds(7));
        assertThat(timeout(ToolInvoker.inTimeLeft(DESK, Duration.ZERO))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_call_with_hardly_any_time_left_is_not_begun() {
        assertThatThrownBy(() -> ToolInvoker.inTimeLeft(DESK, Duration.ofSeconds(6)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.outcome().code()).isEqualTo("busy"));
    }

    private static Duration timeout(Desk365Client desk) {
        List<Duration> seen = new ArrayList<>();
        desk.with(options -> {
            seen.add(options.timeout());
            return options;
        });
        return seen.get(0);
    }
}
