package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    private static final Desk365Sandbox SANDBOX = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));
    private final Caller caller = new Caller(SANDBOX);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkout down",
                "DOWN Checkout stores",
                "checkouts",
                "\\\"checkout is down\\\"",
                "check*",
                "*eckout",
                "*eckou*",
                "4052",
                "CH-2291",
                "Vance queues",
            })
    void words_are_found_in_any_order_inflected_and_with_stars(String query) {
        assertThat(search("1", "{\"query\": \"" + query + "\"}")).contains("4052");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout upwards", "\\\"down checkout\\\"", "heckout", "*check"})
    void tickets_that_do_not_match_are_not_found(String query) {
        assertThat(search("1", "{\"query\": \"" + query + "\"}")).doesNotContain("4052");
    }

    @Test
    void a_search_looks_only_in_the_requested_fields() {
        assertThat(search("1", "{\"query\": \"CH-2291\", \"search_in\": [1, 2, 5, 6]}"))
                .isEmpty();
        assertThat(search("1", "{\"query\": \"CH-2291\", \"search_in\": [3]}")).containsExactly("4052");
        assertThat(search("1", "{\"query\": \"envelope.png\", \"search_in\": [4]}"))
                .containsExactly("4063");
        assertThat(search("1", "{\"query\": \"10008\", \"search_in\": [5]}")).contains("4088");
        assertThat(search("1", "{\"query\": \"Großmann\", \"search_in\": [6]}")).contains("4063");
    }

    @Test
    void archived_tickets_are_found_only_on_request() {
        assertThat(search("1", "{\"query\": \"4012\", \"search_in\": [1]}")).isEmpty();
        assertThat(search("1", "{\"query\": \"4012\", \"search_in\": [1, 7]}")).containsExactly("4012");
    }

    @Test
    void a_search_by_field_needs_every_term() {
        String both = "{\"search_term\": [{\"query\": \"VPN\", \"search_in\": [\"subject\"]},"
                + " {\"query\": \"Rotterdam\", \"search_in\": [\"cf_Site Name\"]}]}";

        assertThat(search("2", both)).contains("4101");
        assertThat(search("2", both.replace("Rotterdam", "Lyon"))).doesNotContain("4101");
        assertThat(search("2", "{\"search_term\": [{\"query\": \"4052\", \"search_in\": [\"ticket_number\"]}]}"))
                .containsExactly("4052");
    }

    @Test
    void the_subject_has_the_most_weight_unless_another_order_is_requested() {
        assertThat(search("1", "{\"query\": \"checkout\"}")).startsWith("4052");
        assertThat(caller.get(
                                "/tickets/search",
                                "search_type",
                                "1",
                                "search_query",
                                "{\"query\": \"hello\"}",
                                "order_by",
                                "updated_time")
                        .all("tickets", "updated_on"))
                .isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void merged_tickets_can_be_left_out() {
        String query = "{\"query\": \"4033\", \"search_in\": [1]}";

        assertThat(search("1", query)).containsExactly("4033");
        assertThat(caller.get("/tickets/search", "search_query", query, "include_merged", "0")
                        .all("tickets", "ticket_number"))
                .isEmpty();
    }

    @Test
    void no_more_than_a_thousand_matches_are_found() {
        Helpdesk helpdesk = new Helpdesk(
                Account.seeded(new Rules(Set.of())), Clock.systemUTC(), new Attachments(Clock.systemUTC(), ""));
        for (int number = 1; number <= 1_001; number++) {
            Ticket ticket = new Ticket(number, "2026-11-01 00:00:00", 1, "Create Ticket", Json.object());
            ticket.setSubject("printer");
            helpdesk.tickets.put(number, ticket);
        }

        assertThat(new TicketSearch(helpdesk).find("1", "{\"query\": \"printer\"}", true, null))
                .hasSize(1_000);
    }

    private List<String> search(String type, String query) {
        Caller.Reply reply =
                caller.get("/tickets/search", "search_type", type, "search_query", query, "ticket_count", "100");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.all("tickets", "ticket_number");
    }
}
