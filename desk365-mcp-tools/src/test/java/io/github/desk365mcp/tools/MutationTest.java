package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Schemas;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import io.github.desk365mcp.tools.internal.text.Frozen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every tool with a hundred sets of wrong arguments, a thousand in the nightly profile: each call does what was meant and says how it was read, or says what is
 * wrong; none throws, and nothing of a wrong kind is sent. {@code -Dmutations.seed=…} and {@code -Dmutations.runs=…} run others.
 */
class MutationTest {

    private static final int RUNS = Integer.getInteger("mutations.runs", 100);
    private static final long SEED = Long.getLong("mutations.seed", 365);

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools tools;

    @BeforeAll
    static void start() {
        System.out.println("Mutations with -Dmutations.seed=" + SEED);
        tools = sandbox.bound(Unguarded.policy());
    }

    static Stream<Tool> tools() {
        return Catalogue.tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void wrong_arguments_end_in_success_a_repair_or_a_clear_error(Tool tool) {
        sandbox.reset();
        Mutations mutations = new Mutations(SEED + tool.name().hashCode());
        ArgumentSchema schema = new ArgumentSchema(Schemas.object(tool.params(), true));
        List<Map<String, Object>> valid = List.of(ToolExamples.smallest(tool), ToolExamples.fullest(tool));
        for (int i = 0; i < RUNS; i++) {
            int run = i;
            Map<String, @Nullable Object> arguments = mutations.of(tool, valid.get(run % 2));
            Supplier<String> what = () -> "seed " + SEED + ", run " + run + ": " + tool.name() + " " + arguments;
            sandbox.forget();
            ToolResult result;
            try {
                result = tools.call(tool.name(), arguments);
            } catch (RuntimeException e) {
                throw new AssertionError(what.get(), e);
            }
            assertThat(sandbox.violations()).as(what).isEmpty();
            check(() -> what.get() + " " + result.text(), result);
            if (!result.isError() && !result.meta().containsKey(MetaKeys.REPAIRS)) {
                Map<String, @Nullable Object> given = new HashMap<>(arguments);
                given.values().removeIf(java.util.Objects::isNull);
                assertThat(schema.problems(Frozen.map(given))).as(what).isEmpty();
            }
        }
    }

    private static void check(Supplier<String> what, ToolResult result) {
        if (!result.isError()) {
            return;
        }
        assertThat(result.errorCode())
                .as(what)
                .isIn("invalid_arguments", "refused", "not_found", "conflict", "attachment_failed", "needs_html");
        assertThat(result.text())
                .as(what)
                .hasSizeBetween(20, 1_000)
                .doesNotContain("Exception", "\tat ", "<html", "must be string", "must be integer");
        if ("refused".equals(result.errorCode())) {
            // What only the service knows: words of the account.
            assertThat(result.text()).as(what).contains("Desk365 refused this");
        }
    }
}
