package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryToolTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final BoundTools tools = sandbox.bound(Unguarded.policy());

    static Stream<String> names() {
        return Catalogue.tools().stream().map(Tool::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void works_with_the_smallest_arguments(String name) {
        works(name, ToolExamples.smallest(Catalogue.get(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void works_with_the_fullest_arguments(String name) {
        works(name, ToolExamples.fullest(Catalogue.get(name)));
    }

    private static void works(String name, Map<String, Object> arguments) {
        ToolResult result = tools.call(name, arguments);

        assertThat(result.isError())
                .as("%s %s: %s", name, arguments, result.text())
                .isFalse();
        assertThat(result.meta()).as("examples need no repair").doesNotContainKey("io.github.desk365mcp/repairs");
        assertThat(sandbox.violations()).as("requests as described").isEmpty();
        ArgumentSchema output = new ArgumentSchema(Catalogue.get(name).answer().schema());
        assertThat(output.problems(Expect.answer(result))).as(result.text()).isEmpty();
        assertThat(result.text()).doesNotContain("_as_sent");
    }
}
