package io.github.desk365mcp.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.ToolResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenCallsTest {

    @Test
    void they_read_and_write_and_fail_and_are_the_same_each_time() throws Exception {
        try (TenCalls ten = TenCalls.start()) {
            List<String> first = ten.answers().stream().map(ToolResult::toJson).toList();
            List<String> again = TenCalls.CALLS.stream()
                    .map(call -> ten.tools().call(call.tool(), call.map()).toJson())
                    .toList();

            assertThat(first).hasSize(10).isEqualTo(again);
            assertThat(ten.answers().stream().map(ToolResult::errorCode))
                    .startsWith(null, null, null, null, null, null, null, null)
                    .endsWith("not_found", "invalid_arguments");
            assertThat(first.get(1)).contains("\"resource_link\"", "io.github.desk365mcp/repairs");
            assertThat(ten.answerWithNull().isError()).isFalse();
            assertThat(ten.audit().tenant()).isEqualTo("nobody");
            assertThat(ten.sandbox().violations()).isEmpty();
        }
    }
}
