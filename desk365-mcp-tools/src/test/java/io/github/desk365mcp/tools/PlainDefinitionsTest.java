package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Vocabulary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Definitions have no keyword that a model API refuses; what it said is in words, and is checked here. */
class PlainDefinitionsTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @ParameterizedTest
    @EnumSource(Profile.class)
    void no_definition_has_a_format_or_an_enum_of_numbers(Profile profile) {
        Policy policy = Policy.of(Selection.everything());
        for (Policy one : List.of(policy, policy.vocabulary(Vocabulary.none().statuses("Open", "Closed")))) {
            List<ToolDefinition> definitions = Desk365Tools.with(one).definitions();
            assertThat(definitions).hasSizeGreaterThan(40);
            definitions.forEach(definition -> check(definition.name(), definition.toMap(profile)));
        }
    }

    private static void check(String where, Object part) {
        if (part instanceof List<?> items) {
            items.forEach(item -> check(where, item == null ? "" : item));
        } else if (part instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> {
                boolean isKeyword = fields.containsKey("type") && !fields.containsKey("properties");
                assertThat(isKeyword && name.equals("format"))
                        .as(where + ": " + fields)
                        .isFalse();
                if (name.equals("enum") && value instanceof List<?> words) {
                    assertThat(words).as(where).noneMatch(Number.class::isInstance);
                }
                check(where + "." + name, value == null ? "" : value);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list_all_desk_365_tickets      | ticket_count       | 40          | one of 30, 50, 100, not 40",
                "list_all_desk_365_tickets      | ticket_count       | many        | one of 30, 50, 100, not",
                "list_all_desk_365_time_entries | time_entries_count | 31          | one of 30, 50, 100, not 31",
                "list_all_desk_365_tickets      | updated_since      | soon        | a time such as 2026-11-22T08:00:00Z",
                "create_a_desk_365_contract     | start_date         | someday     | a date such as 2026-11-22",
                "create_a_desk_365_contract     | end_date           | 2026-02-30  | a valid date; the nearest is 2026-02-28"
            })
    void the_check_stays(String tool, String argument, String value, String message) {
        Map<String, Object> arguments = ToolExamples.with(
                ToolExamples.smallest(io.github.desk365mcp.tools.internal.catalogue.Catalogue.get(tool)),
                argument,
                value.matches("\\d{1,3}") ? (Object) Integer.valueOf(value) : value);

        ToolResult result = sandbox.bound(Unguarded.policy()).call(tool, arguments);

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains(argument + " must be " + message);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_size_of_a_page_is_read_in_its_usual_forms() {
        for (Object size : new Object[] {50, 50.0, "50"}) {
            assertThat(sandbox.bound(Unguarded.policy())
                            .call(LIST_TICKETS, Map.of("ticket_count", size))
                            .isError())
                    .isFalse();
        }
    }
}
