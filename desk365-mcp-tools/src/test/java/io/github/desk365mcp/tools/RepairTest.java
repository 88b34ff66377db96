package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final BoundTools tools = sandbox.bound(Unguarded.policy());

    @Test
    void a_ticket_number_may_come_as_the_replaced_product_called_it_and_as_text() {
        ToolResult result = call(GET_TICKET, "id", "#4052");

        assertThat(result.structuredContent()).containsEntry("ticket_number", 4052);
        assertThat(repairs(result)).containsExactly("id was read as ticket_number", "ticket_number was read as 4052");
    }

    @Test
    void a_pasted_link_to_a_ticket_is_its_number() {
        String link = sandbox.baseUrl()
                .resolve("/app/tickets/ticketdetails?view=indVw&tktNum=4052")
                .toString();

        assertThat(call(GET_TICKET, "ticket_number", link).structuredContent()).containsEntry("ticket_number", 4052);
    }

    @Test
    void a_link_to_another_helpdesk_is_refused_before_it_opens_a_wrong_ticket() {
        BoundTools acme = Desk365Tools.all().bind(Desk365Client.connect("acme", "a-test-key"));

        ToolResult result = acme.call(GET_TICKET, Map.of("ticket_number", "https://other.desk365.io/app/tickets/4052"));

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains("another helpdesk").contains("acme.desk365.io");
    }

    @Test
    void the_api_s_own_names_are_taken() {
        ToolResult result = call(
                CREATE_TICKET,
                "email",
                "nora.vance@northwind.example",
                "subject",
                "Till",
                "description",
                "Stuck",
                "assign_to",
                "rita.solberg@desk.example",
                "category",
                "Network",
                "sub_category",
                "VPN");

        assertThat(result.structuredContent()).containsEntry("assigned_to", "rita.solberg@desk.example");
        assertThat(last().text()).contains("\"sub_category\":\"VPN\"");
    }

    @Test
    void an_alias_that_contradicts_the_argument_is_refused_and_one_that_agrees_is_not() {
        assertThat(call(GET_TICKET, "ticket_number", 4052, "id", "4051").text())
                .isEqualTo("Nothing was done. ticket_number is 4052, but its alias id is \"4051\"; give only one"
                        + " of them.");
        assertThat(call(GET_TICKET, "ticket_number", 4052, "id", "#4052").isError())
                .isFalse();
        assertThat(call(GET_TICKET, "ticket_number", null, "id", 4052).isError())
                .isFalse();
    }

    @Test
    void names_in_other_spellings_are_taken() {
        assertThat(call(GET_TICKET, "ticketNumber", 4052).isError()).isFalse();
    }

    @Test
    void filters_as_the_api_has_them_are_opened() {
        String filters = "{\"status\":[\"open\"],\"priority\":[\"20\",\"10\"],\"assigned_to\":[\"--\"],"
                + "\"contact\":\"nora.vance@northwind.example\",\"include_merged\":0}";

        ToolResult result = call(LIST_TICKETS, "filters", filters);

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(lastFilters())
                .contains("\"priority\":[\"20\",\"10\"]")
                .contains("\"assigned_to\":[\"--\"]")
                .contains("\"contact\":[\"nora.vance@northwind.example\"]")
                .contains("\"include_merged\"");
        assertThat(result.text()).contains("assigned_to [\\\"--\\\"] was read as not_set");
    }

    @Test
    void an_object_that_uploads_have_around_a_ticket_is_opened() {
        ToolResult result = call(
                "desk_365_ticket_notes_create_with_attachment",
                "ticket_number",
                4052,
                "note_object",
                "{\"body\":\"For us\",\"private_note\":1}",
                "attachments",
                "[{\"reference\":\"data:text/plain;base64,aGVsbG8=\",\"file_name\":\"note.txt\"}]");

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(result.structuredContent()).containsEntry("visibility", "internal");
    }

    @Test
    void lists_come_with_commas_as_text_or_as_they_are() {
        for (Object written : new Object[] {"Open, Pending", "[\"Open\",\"Pending\"]", List.of("Open", "Pending")}) {
            call(LIST_TICKETS, "status", written);
            assertThat(lastFilters()).contains("\"status\":[\"Open\",\"Pending\"]");
        }
        call(UPDATE_TICKET, "ticket_number", List.of(4052), "status", List.of("Pending"));
        assertThat(last().text()).contains("\"status\":\"Pending\"");
    }

    /** Gives the text to each argument of a type. */
    private static void assertRefused(String type, String text) {
        for (Tool tool : Catalogue.tools()) {
            for (Param<?> param : tool.params()) {
                if (type.equals(param.type().schema().get("type"))) {
                    Map<String, Object> arguments = new HashMap<>(ToolExamples.smallest(tool));
                    arguments.put(param.name(), text);

                    ToolResult result = tools.call(tool.name(), arguments);

                    assertThat(result.errorCode())
                            .as(tool.name() + " " + param.name() + ": " + result.text())
                            .isEqualTo("invalid_arguments");
                    assertThat(result.text()).contains(param.name());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"Open\"],\"x\":1",
                "[\"Open\"],\"v\":[\"Closed\"]",
                "[\"Open\"]} {",
                "[\"Open\"]]",
                "[\"Open\"] and more",
                "[\"Open\"],[\"Closed\"]",
                "[\"Open\"",
                "[\"Open\",]",
                "['Open']",
                "[Open]",
                " [\"Open\"] //",
                "[{\"a\":1,\"a\":2}]"
            })
    void a_list_in_a_text_has_nothing_behind_it_and_no_name_twice(String text) {
        assertRefused("array", text);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cf_Site Name\":\"Oslo\"},\"x\":1",
                "{\"cf_Site Name\":\"Oslo\"},\"v\":{}",
                "{\"cf_Site Name\":\"Oslo\"}}",
                "{\"cf_Site Name\":\"Oslo\",\"cf_Site Name\":\"Turin\"}",
                "{\"cf_Site Name\":\"Oslo\"} then",
                "{\"cf_Site Name\":\"Oslo\""
            })
    void an_object_in_a_text_has_nothing_behind_it_and_no_name_twice(String text) {
        assertRefused("object", text);
        assertThat(call(LIST_TICKETS, "filters", text).errorCode()).isEqualTo("invalid_arguments");
        assertThat(call(LIST_TICKETS, "custom_fields", Map.of("cf_Site Name", "[\"Oslo\"],\"x\":1"))
                        .errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void arguments_as_json_with_a_name_twice_are_refused() {
        ToolResult result = tools.callJson(
                UPDATE_TICKET,
                "{\"ticket_number\":4052,\"status\":\"Open\",\"status\":\"Closed\"}",
                CallContext.none());

        assertThat(result.text())
                .isEqualTo("Nothing was done. The arguments must be a JSON object. The key status occurs twice in one"
                        + " object.");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void an_item_of_a_list_and_a_known_word_may_have_commas() {
        call(LIST_TICKETS, "status", List.of("Waiting, parts", "Open", " "));
        assertThat(lastFilters()).contains("\"status\":[\"Waiting, parts\",\"Open\"]");

        BoundTools given =
                sandbox.bound(Unguarded.policy().vocabulary(Vocabulary.none().statuses("Open", "Waiting, parts")));
        given.call(LIST_TICKETS, Map.of("status", "waiting, Parts"));
        assertThat(lastFilters()).contains("\"status\":[\"Waiting, parts\"]");
    }

    @Test
    void a_company_with_a_comma_in_its_name_stays_one() {
        call(LIST_TICKETS, "company_name", "Vance, Inc.");

        assertThat(lastFilters()).contains("\"company_name\":[\"Vance, Inc.\"]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {5.7, 1e19, -5.5})
    void a_number_between_two_codes_is_none(double number) {
        ToolResult result = call(LIST_TICKETS, "priority", List.of(number));

        assertThat(result.errorCode()).as(result.text()).isEqualTo("invalid_arguments");
        Desk365Client desk = Desk365Client.fake(
                (operation, query, body) -> Map.of("ticket_number", 4052, "subject", "Till", "priority", number));
        assertThat(Desk365Tools.with(Unguarded.policy())
                        .bind(desk)
                        .call(GET_TICKET, Map.of("ticket_number", 4052))
                        .structuredContent())
                .containsEntry("priority", String.valueOf(number));
    }

    @Test
    void words_and_codes_are_taken_for_each_other() {
        call(LIST_TICKETS, "priority", "High", "source", List.of("7", "Web Form"), "include_description", "yes");

        assertThat(lastFilters()).contains("\"priority\":[\"10\"]").contains("\"source\":[\"7\",\"12\"]");
        assertThat(last().query().get("include_description")).containsExactly("1");
        call(LIST_TICKETS, "priority", List.of("10", 20));
        assertThat(lastFilters()).contains("\"priority\":[\"10\",\"20\"]");
    }

    @Test
    void a_time_without_a_zone_is_said_in_the_answer_and_one_with_a_zone_is_not() {
        ToolResult bare = call(LIST_TICKETS, "updated_since", "2026-11-01T10:30");
        ToolResult zoned = call(LIST_TICKETS, "updated_since", "2026-11-01T10:30:00+01:00");

        assertThat(String.valueOf(Expect.answer(bare).get("repaired"))).contains("without a zone, a time is UTC");
        assertThat(zoned.structuredContent()).doesNotContainKey("repaired");
        assertThat(last().query().get("updated_since")).containsExactly("2026-11-01 09:30:00");
    }

    @Test
    void a_limit_is_the_nearest_page_that_there_is() {
        ToolResult result = call(LIST_TICKETS, "limit", "50", "next_cursor", "30");

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(last().query().get("ticket_count")).containsExactly("50");
        assertThat(last().query().get("offset")).containsExactly("30");
        assertThat(call("list_all_desk_365_contacts", "limit", 40).isError()).isFalse();
        assertThat(call(LIST_TICKETS, "limit", "many").text()).contains("limit must be a whole number above 0");
    }

    @Test
    void a_mistake_under_an_alias_is_told_under_both_names() {
        assertThat(call(LIST_TICKETS, "next_cursor", "abc").text())
                .contains("offset (given as next_cursor) must be a whole number, not \"abc\"");
    }

    @Test
    void null_in_an_update_changes_nothing_and_says_how_to_empty_a_field() {
        ToolResult result = call(UPDATE_TICKET, "ticket_number", 4052, "status", "Pending", "category", null);

        assertThat(String.valueOf(Expect.answer(result).get("repaired")))
                .contains("category: null changes nothing; to empty a field, name it in clear");
        assertThat(last().text()).doesNotContain("category");
    }

    @Test
    void a_client_that_fills_in_null_everywhere_is_told_nothing() {
        Map<String, @Nullable Object> all = new HashMap<>();
        Catalogue.tools().stream()
                .filter(tool -> tool.name().equals(UPDATE_TICKET))
                .forEach(tool -> tool.params().forEach(param -> all.put(param.name(), null)));
        all.put("ticket_number", 4052);
        all.put("status", "Pending");

        assertThat(tools.call(UPDATE_TICKET, all).structuredContent()).doesNotContainKey("repaired");
    }

    @Test
    void the_api_s_mark_of_an_empty_field_clears_it_and_an_empty_text_is_refused() {
        ToolResult cleared = call(UPDATE_TICKET, "ticket_number", 4052, "assigned_to", "--");

        assertThat(cleared.isError()).as(cleared.text()).isFalse();
        assertThat(cleared.structuredContent()).doesNotContainKey("assigned_to");
        assertThat(call(UPDATE_TICKET, "ticket_number", 4052, "group", "").text())
                .contains("group is empty. To clear the field, set clear to [\"group\"]");
    }

    @Test
    void the_reports_word_for_an_empty_field_finds_such_tickets_and_is_refused_as_a_new_value() {
        sandbox.client().tickets().update(4052, ticket -> ticket.clearGroup());
        ToolResult report = call("desk_365_tickets_report", "group_by", List.of("group"));
        assertThat(String.valueOf(Expect.answer(report).get("rows"))).contains("[(none), 1,");

        for (Object none : List.of("(none)", List.of("(none)"), "(NONE)", List.of(" (None)"))) {
            ToolResult list = call(LIST_TICKETS, "group", none, "count_only", true);
            assertThat(list.structuredContent()).as(list.text()).containsEntry("total", 1L);
            assertThat(list.text()).contains("was read as not_set");
        }
        assertThat(Expect.map(Expect.answer(call("desk_365_tickets_report", "group", "(none)"))
                        .get("all")))
                .containsEntry("tickets", 1);
        assertThat(call(LIST_TICKETS, "assigned_to", "(none)", "count_only", true)
                        .text())
                .contains("was read as not_set");

        ToolResult update = call(UPDATE_TICKET, "ticket_number", 4053, "group", "(none)");
        assertThat(update.errorCode()).isEqualTo("invalid_arguments");
        assertThat(update.text())
                .contains("group is \"(none)\", which stands for an empty field. To clear the field, set clear to"
                        + " [\"group\"]");
    }

    @Test
    void the_reports_word_for_an_empty_field_is_the_api_s_mark_in_filters_and_among_other_words() {
        sandbox.client().tickets().update(4052, ticket -> ticket.clearGroup());

        for (String tool : List.of(LIST_TICKETS, "desk_365_tickets_report")) {
            for (String field : List.of("company_name", "group")) {
                List<String> marked = field.equals("group") ? List.of("--", "Network") : List.of("--");
                List<String> copied = field.equals("group") ? List.of("(none)", "Network") : List.of("(none)");
                boolean isList = tool.equals(LIST_TICKETS);
                Map<String, Object> counted = isList ? Map.of("count_only", true) : Map.of();

                Map<String, Object> byMark = Expect.answer(tools.call(tool, with(counted, field, marked)));
                ToolResult byCopy = tools.call(tool, with(counted, field, copied));

                assertThat(Expect.answer(byCopy).get(isList ? "total" : "all"))
                        .isEqualTo(byMark.get(isList ? "total" : "all"));
                assertThat(Expect.answer(byCopy))
                        .extractingByKey("repaired")
                        .asString()
                        .contains(field + " was read as [\"--\"");
            }
        }
    }

    private static Map<String, Object> with(Map<String, Object> arguments, String name, Object value) {
        Map<String, Object> more = new HashMap<>(arguments);
        more.put(name, value);
        return more;
    }

    @Test
    void changes_of_watchers_come_as_the_api_has_them_and_a_bare_list_is_refused() {
        ToolResult result = call(
                UPDATE_TICKET,
                "ticket_number",
                4052,
                "watchers",
                "{\"add\":[\"tom.becker@desk.example\"],\"remove\":[]}");

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(last().text()).contains("\"add\":[\"tom.becker@desk.example\"]");
        assertThat(call(UPDATE_TICKET, "ticket_number", 4052, "watchers", List.of("a@desk.example"))
                        .text())
                .contains("add_watchers")
                .contains("remove_watchers");
    }

    @Test
    void the_title_of_an_article_names_it_and_beside_a_name_renames_it() {
        assertThat(call("get_single_desk_365_kb_article_by_id", "article_title", "Reset your password yourself")
                        .isError())
                .isFalse();
        ToolResult renamed = call(
                "update_a_desk_365_kb_article_by_id",
                "id",
                "Reset your password yourself",
                "article_title",
                "Reset your password");
        assertThat(renamed.structuredContent()).containsEntry("article_name", "Reset your password");
    }

    @Test
    void no_name_means_two_arguments() {
        for (Tool tool : Catalogue.tools()) {
            List<String> names = new ArrayList<>();
            tool.params().forEach(param -> {
                names.add(param.name());
                names.addAll(param.aliases());
            });
            assertThat(names).as(tool.name()).doesNotHaveDuplicates();
        }
    }

    @Test
    void other_names_are_not_shown() {
        assertThat(Desk365Tools.all().toJson(Profile.MCP))
                .doesNotContain("sub_category", "assign_to", "next_cursor", "article_title");
    }

    private static ToolResult call(String tool, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> arguments = new HashMap<>();
        List<@Nullable Object> all = Arrays.asList(namesAndValues);
        for (int i = 0; i < all.size(); i += 2) {
            arguments.put(String.valueOf(all.get(i)), all.get(i + 1));
        }
        return tools.call(tool, arguments);
    }

    private static List<Object> repairs(ToolResult result) {
        return Expect.list(result.meta().get("io.github.desk365mcp/repairs"));
    }

    private static String lastFilters() {
        return String.valueOf(last().query().get("filters"));
    }

    private static Exchange last() {
        List<Exchange> exchanges = sandbox.exchanges();
        return exchanges.get(exchanges.size() - 1);
    }
}
