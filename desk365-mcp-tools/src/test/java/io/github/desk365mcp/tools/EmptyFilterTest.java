package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmptyFilterTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @Test
    void a_filter_without_values_is_left_out_and_the_answer_says_so() {
        ToolResult result =
                sandbox.bound(Policy.of(Selection.everything())).call(LIST_TICKETS, Map.of("status", List.of()));

        assertThat(result.isError()).isFalse();
        assertThat(result.text()).contains("status was ignored: it is empty");
        assertThat(sandbox.exchanges().get(0).query()).doesNotContainKey("filters");
    }
}
