package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that ignores a filter or an order, with rows in forms that were never recorded. */
class UntrueRowsTest {

    private static final String CONVERSATIONS = "list_all_desk_365_ticket_conversations";
    private static final String BY_FIELD = "desk_365_tickets_advanced_search";
    private static final String SECRET = "The customer must not see this.";

    private static Map<String, Object> call(
            String tool, Map<String, ?> arguments, String items, List<? extends Map<String, ?>> rows) {
        Desk365Client desk = Desk365Client.fake((operation, query, body) -> Map.of("count", rows.size(), items, rows));
        return Expect.answer(
                Desk365Tools.with(Unguarded.policy()).bind(desk).call(tool, new LinkedHashMap<>(arguments)));
    }

    private static Map<String, Object> row(Object... fields) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            row.put(String.valueOf(fields[i]), fields[i + 1].equals("null") ? null : fields[i + 1]);
        }
        return row;
    }

    static Stream<Map<String, Object>> folders() {
        return Stream.of(
                row("category_name", "VPN", "parent_category_name", "Network"),
                row("category_name", "Network", "folder_name", "VPN"),
                row("folder_name", "VPN", "category_name", "Network"),
                row("category_name", "VPN", "folder_name", "null", "parent_category_name", "Network"));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void a_folder_is_not_taken_for_its_category(Map<String, Object> folder) {
        Desk365Client desk = Desk365Client.fake((operation, query, body) -> folder);
        BoundTools tools = Desk365Tools.with(Unguarded.policy()).bind(desk);
        Map<String, Object> names = Map.of("category_name", "Network", "folder_name", "VPN");

        for (String tool : List.of("get_single_desk_365_kb_folder_by_id", "create_a_desk_365_kb_folder")) {
            assertThat(Expect.answer(tools.call(tool, new LinkedHashMap<>(names))))
                    .containsAllEntriesOf(names)
                    .doesNotContainKey("parent_category_name");
        }
    }

    static Stream<Map<String, Object>> privateNotes() {
        return Stream.of(
                row("type", "note", "public_note", false),
                row("type", "note", "public_note", 0),
                row("type", "note", "public_note", 0.0),
                row("type", "note", "public_note", "0"),
                row("type", "note", "public_note", "false"),
                row("type", "note", "public_note", "False"),
                row("type", "note", "public_note", "no"),
                row("type", "note", "public_note", "null"),
                row("type", "note", "public_note", ""),
                row("type", "note", "public_note", List.of()),
                row("type", "note", "public_note", List.of(false)),
                row("type", "note", "public_note", Map.of("value", false)),
                row("type", "note", "public_note", 2),
                row("type", "note", "public_note", "private"),
                row("type", "note"),
                row("type", "Note", "public_note", false),
                row("type", " NOTE ", "public_note", 0),
                row("type", "private_note"),
                row("type", "note", "private_note", 1),
                row("type", "note", "private_note", true, "public_note", true),
                row("type", "note", "private_note", "1"),
                row("type", "message", "public_note", false),
                row("public_note", false),
                row("type", 7, "public_note", 0),
                row("sender_type", "agent"),
                row("type", "null"));
    }

    @ParameterizedTest
    @MethodSource("privateNotes")
    void a_private_note_is_not_shown_where_it_was_filtered_out(Map<String, Object> note) {
        Map<String, Object> row = new LinkedHashMap<>(note);
        row.put("body", SECRET);
        row.put("body_text", SECRET);

        Map<String, Object> answer = call(
                CONVERSATIONS,
                Map.of("ticket_number", 8906, "include_private_notes", false),
                "conversations",
                List.of(row, row("type", "reply", "sender_type", "contact", "body", "Hello")));

        assertThat(answer.toString()).doesNotContain(SECRET).contains("Hello");
        assertThat(String.valueOf(answer.get("notice"))).startsWith("Desk365 did not filter by include_private_notes");
    }

    static Stream<Map<String, Object>> others() {
        return Stream.of(
                row("type", "note", "public_note", true),
                row("type", "note", "public_note", 1),
                row("type", "note", "public_note", "1"),
                row("type", "Note", "public_note", "true"),
                row("type", "note", "private_note", 0),
                row("type", "reply", "public_note", "null"),
                row("type", "Reply"),
                row("type", "forward"),
                row("sender_type", "contact"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void what_is_no_private_note_is_shown(Map<String, Object> message) {
        Map<String, Object> row = new LinkedHashMap<>(message);
        row.put("body", "Hello");

        Map<String, Object> answer = call(
                CONVERSATIONS,
                Map.of("ticket_number", 8906, "include_private_notes", false),
                "conversations",
                List.of(row));

        assertThat(answer.toString()).contains("Hello").doesNotContain("did not filter");
    }

    @ParameterizedTest
    @CsvSource({
        "include_contact_replies, reply, contact",
        "include_contact_replies, Reply, Contact",
        "include_agent_replies, REPLY, Agent",
        "include_forward_messages, Forward, agent"
    })
    void replies_and_forwards_are_known_in_any_case(String filter, String type, String sender) {
        Map<String, Object> answer = call(
                CONVERSATIONS,
                Map.of("ticket_number", 8906, filter, false),
                "conversations",
                List.of(row("type", type, "sender_type", sender, "body", "Hello")));

        assertThat(answer.toString()).doesNotContain("Hello").contains("Desk365 did not filter by " + filter);
    }

    @Test
    void a_kind_that_is_asked_for_needs_no_notice() {
        Map<String, Object> answer = call(
                CONVERSATIONS,
                Map.of("ticket_number", 8906, "include_contact_replies", true),
                "conversations",
                List.of(row("type", "reply", "sender_type", "agent", "body", "Hello")));

        assertThat(answer).doesNotContainKey("notice");
    }

    static Stream<Arguments> unseen() {
        Map<String, Object> ticket = row("ticket_number", 1, "subject", "Till", "created_on", "2026-11-01 00:00:00");
        return Stream.of(
                Arguments.of(LIST_TICKETS, Map.of("include_merged", false), "tickets", ticket, "include_merged"),
                Arguments.of(
                        "desk_365_tickets_search",
                        Map.of("query", "till", "include_merged", false),
                        "tickets",
                        ticket,
                        "include_merged"),
                Arguments.of(
                        BY_FIELD,
                        Map.of("custom_fields", Map.of("cf_Site", "Turin")),
                        "tickets",
                        ticket,
                        "custom_fields"),
                Arguments.of(
                        "list_all_desk_365_time_entries",
                        Map.of("company_name", "Northwind"),
                        "content",
                        row("id", 7, "ticket_number", 1),
                        "company_name"));
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void a_filter_that_the_rows_do_not_show_is_named(
            String tool, Map<String, Object> filter, String items, Map<String, Object> row, String name) {
        assertThat(call(tool, filter, items, List.of(row)))
                .containsEntry("notice", "These rows do not show whether Desk365 filtered by " + name + ".");
    }

    static Stream<Arguments> searches() {
        return Stream.of(
                Arguments.of(Map.of("subject", "keyboard"), false),
                Arguments.of(Map.of("subject", "till receipts"), true),
                Arguments.of(Map.of("subject", "\"prints blank\""), true),
                Arguments.of(Map.of("subject", "*ceip*"), true),
                Arguments.of(Map.of("subject", "printed"), true),
                Arguments.of(Map.of("subject", "ТИЛЛ"), false),
                Arguments.of(Map.of("subject", "网络"), true),
                Arguments.of(Map.of("ticket_number", "4052"), true),
                Arguments.of(Map.of("ticket_number", "#4052"), true),
                Arguments.of(Map.of("ticket_number", "405*"), true),
                Arguments.of(Map.of("ticket_number", "4053"), false),
                Arguments.of(Map.of("custom_fields", Map.of("cf_Site", "Turin")), true),
                Arguments.of(Map.of("custom_fields", Map.of("cf_Site", "Oslo")), false),
                Arguments.of(Map.of("custom_fields", Map.of("cf_Empty", "Oslo")), false));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void a_search_of_a_field_is_checked(Map<String, Object> search, boolean isShown) {
        Map<String, Object> ticket = row(
                "ticket_number",
                4052,
                "subject",
                "Receipt of the till prints blank",
                "custom_fields",
                row("cf_Site", "Torre, Turín", "cf_Empty", "null"));

        Map<String, Object> answer = call(BY_FIELD, search, "tickets", List.of(ticket));

        assertThat(Expect.list(answer.get("tickets"))).as("%s", answer).hasSize(isShown ? 1 : 0);
        assertThat(answer.toString().contains("did not filter by")).isEqualTo(!isShown);
        if (search.containsKey("custom_fields")) {
            assertThat(answer.toString()).doesNotContain("cf_Site");
        }
    }

    @Test
    void custom_fields_that_were_asked_for_stay() {
        Map<String, Object> ticket = row("ticket_number", 1, "custom_fields", row("cf_Site", "Turin"));
        Map<String, Object> search = Map.of("custom_fields", Map.of("cf_Site", "Turin"), "include_custom_fields", true);

        assertThat(call(BY_FIELD, search, "tickets", List.of(ticket)).toString())
                .contains("cf_Site");
    }

    private static final List<Map<String, Object>> RISING = List.of(
            row("ticket_number", 1, "created_on", "2026-11-01 00:00:00", "updated_on", "2026-11-05 00:00:00"),
            row("ticket_number", 2, "created_on", "2026-11-02 00:00:00", "updated_on", "2026-11-03 00:00:00"),
            row("ticket_number", 3, "created_on", "2026-11-02 00:00:00", "updated_on", "2026-11-04 00:00:00"));

    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of(Map.of("order_type", "asc"), null),
                Arguments.of(Map.of("order_type", "desc"), "order_type"),
                Arguments.of(Map.of("order_by", "created_time"), "order_by"),
                Arguments.of(Map.of("order_by", "updated_time", "order_type", "asc"), "order_by and order_type"),
                Arguments.of(Map.of("order_by", "created_time", "order_type", "asc"), null));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void tickets_in_another_order_are_noticed(Map<String, Object> order, @Nullable String ignored) {
        assertThat(call(LIST_TICKETS, order, "tickets", RISING).get("notice"))
                .isEqualTo(
                        ignored == null
                                ? null
                                : "Desk365 did not sort by " + ignored + ": the rows are in another order.");
    }

    @Test
    void an_order_that_nobody_asked_for_is_not_checked() {
        assertThat(call(LIST_TICKETS, Map.of(), "tickets", RISING)).doesNotContainKey("notice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest_on_top", "latest_on_top"})
    void messages_in_another_order_are_noticed(String order) {
        Map<String, Object> answer = call(
                CONVERSATIONS,
                Map.of("ticket_number", 8906, "sort_by", order),
                "conversations",
                List.of(row("created_on", "2026-11-01 00:00:00"), row("created_on", "2026-11-02 00:00:00")));

        assertThat(answer.containsKey("notice")).isEqualTo(order.equals("latest_on_top"));
    }

    static Stream<Arguments> contactOrders() {
        return Stream.of(
                Arguments.of(Map.of("order_by", "name"), false),
                Arguments.of(Map.of("order_by", "name", "order_type", "desc"), true),
                Arguments.of(Map.of("order_by", "email"), true),
                Arguments.of(Map.of("order_by", "company"), false),
                Arguments.of(Map.of("order_type", "asc"), false));
    }

    @ParameterizedTest
    @MethodSource("contactOrders")
    void contacts_in_another_order_are_noticed(Map<String, Object> order, boolean isNoticed) {
        List<Map<String, Object>> contacts = List.of(
                row("name", "Anna", "primary_email", "z@x.example", "company_name", "null"),
                row("name", "adam", "primary_email", "a@x.example"),
                row("name", "Åse", "primary_email", "c@x.example", "company_name", "Contoso"),
                row("name", "Berta", "primary_email", "b@x.example", "company_name", "contoso"));

        assertThat(call("list_all_desk_365_contacts", order, "content", contacts)
                        .containsKey("notice"))
                .isEqualTo(isNoticed);
    }
}
