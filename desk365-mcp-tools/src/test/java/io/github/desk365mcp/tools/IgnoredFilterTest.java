package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.internal.core.FilterCheck;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The service says nothing about a filter that it ignores; the answer does. */
class IgnoredFilterTest {

    @RegisterExtension
    static final TestSandbox careless = TestSandbox.start(options -> options.ignoring(
            "status",
            "priority",
            "type",
            "group",
            "assigned_to",
            "category",
            "subcategory",
            "source",
            "contact",
            "company_name",
            "custom_fields",
            "updated_since",
            "company",
            "contract_category",
            "agent_email",
            "billable",
            "started_after",
            "started_before",
            "created_after",
            "updated_after",
            "include_inactive_contracts",
            "include_expired_contracts",
            "include_upcoming_contracts",
            "include_contact_replies",
            "include_agent_replies",
            "include_private_notes",
            "include_public_notes",
            "include_forward_messages"));

    @RegisterExtension
    static final TestSandbox careful = TestSandbox.start();

    private static BoundTools tools(TestSandbox sandbox) {
        return sandbox.bound(Unguarded.policy());
    }

    /** A tool, where its rows are, a filter, and arguments beside it. */
    static Stream<Arguments> filters() {
        return Stream.of(
                Arguments.of(LIST_TICKETS, "tickets", Map.of("status", List.of("Pending"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("priority", List.of("urgent"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("type", List.of("Question"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("group", List.of("Network"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("assigned_to", List.of("tom.becker@desk.example"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("category", List.of("Network"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("subcategory", List.of("VPN"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("source", List.of("email"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("contact_email", List.of("nora.vance@northwind.example"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("company_name", List.of("Northwind"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("not_set", List.of("category"))),
                Arguments.of(LIST_TICKETS, "tickets", Map.of("updated_since", "2026-11-10T00:00:00Z")),
                Arguments.of(
                        LIST_TICKETS, "tickets", Map.of("custom_fields", Map.of("cf_Contract Level", List.of("Gold")))),
                Arguments.of("list_all_desk_365_contacts", "contacts", Map.of("company_name", "Northwind")),
                // All of its contacts, and its contract, are on the second page of everything.
                Arguments.of("list_all_desk_365_contacts", "contacts", Map.of("company_name", "Yamada Precision 山田精密")),
                Arguments.of("list_all_desk_365_contracts", "contracts", Map.of("company_name", "Woodgrove Savings")),
                Arguments.of(
                        "list_all_desk_365_time_entries",
                        "time_entries",
                        Map.of("agent_email", "tom.becker@desk.example")),
                Arguments.of("list_all_desk_365_time_entries", "time_entries", Map.of("billable", true)),
                Arguments.of("list_all_desk_365_time_entries", "time_entries", Map.of("billable", false)),
                Arguments.of("list_all_desk_365_contracts", "contracts", Map.of("company_name", "Northwind")),
                Arguments.of("list_all_desk_365_contracts", "contracts", Map.of("include_inactive_contracts", false)),
                Arguments.of(
                        "list_all_desk_365_ticket_conversations",
                        "conversations",
                        Map.of("ticket_number", 4052, "include_contact_replies", false)),
                Arguments.of(
                        "list_all_desk_365_ticket_conversations",
                        "conversations",
                        Map.of("ticket_number", 4052, "include_private_notes", false)));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void rows_that_do_not_match_are_left_out_and_the_answer_says_so(
            String tool, String items, Map<String, Object> filter) {
        Map<String, Object> all = with(filter, "max_items", 100);
        if (tool.equals(LIST_TICKETS)) {
            all.put("ticket_count", 100);
        }
        Map<String, Object> asked = Expect.answer(tools(careful).call(tool, all));

        Map<String, Object> got = Expect.answer(tools(careless).call(tool, all));

        assertThat(asked).as("a service that filters").doesNotContainKey("notice");
        String name = filter.keySet().stream()
                .filter(key -> !key.equals("ticket_number"))
                .findFirst()
                .orElseThrow();
        assertThat(got.get("notice")).as("%s", got).asString().startsWith("Desk365 did not filter by " + name);
        assertThat(String.valueOf(got.get("notice")).contains("The total number of matches is unknown"))
                .as("%s", got)
                .isEqualTo(got.containsKey("next_offset"));
        // A page of everything has some of them.
        assertThat(Expect.list(asked.get(items))).containsAll(Expect.list(got.get(items)));
        if (!items.equals("conversations")) {
            assertThat(got).doesNotContainKey("total");
        }
    }

    @Test
    void a_count_of_everything_is_not_given_as_that_of_what_was_asked_for() {
        ToolResult count = tools(careless).call(LIST_TICKETS, Map.of("status", List.of("Pending"), "count_only", true));

        assertThat(count.errorCode()).isEqualTo("not_filtered");
        assertThat(count.text())
                .contains("did not filter by status", "no count")
                .doesNotContain("Nothing was");
        assertThat(Expect.answer(
                        tools(careful).call(LIST_TICKETS, Map.of("status", List.of("Pending"), "count_only", true))))
                .containsOnlyKeys("total");
    }

    @Test
    void contracts_that_are_listed_by_default_need_no_notice() {
        Map<String, Object> got = Expect.answer(tools(careful)
                .call(
                        "list_all_desk_365_contracts",
                        Map.of(
                                "include_inactive_contracts", true,
                                "include_expired_contracts", true,
                                "include_upcoming_contracts", true)));

        assertThat(got).doesNotContainKey("notice");
    }

    @Test
    void all_filters_that_were_ignored_are_named() {
        Map<String, Object> got = Expect.answer(tools(careless)
                .call(LIST_TICKETS, Map.of("status", List.of("Pending"), "priority", List.of("urgent"))));

        assertThat(got.get("notice")).asString().startsWith("Desk365 did not filter by status and priority: of ");
    }

    @Test
    void pages_go_on_behind_all_that_came() {
        BoundTools tools = tools(careless);
        Map<String, Object> filter = Map.of("status", List.of("Pending"));
        List<Object> found = new java.util.ArrayList<>();
        Object offset = 0;
        for (int page = 0; offset != null && page < 200; page++) {
            Map<String, Object> answer =
                    Expect.answer(tools.call(LIST_TICKETS, with(with(filter, "offset", offset), "max_items", 2)));
            found.addAll(Expect.list(answer.get("tickets")));
            offset = answer.get("next_offset");
        }

        List<Object> expected =
                Expect.list(Expect.answer(tools(careful).call(LIST_TICKETS, with(filter, "ticket_count", 100)))
                        .get("tickets"));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void custom_fields_that_were_read_to_look_at_them_stay_out_of_the_answer() {
        Map<String, Object> filter = Map.of("custom_fields", Map.of("cf_Contract Level", List.of("Gold")));

        assertThat(rows(filter)).isNotEmpty().noneMatch(row -> row.containsKey("custom_fields"));
        assertThat(rows(with(filter, "include_custom_fields", true))).allMatch(row -> row.containsKey("custom_fields"));
    }

    private static List<Map<String, Object>> rows(Map<String, Object> arguments) {
        return Expect.list(Expect.answer(tools(careful).call(LIST_TICKETS, arguments))
                        .get("tickets"))
                .stream()
                .map(Expect::map)
                .toList();
    }

    @Test
    void where_rows_do_not_tell_the_answer_says_that_too() {
        try (TestSandbox sandbox =
                TestSandbox.start(options -> options.ignoring("custom_fields", "include_custom_fields"))) {
            Map<String, Object> got = Expect.answer(tools(sandbox)
                    .call(LIST_TICKETS, Map.of("custom_fields", Map.of("cf_Contract Level", List.of("Gold")))));

            assertThat(got.get("notice"))
                    .isEqualTo("These rows do not show whether Desk365 filtered by custom_fields.");
        }
    }

    @Test
    void capitals_do_not_make_a_row_another_one() {
        assertThat(FilterCheck.isAny("Open", List.of("open"))).isTrue();
        assertThat(FilterCheck.isAny(null, List.of("--"))).isTrue();
        assertThat(FilterCheck.isAny(null, List.of("Open"))).isFalse();
        assertThat(FilterCheck.isAny(List.of("Gold", "Silver"), List.of("Silver")))
                .isTrue();
        assertThat(FilterCheck.isAny(5, List.of("5"))).isTrue();
        assertThat(FilterCheck.isAny("f\u0131nance@a.example", List.of("finance@a.example")))
                .isFalse();
    }
}
