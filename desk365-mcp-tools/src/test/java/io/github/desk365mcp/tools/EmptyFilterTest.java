package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmptyFilterTest {

    @Test
    void a_filter_without_values_is_left_out_and_the_answer_says_so() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            ToolResult result = Desk365Tools.all()
                    .bind(Desk365Client.builder()
                            .baseUrl(sandbox.baseUrl())
                            .apiKey(sandbox.apiKey())
                            .build())
                    .call("list_all_desk_365_tickets", Map.of("status", List.of()));

            assertThat(result.isError()).isFalse();
            assertThat(result.text()).contains("status was ignored: it is empty");
            assertThat(sandbox.exchanges().get(0).query()).doesNotContainKey("filters");
        }
    }
}
