package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryToolTest {

    private static Desk365Sandbox sandbox;
    private static BoundTools tools;

    @BeforeAll
    static void start() {
        sandbox = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).contractsEnabled(true));
        tools = Desk365Tools.with(Unguarded.policy())
                .bind(Desk365Client.builder()
                        .baseUrl(sandbox.baseUrl())
                        .apiKey(sandbox.apiKey())
                        .build());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        sandbox.reset();
        sandbox.forget();
    }

    static Stream<String> names() {
        return Catalogue.tools().stream().map(Tool::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void works_with_the_smallest_arguments(String name) {
        works(name, ToolExamples.smallest(tool(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void works_with_the_fullest_arguments(String name) {
        works(name, ToolExamples.fullest(tool(name)));
    }

    private static void works(String name, Map<String, Object> arguments) {
        ToolResult result = tools.call(name, arguments);

        assertThat(result.isError())
                .as("%s %s: %s", name, arguments, result.text())
                .isFalse();
        assertThat(result.meta()).as("examples need no repair").doesNotContainKey("io.github.desk365mcp/repairs");
        assertThat(sandbox.violations()).as("requests as described").isEmpty();
        ArgumentSchema output = new ArgumentSchema(tool(name).answer().schema());
        assertThat(output.problems(Expect.answer(result))).as(result.text()).isEmpty();
        assertThat(result.text()).doesNotContain("_as_sent");
    }

    private static Tool tool(String name) {
        return Catalogue.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
