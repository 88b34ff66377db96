package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could be read wrongly: it is read rightly and says how, or nothing is sent. */
class MisreadingTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    // Anew for each test, since they learn from answers.
    private final BoundTools tools = bind(Vocabulary.none());

    @ParameterizedTest
    @CsvSource({
        "https://jira.other.example/tickets/4052, jira.other.example",
        "https://desk365.io.evil.example/tickets/4052, desk365.io.evil.example",
        "https://acme.desk365.io@evil.example/tickets/4052, evil.example",
    })
    void a_link_from_another_site_is_no_ticket_of_the_helpdesk(String link, String host) {
        for (String tool : List.of("get_ticket", "reply_to_ticket")) {
            ToolResult result = call(tool, "{'ticket_number': '" + link + "', 'body': 'Hi'}");

            assertThat(result.errorCode()).isEqualTo("invalid_arguments");
            assertThat(result.text()).contains(host, "Give a ticket number of this helpdesk");
        }
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ticket #4052",
                "# 4052",
                "ticket 4052",
                "<https://acme.desk365.io/app/tickets/4052>",
                "https://acme.desk365.io:443/app/tickets/ticketdetails?tktNum=4052"
            })
    void the_number_of_a_ticket_comes_as_people_write_it(String written) {
        ToolResult result = call("get_ticket", "{'ticket_number': '" + written + "'}");

        assertThat(Expect.answer(result)).containsEntry("ticket_number", 4052);
        assertThat(repairs(result)).contains("ticket_number was read as 4052");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30, 2026-02-28",
        "2026-02-29T10:00:00Z, 2026-02-28",
        "2026-04-31 10:00, 2026-04-30",
        "1761955200, a time such as 2026-11-22T08:00:00Z",
        "'\"2026-13-01\"', a time such as 2026-11-22T08:00:00Z",
        "'\"2026-11-01T24:30\"', a time such as",
    })
    void a_time_that_there_is_not_is_refused_with_the_nearest_form(String written, String nearest) {
        String json = written.matches("\\d+|\".*") ? written : "'" + written + "'";

        ToolResult result = call("list_tickets", "{'updated_since': " + json + "}");

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains("updated_since must be", nearest);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_day_that_there_is_not_is_not_written() {
        String refused = call(
                        "create_contract",
                        "{'contract_name': 'A', 'company_name': 'Northwind', 'start_date': '2026-02-30', 'end_date':"
                                + " '2027-04-31T10:00:00Z'}")
                .text();

        assertThat(refused).contains("start_date must be a valid date; the nearest is 2026-02-28", "2027-04-30");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01t09:00:00z, 2026-11-01 09:00:00",
        "2026-11-01 10:00:00 +01:00, 2026-11-01 09:00:00",
        "2026-11-01 09:00:00 UTC, 2026-11-01 09:00:00",
        "2026-11-01T10:00+01:00[Europe/Berlin], 2026-11-01 09:00:00",
        "2026-11-01T10:00[Europe/Berlin], 2026-11-01 09:00:00",
        "20261101T090000Z, 2026-11-01 09:00:00",
    })
    void a_time_with_a_zone_comes_in_many_forms(String written, String sent) {
        ToolResult result = call("list_tickets", "{'updated_since': '" + written + "'}");

        assertThat(last().query().get("updated_since")).containsExactly(sent);
        assertThat(Expect.answer(result)).doesNotContainKey("repaired");
    }

    @Test
    void a_repair_inside_a_list_of_objects_stands_with_its_path() {
        ToolResult result = call(
                "import_conversations",
                "{'ticket_number': 4052, 'conversations': [{'type': 'reply', 'body': 'One'}, {'type': 'Note', 'body':"
                        + " 'Two', 'visibility': 'Customer', 'created_on': '2026-10-30 09:15', 'cc_address':"
                        + " 'b@northwind.example, c@northwind.example'}]}");

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(Expect.list(result.meta().get(MetaKeys.REPAIRS)))
                .containsExactlyInAnyOrder(
                        "conversations[1].type was read as \"note\"",
                        "conversations[1].visibility was read as \"customer\"",
                        "conversations[1].created_on was read as \"2026-10-30T09:15:00Z\": without a zone, a time is"
                                + " UTC",
                        "conversations[1].cc_address was read as [\"b@northwind.example\",\"c@northwind.example\"]");
        assertThat(noted(result)).contains("conversations[1].created_on").doesNotContain("visibility");
    }

    @Test
    void a_list_of_objects_in_a_text_is_not_told_as_a_whole() {
        ToolResult result = tools.call(
                "import_conversations",
                Map.of("ticket_number", 4052, "conversations", "{\"type\": \"note\", \"body\": \"Two\"}"));

        assertThat(repairs(result)).isEqualTo("[conversations was read as a list]");
    }

    @Test
    void nothing_inside_a_list_of_objects_is_left_out_in_silence() {
        ToolResult result = call(
                "import_conversations",
                "{'ticket_number': 4052, 'conversations': [null, {'type': 'note', 'body': 'A', 'visibility': null}]}");

        assertThat(repairs(result))
                .isEqualTo("[conversations: empty items were ignored, conversations[0]: null was ignored]");
    }

    @ParameterizedTest
    @CsvSource({
        "group, 'Network, Applications', '[\"Network\",\"Applications\"]'",
        "type, 'Question; Incident', '[\"Question\",\"Incident\"]'",
        "category, 'Network, Hardware', '[\"Network\",\"Hardware\"]'",
        "subcategory, 'VPN, Wi-Fi', '[\"VPN\",\"Wi-Fi\"]'",
    })
    void names_that_commas_part_are_several_and_the_answer_says_so(String filter, String written, String sent) {
        ToolResult result = call("list_tickets", "{'" + filter + "': '" + written + "'}");

        assertThat(lastFilters()).contains("\"" + filter + "\":" + sent);
        assertThat(noted(result)).contains(filter + " was read as [");
    }

    @Test
    void values_of_a_custom_field_that_commas_part_are_several() {
        ToolResult result = call("list_tickets", "{'custom_fields': {'Contract Level': 'Gold, Silver'}}");

        assertThat(lastFilters()).contains("\"cf_Contract Level\":[\"Gold\",\"Silver\"]");
        assertThat(noted(result)).contains("custom_fields.cf_Contract Level was read as [\"Gold\",\"Silver\"]");
    }

    @Test
    void a_known_name_with_a_comma_stays_one_and_companies_are_parted_only_if_each_is_known() {
        BoundTools given = bind(Vocabulary.none().groups("Network, Berlin", "Network"));
        given.call("list_companies", Map.of());

        given.call("list_tickets", Map.of("group", "network, berlin", "company_name", "northwind, Tailspin Toys"));
        assertThat(lastFilters())
                .contains("\"group\":[\"Network, Berlin\"]")
                .contains("\"company_name\":[\"Northwind\",\"Tailspin Toys\"]");
        call("list_tickets", "{'company_name': 'Acme, Inc.'}");
        assertThat(lastFilters()).contains("\"company_name\":[\"Acme, Inc.\"]");
    }

    @Test
    void names_before_addresses_may_have_commas() {
        ToolResult result = tools.call(
                "reply_to_ticket",
                Map.of(
                        "ticket_number",
                        4052,
                        "body",
                        "Hi",
                        "cc_emails",
                        "Doe, John <john@b.example>, c@d.example; \"Roe, Jane\" <jane@b.example>"));

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(last().text())
                .contains("john@b.example")
                .contains("c@d.example")
                .contains("jane@b.example");
        assertThat(last().text()).doesNotContain("Doe", "Roe", "<");
        assertThat(repairs(result))
                .contains("cc_emails was read as [\"john@b.example\",\"c@d.example\",\"jane@b.example\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "reply_to_ticket, cc_emails, 'Doe, c@d.example', Doe",
        "add_note, notify_emails, Tom Becker, Tom Becker",
        "update_ticket, add_watchers, 'a@b.example, Rita', Rita",
    })
    void what_is_no_address_is_refused_before_anybody_is_written_to(
            String tool, String argument, String written, String named) {
        String body = tool.equals("update_ticket") ? "" : ", 'body': 'Hi'";

        ToolResult result = call(tool, "{'ticket_number': 4052, '" + argument + "': '" + written + "'" + body + "}");

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains(argument + " must be e-mail addresses, not \"" + named + "\"");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void an_address_with_a_name_stays_one_in_answers() {
        assertThat(Field.texts("cc_address").conversion().apply("\"Doe, John\" <j@x.example>, a@b.example"))
                .isEqualTo(List.of("\"Doe, John\" <j@x.example>", "a@b.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'filters': {'filters': {'group': ['Network']}}}",
                "{'filters': {'ticket_object': {'group': 'Network'}}}"
            })
    void an_object_in_an_object_is_opened_too(String arguments) {
        call("list_tickets", arguments);

        assertThat(lastFilters()).contains("\"group\":[\"Network\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list_tickets | {'status': 'unresolved'} | there is no negation: \"unresolved\" is [\"Open\",\"Pending\"].",
                "list_tickets | {'status': ['!Closed']} | \"!Closed\" is [\"Open\",\"Pending\",\"Resolved\"].",
                "list_tickets | {'status': '-Closed'} | \"-Closed\" is [\"Open\",\"Pending\",\"Resolved\"].",
                "list_tickets | {'status': 'not Closed'} | \"not Closed\" is [\"Open\",\"Pending\",\"Resolved\"].",
                "list_tickets | {'group': '!Network'} | group must be the values wanted; there is no negation.",
                "list_tickets | {'priority': '!low'} | Negation is not supported.",
                "list_tickets | {'fields': 'all'} | , custom_fields",
                "list_tickets | {'fields': ['subject', 'whatever']} | , not \"whatever\".",
                "list_tickets | {'ticket_number': 4052} | Unknown argument ticket_number (use get_single_desk_365_ticket_by_id).",
                "list_contacts | {'search': 'Nora'} | Unknown argument search (did you mean name?).",
                "list_kb_articles | {'name': 'Reset'} | Unknown argument name (use get_single_desk_365_kb_article_by_id).",
                "list_kb_articles | {'category_name': 'Network'} | Unknown argument category_name; this tool takes ",
                "list_survey_ratings | {'survey_name': 'Five stars'} | Unknown argument survey_name; this tool takes ",
                "list_surveys | {'survey_name': 'Five stars'} | (use get_single_desk_365_survey_by_id).",
                "search_tickets | {'ticket_number': 4052, 'search_keywords': 'VPN'} | (use get_single_desk_365_ticket_by_id).",
                "report_tickets | {'resolved_after': '2026-11-16'} | resolved_after (use after with time \"resolved\").",
                "report_tickets | {'due_before': '2026-11-16'} | due_before (use before with time \"due\").",
                "report_tickets | {'created_since': '2026-11-16'} | created_since (use after with time \"created\").",
                "report_tickets | {'updated_until': '2026-11-16'} | updated_until (use before with time \"updated\").",
                "report_tickets | {'replied_after': '2026-11-16'} | Unknown argument replied_after; this tool takes ",
                "list_tickets | {'updated_before': '2026-11-16'} | Unknown argument updated_before; this tool takes ",
                "list_tickets | {'updatedBefore': '2026-11-16'} | Unknown argument updatedBefore; this tool takes ",
                "list_tickets | {'due_after': '2026-11-16'} | Unknown argument due_after; this tool takes ",
                "list_tickets | {'created_since': '2026-11-16'} | Unknown argument created_since; this tool takes ",
                "list_tickets | {'update_after': '2026-11-16'} | update_after (did you mean updated_since?).",
                "list_agents | {'query': 'Tom'} | Unknown argument query (not searchable); this tool takes ",
                "import_conversations | {'ticket_number': 4052, 'conversations': [{'type': 'note', 'body': 'A', 'visability': 1}]}"
                        + " | Unknown field visability (did you mean visibility?) in conversations.",
                "import_conversations | {'ticket_number': 4052, 'conversations': [{'type': 'note', 'body': 'A', 'xyz': 1}]}"
                        + " | Unknown field xyz in conversations; it has type, body, ",
                "update_ticket | {'ticket_number': 4052, 'status': ''} | status is empty, and empty values are not sent",
                "update_ticket | {'ticket_number': 4052, 'type': ' '} | type is empty, and empty values are not sent",
                "update_ticket | {'ticket_number': 4052, 'custom_fields': {}} | No field to change was given",
                "list_tickets | {'cf_Contract Level': 'Gold', 'custom_fields': {'Contract Level': 'Silver'}} | given both inside and outside",
                "add_note | {'ticket_number': 4052, 'body': 'A', 'private': true, 'visibility': 'customer'} | give only one of them",
                "list_tickets | {'ticket_count': 10} | For fewer items, set max_items.",
                "list_tickets | {'status': 'Open', 'filters': {'status': ['Closed']}} | status is given both inside and outside filters",
                "list_tickets | {'cf_Contract Level': 'Gold', 'CF_Contract Level': 'Silver'} | Contract Level is given both",
                "list_tickets | {'status': 'Open', 'not_set': ['status']} | status is set and is also in not_set; leave out one of them.",
                "import_conversations | {'ticket_number': 4052, 'conversations': [{'type': 'note'}]} | In conversations, body is missing.",
                "list_agents | {'a1': 1, 'b2': 1, 'c3': 1, 'd4': 1, 'e5': 1, 'f6': 1, 'g7': 1, 'h8': 1, 'i9': 1, 'j0': 1, 'k1': 1, 'l2': 1}"
                        + " | j0 and 2 more; this tool takes",
            })
    void what_cannot_be_read_is_told_with_what_can(String tool, String arguments, String message) {
        ToolResult result = call(tool, arguments);

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains(message);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "company_name, No Limits Ltd",
        "contact_email, no-reply@acme.example",
        "group, Non-Network",
    })
    void a_name_that_looks_like_the_negation_of_one_seen_is_a_name(String filter, String name) {
        sandbox.next(Fault.answer(
                200,
                Map.of(),
                "{\"count\":1,\"tickets\":[{\"ticket_number\":1,\"status\":\"Open\",\"group\":\"Network\",\"company_name\":\"Limits Ltd\","
                        + "\"contact_email\":\"reply@acme.example\"}]}"));
        call("list_tickets", "{}");

        ToolResult result = call("list_tickets", "{'" + filter + "': ['" + name + "']}");

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(lastFilters()).contains(name);
        assertThat(result.text()).doesNotContain("\"reply@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not Network", "-Network", "<>Network", "non-network"})
    void a_word_of_the_host_can_be_negated_and_the_others_are_named(String written) {
        BoundTools given = bind(Vocabulary.none().groups("Network", "Hardware"));

        assertThat(given.call("list_tickets", Map.of("group", written)).text())
                .contains("there is no negation: \"" + written + "\" is [\"Hardware\"].");
    }

    @Test
    void all_names_are_told_where_none_is_near() {
        assertThat(call("list_tickets", "{'fields': 'all'}").text()).doesNotContain("did you mean");
        assertThat(Text.nearest("rita", List.of("tom.becker@desk.example", "rita.solberg@desk.example")))
                .isEqualTo("rita.solberg@desk.example");
    }

    @Test
    void a_message_is_the_body() {
        assertThat(call("reply_to_ticket", "{'ticket_number': 4052, 'message': 'Hi'}")
                        .isError())
                .isFalse();
    }

    @Test
    void several_unknown_arguments_are_named_and_the_known_ones_listed_once() {
        String text = call("list_tickets", "{'aa1': 1, 'bb2': 1, 'cc3': 1, 'dd4': 1, 'ee5': 1, 'statuss': 1}")
                .text();

        assertThat(text)
                .contains(
                        "Unknown arguments aa1, bb2, cc3, dd4, ee5 and statuss (did you mean status?); this tool takes");
        assertThat(text.split("this tool takes", -1)).hasSize(2);
        assertThat(Text.cutAtWord("one two three", 10)).isEqualTo("one two…");
    }

    @Test
    void the_value_that_does_not_exist_is_answered_with_the_nearest_and_never_with_itself() {
        tools.call("get_kb_article", Map.of("article_name", "Connect to the office network from home"));
        call("list_tickets", "{'ticket_count': 100}");

        String refused = Expect.unmarked(call(
                "create_kb_article",
                "{'article_name': 'New', 'article_content': 'x', 'category_name': 'Network', 'folder_name':"
                        + " 'How to'}"));

        assertThat(refused).endsWith("Did you mean Network & VPN?");
    }

    @Test
    void an_argument_is_called_as_the_tool_calls_it() {
        String refused = Expect.unmarked(
                call("create_ticket", "{'contact_email': 'not-an-address', 'subject': 'A', 'description': 'B'}"));

        assertThat(refused).contains("contact_email must be one e-mail address, not \"not-an-address\": it has no @.");
    }

    @Test
    void unassigned_is_without_an_agent() {
        assertThat(noted(call("list_tickets", "{'assigned_to': 'unassigned'}")))
                .contains("was read as not_set [\"assigned_to\"]");
        assertThat(lastFilters()).contains("\"assigned_to\":[\"--\"]");
    }

    @Test
    void a_list_of_nothing_is_left_out_and_the_answer_says_so() {
        assertThat(noted(call("list_tickets", "{'assigned_to': ['']}")))
                .contains("assigned_to was ignored: it is empty");
        assertThat(last().query()).doesNotContainKey("filters");
    }

    @ParameterizedTest
    @CsvSource({"internal, true", "customer, false"})
    void who_reads_a_note_may_be_given_as_answers_have_it(String visibility, boolean isPrivate) {
        ToolResult result =
                call("add_note", "{'ticket_number': 4052, 'body': 'A', 'visibility': '" + visibility + "'}");

        assertThat(Expect.answer(result)).containsEntry("visibility", visibility);
        assertThat(noted(result)).contains("visibility " + visibility + " was read as private " + isPrivate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'cf_Contract Level': 'Gold'}",
                "{'filters': {'cf_Contract Level': ['Gold']}}",
                "{'CF_Contract Level': 'Gold', 'custom_fields': {}}"
            })
    void a_custom_field_beside_the_others_is_read_as_one(String arguments) {
        ToolResult result = call("list_tickets", arguments);

        assertThat(lastFilters()).contains("\"cf_Contract Level\":[\"Gold\"]");
        assertThat(repairs(result)).contains("_Contract Level was read as a field in custom_fields");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list_tickets | {'limit': 40} | limit was read as max_items | 50",
                "list_tickets | {'limit': 30} | limit 30 was read as ticket_count 30 | 30",
                "list_tickets | {'limit': ''} | limit was ignored: it is empty | ",
                "list_tickets | {'limit': 100, 'ticket_count': 30} | limit 100 was ignored: the page size is already set | 30",
                "list_tickets | {'limit': 200} | limit 200 was read as ticket_count 100: page sizes are 30, 50 and 100 | 100",
                "list_tickets | {'limit': 100, 'max_items': 3} | limit 100 was ignored: the page size is already set | ",
                "list_tickets | {'limit': 1} | limit was read as max_items | ",
                "list_tickets | {'limit': 30, 'overdue': true} | limit was read as max_items | 100",
                "list_tickets | {'limit': 50, 'filters': {'due_before': '2026-12-01T00:00:00Z'}} | limit was read as max_items | 100",
                "list_tickets | {'limit': 50, 'overdue': false} | limit 50 was read as ticket_count 50 | 50",
                "list_agents | {'limit': 40} | limit was read as max_items | ",
            })
    void a_limit_is_read_as_the_list_allows_and_what_became_of_it_is_told(
            String tool, String arguments, String told, @Nullable String size) {
        ToolResult result = call(tool, arguments);

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(repairs(result)).contains(told);
        if (size == null) {
            assertThat(last().query()).doesNotContainKey("ticket_count");
        } else {
            assertThat(last().query().get("ticket_count")).containsExactly(size);
        }
    }

    @Test
    void an_empty_field_in_one_form_does_not_replace_those_in_another() {
        call("list_tickets", "{'not_set': ['group', 'assigned_to'], 'assigned_to': '--', 'category': '--'}");

        assertThat(lastFilters()).contains("\"assigned_to\":[\"--\"]", "\"group\":[\"--\"]", "\"category\":[\"--\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create_ticket | {'contact_email': 'a@b.example', 'subject': 'A', 'description': 'B', 'category': ''}"
                        + " | category was ignored: it is empty",
                "update_ticket | {'ticket_number': 4052, 'status': 'Open', 'watchers': {'add': null}} | watchers was ignored: it is empty",
                "add_note | {'ticket_number': 4052, 'body': 'a < b'} | body was converted from plain text to HTML",
            })
    void a_write_tells_how_its_arguments_were_read(String tool, String arguments, String told) {
        ToolResult result = call(tool, arguments);

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(repairs(result)).contains(told);
    }

    @Test
    void a_field_that_is_asked_for_by_name_is_asked_for() {
        ToolResult result =
                call("list_tickets", "{'include_description': false, 'fields': ['subject', 'description']}");

        assertThat(last().query().get("include_description")).containsExactly("1");
        assertThat(noted(result)).contains("include_description false was ignored because fields asks for");
    }

    private static BoundTools bind(Vocabulary vocabulary) {
        return sandbox.bound(Unguarded.policy().vocabulary(vocabulary));
    }

    private ToolResult call(String tool, String arguments) {
        return tools.callJson(tool, arguments.replace('\'', '"'), CallContext.none());
    }

    private static String repairs(ToolResult result) {
        return String.valueOf(result.meta().get(MetaKeys.REPAIRS));
    }

    private static String noted(ToolResult result) {
        return String.valueOf(Expect.answer(result).get("repaired"));
    }

    private static String lastFilters() {
        return String.valueOf(last().query().get("filters"));
    }

    private static Exchange last() {
        List<Exchange> exchanges = sandbox.exchanges();
        return exchanges.get(exchanges.size() - 1);
    }
}
