package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists that change, or end early, while their pages are read. */
class ChangingListsTest {

    private static final String REPORT = "desk_365_tickets_report";
    private static final String CONTACTS = "list_all_desk_365_contacts";

    private static BoundTools tools(BiFunction<Integer, Integer, Map<String, ?>> page) {
        List<Integer> calls = new ArrayList<>();
        return Desk365Tools.with(Unguarded.policy()).bind(Desk365Client.fake((operation, query, body) -> {
            calls.add(1);
            return page.apply(calls.size(), offset(query));
        }));
    }

    private static int offset(JsonDocument query) {
        return query.has("offset")
                ? Objects.requireNonNull(query.integer("offset")).intValue()
                : 0;
    }

    private static Map<String, ?> page(String items, int count, List<? extends Map<String, ?>> rows) {
        return Map.of("count", count, items, rows);
    }

    private static List<Map<String, Object>> tickets(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("ticket_number", number);
                    row.put("status", "Open");
                    row.put("due_date", "2020-01-01 08:00:00");
                    return row;
                })
                .toList();
    }

    private static List<Map<String, String>> contacts(int from, int to, String field) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> Map.of("name", "Nora Vance", field, "nora" + number + "@northwind.example"))
                .toList();
    }

    private static void assertIncomplete(BoundTools tools, BoundTools same, int came) {
        Map<String, Object> report = Expect.answer(tools.call(REPORT, Map.of()));
        assertThat(report).containsEntry("complete", false);
        assertThat(String.valueOf(report.get("covers")))
                .contains("A part only", "Desk365 counted 250 and returned " + came);

        Map<String, Object> list = Expect.answer(
                same.call(LIST_TICKETS, Map.of("overdue", true, "fields", List.of("ticket_number"), "max_items", 300)));
        assertThat(list).doesNotContainKey("total").containsEntry("returned", came);
        assertThat(String.valueOf(list.get("notice"))).contains("Desk365 counted 250");
    }

    @Test
    void a_service_that_returns_fewer_tickets_than_it_counts_has_not_returned_all() {
        BiFunction<Integer, Integer, Map<String, ?>> empty =
                (call, offset) -> page("tickets", 250, offset == 0 ? tickets(1, 100) : List.of());
        assertIncomplete(tools(empty), tools(empty), 100);

        BiFunction<Integer, Integer, Map<String, ?>> again = (call, offset) -> page("tickets", 250, tickets(1, 100));
        assertIncomplete(tools(again), tools(again), 100);
    }

    @Test
    void a_ticket_that_is_closed_between_two_pages_makes_a_report_incomplete() {
        // After the first page, its ticket 50 is gone: each later one moves up by one place, and 101 is never seen.
        BiFunction<Integer, Integer, Map<String, ?>> page = (call, offset) -> switch (offset) {
            case 0 -> page("tickets", 250, tickets(1, 100));
            case 100 -> page("tickets", 249, tickets(102, 201));
            default -> page("tickets", 249, tickets(202, 250));
        };
        assertIncomplete(tools(page), tools(page), 249);
    }

    @Test
    void a_ticket_that_is_opened_later_hides_no_loss() {
        BiFunction<Integer, Integer, Map<String, ?>> page = (call, offset) -> switch (offset) {
            case 0 -> page("tickets", 250, tickets(1, 100));
            case 100 -> page("tickets", 249, tickets(102, 201));
            default -> page("tickets", 250, tickets(202, 251));
        };

        Map<String, Object> report = Expect.answer(tools(page).call(REPORT, Map.of()));

        assertThat(report).containsEntry("complete", false);
    }

    @Test
    void a_ticket_that_is_opened_meanwhile_is_no_loss() {
        BiFunction<Integer, Integer, Map<String, ?>> page = (call, offset) -> switch (offset) {
            case 0 -> page("tickets", 150, tickets(1, 100));
            default -> page("tickets", 151, tickets(100, 150));
        };

        Map<String, Object> report = Expect.answer(tools(page).call(REPORT, Map.of()));

        assertThat(report).containsEntry("complete", true);
        assertThat(String.valueOf(report.get("covers"))).contains("All tickets in question: 150 tickets read");
    }

    @Test
    void contacts_that_did_not_come_leave_the_total_unknown() {
        Map<String, Object> answer = Expect.answer(tools((call, offset) ->
                        page("content", 60, offset == 0 ? contacts(1, 30, "primary_email") : List.of()))
                .call(CONTACTS, Map.of("name", "vance", "max_items", 100)));

        assertThat(answer).containsEntry("returned", 30).doesNotContainKey("total");
        assertThat(String.valueOf(answer.get("notice"))).contains("Desk365 counted 60");
    }

    @Test
    void a_contact_that_moves_to_a_later_page_is_shown_once_whatever_its_address_is_called() {
        Map<String, Object> answer = Expect.answer(tools((call, offset) ->
                        page("content", 59, offset == 0 ? contacts(1, 30, "email") : contacts(30, 59, "email")))
                .call(CONTACTS, Map.of("name", "vance", "max_items", 100)));

        assertThat(answer).containsEntry("returned", 59).containsEntry("total", 59L);
    }

    @Test
    void an_offset_is_not_past_the_end_if_rows_came_and_none_matched() {
        Map<String, Object> answer =
                Expect.answer(tools((call, offset) -> page("content", 900, contacts(offset + 1, offset + 30, "email")))
                        .call(CONTACTS, Map.of("name", "Silva", "offset", 300)));

        assertThat(answer).containsEntry("returned", 0).containsEntry("next_offset", 600L);
        assertThat(String.valueOf(answer)).doesNotContain("past the end");

        Map<String, Object> dropped =
                Expect.answer(tools((call, offset) -> page("tickets", 130, tickets(offset + 1, 130)))
                        .call(LIST_TICKETS, Map.of("status", "Closed", "offset", 100)));
        assertThat(String.valueOf(dropped))
                .contains("Desk365 did not filter by status")
                .doesNotContain("past the end");
    }
}
