package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One error names all that is wrong in a call, and for each value how to find a right one. */
class WrongArgumentsTest {

    private static final String AGENTS = "list_all_desk_365_agents";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    // New for each test, since they learn words from answers.
    private final BoundTools tools = sandbox.bound(Unguarded.policy());

    private static String refused(BoundTools tools, String tool, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> arguments = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        int before = sandbox.exchanges().size();
        ToolResult result = tools.call(tool, arguments);
        assertThat(result.errorCode()).as(result.text()).isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).hasSize(before);
        return result.text();
    }

    @Test
    void all_wrong_arguments_are_named_in_one_error() {
        String text = refused(
                tools,
                LIST_TICKETS,
                "priority",
                "very high",
                "assigned_to",
                "Rita",
                "updated_since",
                "2026-02-30",
                "status",
                "unresolved",
                "max_items",
                -1);

        assertThat(text)
                .startsWith("Nothing was done. ")
                .contains(
                        "priority must be a list of any of low, medium, high, urgent, not ",
                        "assigned_to must be e-mail addresses, not \"Rita\": ",
                        "updated_since must be a valid date; the nearest is 2026-02-28.",
                        "status must be the values wanted; there is no negation",
                        "max_items must be ")
                .hasSizeLessThan(1_000);
        assertThat(text.split(" must be ", -1)).hasSize(6);
    }

    @Test
    void arguments_that_cannot_be_repaired_are_named_with_the_others() {
        String text = refused(
                tools,
                UPDATE_TICKET,
                "ticket_number",
                "https://evil.example/tickets/4052",
                "assigned_to",
                "a@b.example",
                "assign_to",
                "c@d.example",
                "status",
                "",
                "priority",
                "immediate");

        assertThat(text)
                .contains(
                        "ticket_number links to another site",
                        "its alias assign_to is",
                        "status is empty, and empty values are not sent",
                        "priority must be one of low, medium, high, urgent, not \"immediate\".")
                .doesNotContain("ticket_number is missing");
        assertThat(text.split("Nothing was done", -1)).hasSize(2);
    }

    @Test
    void a_tool_whose_answer_cannot_be_cut_has_no_limit() {
        assertThat(refused(tools, "list_all_desk_365_ping", "limit", 5))
                .isEqualTo("Nothing was done. Unknown argument limit; this tool takes none.");
    }

    @Test
    void at_most_five_are_named_and_the_rest_is_counted() {
        String text = refused(
                tools,
                UPDATE_TICKET,
                "ticket_number",
                "x",
                "status",
                1.5,
                "priority",
                "a",
                "assigned_to",
                "b",
                "contact_email",
                "c",
                "add_watchers",
                "d",
                "remove_watchers",
                "e",
                "plain_text",
                "f");

        assertThat(text).endsWith(" There are 2 more problems.").hasSizeLessThanOrEqualTo(1_000);
        assertThat(text.split(" must be ", -1)).hasSize(6);
    }

    @Test
    void of_many_values_of_the_wrong_type_five_are_named_too() {
        String text = refused(
                tools,
                LIST_TICKETS,
                "priority",
                "a",
                "source",
                "b",
                "fields",
                "c",
                "ticket_count",
                "d",
                "count_only",
                "e",
                "offset",
                "f",
                "include_description",
                "g");

        assertThat(text).endsWith(" There are 2 more problems.");
        assertThat(text.split(" must be ", -1)).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assigned_to   | rita | Get assigned_to from list_all_desk_365_agents (agents[].agent_email).",
                "ticket_number | abc  | Get ticket_number from list_all_desk_365_tickets (tickets[].ticket_number).",
                "contact_email | Nora | Get contact_email from list_all_desk_365_contacts (contacts[].primary_email).",
                "add_watchers  | Tom  | Get add_watchers from list_all_desk_365_agents (agents[].agent_email).",
            })
    void an_error_names_the_tool_that_lists_right_values(String argument, String wrong, String source) {
        assertThat(refused(tools, UPDATE_TICKET, "ticket_number", 4052, "status", "Open", argument, wrong))
                .contains(argument + " must be ", source);
        BoundTools alone = sandbox.bound(Unguarded.policy(Selection.everything().tools(UPDATE_TICKET)));
        assertThat(refused(alone, UPDATE_TICKET, "ticket_number", 4052, "status", "Open", argument, wrong))
                .doesNotContain(" Get ");
    }

    @Test
    void a_group_or_category_that_the_helpdesk_refuses_is_answered_with_known_words_or_their_source() {
        for (String field : List.of("group", "category")) {
            ToolResult refused = tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, field, "Nonsense"));
            assertThat(refused.text()).contains("Get " + field + " from list_all_desk_365_tickets");
        }
        tools.call(LIST_TICKETS, Map.of());
        assertThat(tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "group", "Netwrk"))
                        .text())
                .contains("Did you mean Network?");
    }

    @ParameterizedTest
    @CsvSource({"Rita Solberg", "rita solberg", "RITA", "Solberg", "rita.solberg"})
    void an_agent_s_name_is_answered_with_the_address(String name) {
        tools.call(AGENTS, Map.of());

        assertThat(refused(tools, UPDATE_TICKET, "ticket_number", 4052, "assigned_to", name))
                .endsWith("Did you mean rita.solberg@desk.example?");
        assertThat(refused(tools, LIST_TICKETS, "assigned_to", List.of(name, "tom.becker@desk.example")))
                .contains("did you mean rita.solberg@desk.example?");
    }

    @Test
    void a_name_is_no_address_of_its_own_and_namesakes_are_both_named() {
        sandbox.next(Fault.answer(
                200,
                Map.of(),
                "{\"content\": [{\"email\": \"a.one@desk.example\", \"name\": \"Kim Lee\"},"
                        + " {\"email\": \"b.two@desk.example\", \"name\": \"Kim Roe\"}]}"));
        tools.call(AGENTS, Map.of());

        assertThat(refused(tools, UPDATE_TICKET, "ticket_number", 4052, "assigned_to", "Kim Roe"))
                .endsWith("Did you mean b.two@desk.example?");
        assertThat(refused(tools, UPDATE_TICKET, "ticket_number", 4052, "assigned_to", "kim"))
                .endsWith("Did you mean a.one@desk.example or b.two@desk.example?");
        assertThat(refused(tools, UPDATE_TICKET, "ticket_number", 4052, "assigned_to", "Lea"))
                .doesNotContain("Did you mean");
    }

    @ParameterizedTest
    @CsvSource({
        "very high, ",
        "not so low, ",
        "highest priority, ",
        "normal, ",
        "hgh, high",
        "urgnet, urgent",
        "mediun, medium",
    })
    void a_priority_is_suggested_only_for_a_slip_of_the_pen(String written, @Nullable String meant) {
        String text = refused(
                tools,
                CREATE_TICKET,
                "contact_email",
                "a@b.example",
                "subject",
                "A",
                "description",
                "B",
                "priority",
                written);

        assertThat(text).contains("priority must be one of low, medium, high, urgent, not \"" + written + "\".");
        if (meant == null) {
            assertThat(text).doesNotContain("Did you mean");
        } else {
            assertThat(text).contains("Did you mean " + meant + "?");
        }
    }

    @Test
    void a_word_of_the_host_is_suggested_only_for_a_slip_of_the_pen_too() {
        BoundTools given =
                sandbox.bound(Unguarded.policy().vocabulary(Vocabulary.none().statuses("Open", "Pending", "Closed")));

        assertThat(refused(given, UPDATE_TICKET, "ticket_number", 4052, "status", "Pending customer reply"))
                .isEqualTo("Nothing was done. status must be one of Open, Pending, Closed.");
        assertThat(refused(given, UPDATE_TICKET, "ticket_number", 4052, "status", "Pendnig"))
                .endsWith("did you mean Pending?");
    }

    @Test
    void two_equally_near_words_are_no_suggestion() {
        assertThat(Text.misspelled("cold", List.of("bold", "gold"))).isNull();
        assertThat(Text.misspelled("bolt", List.of("bold", "x".repeat(200)))).isEqualTo("bold");
        assertThat(Text.misspelled("", List.of("a"))).isNull();
        assertThat(Text.misspelled("x".repeat(200), List.of("x".repeat(200)))).isNull();
    }

    @Test
    void what_a_single_argument_lacks_is_still_said_alone() {
        assertThat(refused(tools, GET_TICKET))
                .startsWith("Nothing was done. ticket_number is missing")
                .doesNotContain("must");
    }
}
