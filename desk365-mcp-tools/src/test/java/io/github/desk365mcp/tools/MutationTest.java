package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import io.github.desk365mcp.tools.internal.core.Schemas;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import io.github.desk365mcp.tools.internal.text.Frozen;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of calls of all tools, as their schemas want them and as models get them wrong, over HTTP: each does what was
 * meant and says how it was read, or says what is wrong. None throws, sends what it then calls wrong, or writes twice.
 * {@code -Dfuzz.calls=200000} makes more calls, as the nightly profile does, and {@code -Dfuzz.seed=…} others.
 */
class MutationTest {

    private static final int CALLS = Integer.getInteger("fuzz.calls", 5_700);
    private static final long SEED = Long.getLong("fuzz.seed", 365);

    /** Calls on one helpdesk, which begins anew then. */
    private static final int ROUND = 100;

    /** What a call with any arguments may end in, while the service is well. */
    private static final List<String> ENDS = List.of(
            ErrorCodes.INVALID_ARGUMENTS,
            ErrorCodes.REFUSED,
            ErrorCodes.NOT_FOUND,
            ErrorCodes.CONFLICT,
            ErrorCodes.ATTACHMENT_FAILED,
            ErrorCodes.NEEDS_HTML);

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools tools;

    @BeforeAll
    static void start() {
        System.out.println("Calls with -Dfuzz.seed=" + SEED + ", " + CALLS + " in all");
        tools = sandbox.bound(Unguarded.policy());
    }

    static Stream<Tool> tools() {
        return Catalogue.tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void right_and_wrong_arguments_end_in_success_a_repair_or_a_clear_error(Tool tool) {
        ValidArguments right = new ValidArguments(SEED + tool.name().hashCode());
        Mutations wrong = new Mutations(SEED + tool.name().hashCode());
        ArgumentSchema schema = new ArgumentSchema(Schemas.object(tool.params(), true));
        int runs = CALLS / Catalogue.tools().size();
        for (int run = 0; run < runs; run++) {
            if (run % ROUND == 0) {
                sandbox.reset();
            }
            Map<String, Object> valid = switch (run % 4) {
                case 0 -> ToolExamples.smallest(tool);
                case 1 -> ToolExamples.fullest(tool);
                default -> right.of(tool);
            };
            boolean isRight = run % 3 == 0;
            if (run % 50 == 49) {
                refuses(wrong.nameFor(tool), valid);
            } else {
                call(tool, isRight ? new HashMap<>(valid) : wrong.of(tool, valid), isRight, schema, run);
            }
        }
    }

    private static void refuses(String name, Map<String, Object> arguments) {
        sandbox.forget();
        if (tools.definitions().stream().noneMatch(tool -> tool.name().equals(name))) {
            assertThatThrownBy(() -> tools.call(name, arguments)).isInstanceOf(UnknownToolException.class);
            assertThat(sandbox.exchanges()).isEmpty();
        }
    }

    private static void call(
            Tool tool, Map<String, @Nullable Object> arguments, boolean isRight, ArgumentSchema schema, int run) {
        Supplier<String> what = () -> "seed " + SEED + ", run " + run + ": " + tool.name() + " " + arguments;
        sandbox.forget();
        ToolResult result;
        try {
            result = tools.call(tool.name(), arguments);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what.get(), e);
        }
        Supplier<String> ended = () -> what.get() + " " + result.text();
        List<Exchange> sent = sandbox.exchanges();
        assertThat(sandbox.violations()).as(what).isEmpty();
        assertThat(AnswerSize.estimate(result.text())).as(ended).isLessThan(MOST_TOKENS);
        assertThat(sandbox.writes().size()).as(ended).isLessThanOrEqualTo(mostWrites(tool, arguments));
        if (!result.isError()) {
            Map<String, @Nullable Object> given = new HashMap<>(arguments);
            given.values().removeIf(Objects::isNull);
            if (!result.meta().containsKey(MetaKeys.REPAIRS)) {
                assertThat(schema.problems(Frozen.map(given))).as(what).isEmpty();
            }
            return;
        }
        assertThat(result.text())
                .as(ended)
                .hasSizeBetween(20, 1_000)
                .doesNotContain("Exception", "\tat ", "<html", "must be string", "must be integer");
        if (ErrorCodes.INVALID_ARGUMENTS.equals(result.errorCode())) {
            assertThat(isRight).as(ended).isFalse();
            // The client refuses half a character when it is to be sent, which may be after a ticket was read.
            assertThat(result.text().contains("half a character") ? sandbox.writes() : sent)
                    .as(ended)
                    .isEmpty();
        } else if (ErrorCodes.REFUSED.equals(result.errorCode())) {
            // What only the service knows: words of the account.
            assertThat(result.text()).as(ended).contains("Desk365 refused this");
        }
        assertThat(result.errorCode()).as(ended).isIn(ENDS);
    }

    /** The default limit of an answer, with room for what explains it. */
    private static final int MOST_TOKENS = 11_000;

    /** One, except for a call that is for several tickets or messages, or that changes the ticket afterwards. */
    private static int mostWrites(Tool tool, Map<String, @Nullable Object> arguments) {
        return switch (tool.name()) {
            case ToolNames.UPDATE_TICKETS, ToolNames.IMPORT_CONVERSATIONS -> items(arguments);
            default -> arguments.containsKey("then") ? 2 : 1;
        };
    }

    private static int items(Map<String, @Nullable Object> arguments) {
        return arguments.values().stream()
                .mapToInt(value -> value instanceof Collection<?> list ? list.size() : 1)
                .max()
                .orElse(0);
    }
}
