package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {

    private static final Desk365Sandbox SANDBOX =
            Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).contractsEnabled(true));
    private final Caller caller = new Caller(SANDBOX);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/tickets, '', tickets, ticket_number, 30",
        "/tickets, ticket_count=50, tickets, ticket_number, 50",
        "/tickets, ticket_count=100, tickets, ticket_number, 100",
        "'/tickets/search', 'search_type=1=search_query={\"query\":\"hello\"}', tickets, ticket_number, 30",
        "/contacts, '', content, primary_email, 30",
        "/contacts, order_by=3, content, primary_email, 30",
        "/companies, '', content, name, 30",
        "/time_entries, '', content, id, 30",
        "/time_entries, time_entries_count=100, content, id, 100",
        "/surveys/ratings, '', survey_ratings, ticket_number, 30",
        "/contracts, '', contracts, reference_number, 30",
    })
    void every_list_can_be_read_to_its_end_without_a_repetition(
            String path, String query, String list, String key, int size) {
        List<String> all = new ArrayList<>();
        int count;
        int page;
        do {
            List<String> parameters = new ArrayList<>();
            if (!query.isEmpty()) {
                parameters.addAll(Arrays.asList(query.split("=", -1)));
            }
            parameters.addAll(List.of("offset", String.valueOf(all.size())));
            Reply reply = caller.get(path, parameters.toArray(new String[0]));
            List<String> keys = reply.all(list, key);
            count = reply.json().path("count").asInt();
            page = keys.size();
            assertThat(page).isLessThanOrEqualTo(size);
            all.addAll(keys);
        } while (page == size);

        assertThat(count).isGreaterThan(size);
        assertThat(all).hasSize(count).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"/tickets, tickets", "/contacts, content", "/time_entries, content"})
    void a_page_after_the_end_is_empty_and_still_has_the_count(String path, String list) {
        Reply reply = caller.get(path, "offset", "5000");

        assertThat(reply.json().path("count").asInt()).isGreaterThan(30);
        assertThat(reply.json().path(list)).isEmpty();
    }
}
