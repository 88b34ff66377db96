package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be meant, or cannot be known, is said. */
class NothingInSilenceTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final BoundTools tools = Desk365Tools.all().bind(sandbox.client());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import_conversations | {'ticket_number': 4052, 'conversations': []} | conversations must not be empty",
                "list_tickets | {'offset': -1} | offset must be a whole number from 0 up",
                "get_ticket | {'ticket_number': 0} | ticket_number must be a whole number from 1 up",
                "get_time_entry | {'time_entry_id': '0'} | time_entry_id must be a whole number from 1 up",
                "list_tickets | {'group': ['Network'], 'not_set': ['group']} | group is set and is also in not_set",
                "update_ticket | {'ticket_number': 4052, 'clear': []} | No field to change was given; to empty a field",
                "update_ticket | {'ticket_number': 4052, 'add_watchers': []} | No field to change was given",
                "update_ticket | {'ticket_number': 4052, 'group': null} | to empty a field, name it in clear",
                "create_contract | {'contract_name': 'A', 'company_name': 'Northwind', 'start_date': '2026-12-01',"
                        + " 'end_date': '2027-11-30', 'min_increment': 1} | min_increment needs contract_hours",
            })
    void what_cannot_be_meant_is_refused_and_not_sent(String tool, String arguments, String message) {
        ToolResult result = tools.callJson(tool, arguments.replace('\'', '"'), CallContext.none());

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains("Nothing was done").contains(message);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void all_contradictions_are_named_at_once_and_with_other_problems() {
        ToolResult result = tools.callJson(
                "list_tickets",
                "{\"group\": [\"A\"], \"type\": [\"B\"], \"not_set\": [\"group\", \"type\"], \"offset\": -1}",
                CallContext.none());

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text())
                .contains(
                        "group is set and is also in not_set; leave out one of them.",
                        "type is set and is also in not_set; leave out one of them.",
                        "offset must be a whole number from 0 up");
    }

    @Test
    void a_null_in_an_update_changes_nothing_and_says_so() {
        ToolResult result = tools.callJson(
                "update_ticket",
                "{\"ticket_number\": 4052, \"status\": \"Pending\", \"group\": null}",
                CallContext.none());

        assertThat(Expect.answer(result)).containsEntry("status", "Pending").containsEntry("group", "Applications");
        assertThat(result.meta().get(MetaKeys.REPAIRS))
                .isEqualTo(List.of("group: null changes nothing; to empty a field, name it in clear"));
    }

    @Test
    void an_answer_without_a_list_of_articles_is_not_told_as_an_empty_list() {
        sandbox.next(Fault.answer(200, Map.of(), "{}"));
        assertThat(tools.call("list_kb_articles", Map.of()).errorCode()).isEqualTo("unreadable_answer");

        sandbox.next(Fault.answer(200, Map.of(), "{\"count\": 0, \"article_titles\": []}"));
        assertThat(Expect.answer(tools.call("list_kb_articles", Map.of()))).doesNotContainKey("hint");
    }

    @Test
    void no_character_is_cut_in_two() {
        for (int letters = 0; letters < 3; letters++) {
            String text = "a".repeat(letters) + "🙋".repeat(1_000);
            sandbox.next(Fault.answer(400, Map.of(), Text.json(Map.of("message", text))));
            ToolResult refused = tools.call("list_tickets", Map.of());

            assertThat(refused.text().length()).isLessThanOrEqualTo(1_000);
            assertThat(List.of(refused.text(), Text.brief(text)))
                    .allSatisfy(cut -> assertThat(cut.codePoints()
                                    .noneMatch(point -> Character.getType(point) == Character.SURROGATE))
                            .isTrue());
        }
    }
}
