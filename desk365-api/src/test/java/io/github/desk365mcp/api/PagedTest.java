package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.api.model.TicketQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists cost only the necessary calls, and always end. */
class PagedTest {

    private final List<Long> calls = new ArrayList<>();

    /** Records 0 to {@code size - 1} in pages of 30. */
    private Paged<Integer> paged(int size, @Nullable Long total) {
        return new Paged<>(0, offset -> {
            calls.add(offset);
            List<Integer> items = IntStream.range((int) offset, Math.min(size, (int) offset + 30))
                    .boxed()
                    .toList();
            return Page.of(items, total, offset, new JsonDocument(Map.of()));
        });
    }

    private static List<Integer> upTo(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    @Test
    void nothing_is_fetched_before_it_is_needed() {
        Paged<Integer> paged = paged(100, 100L);
        Stream<Integer> stream = paged.stream();
        Iterator<Integer> iterator = paged.iterator();
        Iterator<Page<Integer>> pages = paged.pages().iterator();
        assertThat(calls).isEmpty();
        assertThat(stream.limit(30)).hasSize(30);
        assertThat(calls).containsExactly(0L);
        assertThat(iterator.next()).isZero();
        assertThat(pages.next().total()).isEqualTo(100);
        assertThat(calls).containsExactly(0L, 0L, 0L);
    }

    @Test
    void the_thirty_first_record_costs_the_second_call() {
        assertThat(paged(100, 100L).stream().limit(31)).hasSize(31);
        assertThat(calls).containsExactly(0L, 30L);
    }

    @Test
    void a_list_ends_at_its_total() {
        assertThat(paged(60, 60L)).containsExactlyElementsOf(upTo(60));
        assertThat(calls).containsExactly(0L, 30L);
    }

    @Test
    void a_list_ends_at_an_empty_page_though_the_total_promised_more() {
        assertThat(paged(45, 1000L)).containsExactlyElementsOf(upTo(45));
        assertThat(calls).containsExactly(0L, 30L, 45L);
    }

    @Test
    void a_list_without_a_total_ends_at_an_empty_page() {
        assertThat(paged(60, null)).containsExactlyElementsOf(upTo(60));
        assertThat(calls).containsExactly(0L, 30L, 60L);
    }

    @Test
    void a_list_ends_at_a_page_that_is_repeated() {
        Paged<Integer> stuck = new Paged<>(0, offset -> {
            calls.add(offset);
            return Page.of(upTo(30), null, offset, new JsonDocument(Map.of()));
        });
        assertThat(stuck).hasSize(30);
        assertThat(calls).containsExactly(0L, 30L);
    }

    @Test
    void an_empty_list_costs_one_call() {
        assertThat(paged(0, 0L)).isEmpty();
        assertThat(paged(0, null)).isEmpty();
        assertThat(calls).containsExactly(0L, 0L);
    }

    @Test
    void asking_at_the_end_again_costs_nothing() {
        Iterator<Page<Integer>> pages = paged(30, null).pages().iterator();
        assertThat(pages.next().hasMore()).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(pages.hasNext()).isFalse();
            assertThatThrownBy(pages::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(calls).containsExactly(0L, 30L);
    }

    @Test
    void each_walk_starts_anew() {
        Paged<Integer> paged = paged(31, 31L);
        assertThat(paged).hasSize(31);
        assertThat(paged).hasSize(31);
        assertThat(paged.firstPage().items()).hasSize(30);
        assertThat(calls).containsExactly(0L, 30L, 0L, 30L, 0L);
    }

    @Test
    void a_failure_in_the_middle_is_thrown_and_the_walk_can_go_on() {
        Iterator<Page<Integer>> pages = new Paged<>(0, offset -> {
                    calls.add(offset);
                    if (calls.size() == 2) {
                        throw new TransportException("broke", "broke", true, null);
                    }
                    return Page.of(List.of((int) offset), 2L, offset, new JsonDocument(Map.of()));
                })
                .pages()
                .iterator();
        pages.next();
        assertThatThrownBy(pages::next).isInstanceOf(TransportException.class);
        assertThat(pages.next().items()).containsExactly(1);
    }

    @Test
    void a_filter_has_values_and_the_last_one_for_a_key_counts() throws IOException {
        assertThatThrownBy(() -> new TicketQuery().status())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filter status needs a value");
        assertThatThrownBy(() -> new TicketQuery().customField("cf_Site")).hasMessage("filter cf_Site needs a value");
        try (RawServer server = new RawServer(RawServer.says(200, "{\"tickets\": []}"))) {
            server.client()
                    .tickets()
                    .list(q -> q.notSet("custom_fields").customField("cf_Site", "Turin"))
                    .firstPage();
            assertThat(server.requests().get(0).query("filters"))
                    .isEqualTo("{\"custom_fields\":{\"cf_Site\":[\"Turin\"]}}");
        }
    }

    @Test
    void an_odd_record_hurts_alone_and_the_walk_goes_on() throws IOException {
        try (RawServer server = new RawServer((request, connection) ->
                connection.say(200, "{\"tickets\": [{\"ticket_number\": 1}, 2, {\"ticket_number\": 3}]}"))) {
            Paged<Ticket> tickets = server.client().tickets().list();
            assertThat(tickets.firstPage().items()).hasSize(3);
            assertThat(tickets.stream().limit(1).map(Ticket::ticketNumber)).containsExactly(1L);

            Iterator<Ticket> walk = tickets.iterator();
            assertThat(walk.next().ticketNumber()).isEqualTo(1);
            assertThatThrownBy(walk::next).hasMessage("JsonDocument.tickets[1] is not an object but a number");
            assertThat(walk.next().ticketNumber()).isEqualTo(3);
            assertThat(walk.hasNext()).isFalse();
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void the_offset_of_the_query_is_where_a_list_starts() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            String offset = request.query("offset");
            int first = offset == null ? 0 : Integer.parseInt(offset);
            connection.say(
                    200,
                    Json.write(Map.of(
                            "count",
                            63,
                            "tickets",
                            IntStream.range(first, Math.min(63, first + 30))
                                    .mapToObj(n -> Map.of("ticket_number", n))
                                    .toList())));
        })) {
            Paged<Ticket> tickets =
                    server.client().tickets().list(q -> q.offset(31).status("Open"));
            assertThat(tickets.firstPage().total()).isEqualTo(63);
            assertThat(tickets.stream().mapToLong(Ticket::ticketNumber))
                    .containsExactlyElementsOf(
                            IntStream.range(31, 63).mapToObj(n -> (long) n).toList());
            assertThat(server.requests()).extracting(r -> r.query("offset")).containsExactly("31", "31", "61");
            assertThat(server.requests()).extracting(r -> r.query("filters")).doesNotContainNull();
            assertThat(server.client().tickets().list()).hasSize(63);
            assertThat(server.requests()).extracting(r -> r.query("offset")).endsWith(null, "30", "60");
        }
    }

    private final AtomicInteger pagesFetched = new AtomicInteger();

    /** Records from 0, in pages of 30. */
    private Paged<Integer> numbers(int count, boolean toldTotal) {
        return new Paged<>(0, offset -> {
            pagesFetched.incrementAndGet();
            List<Integer> items = java.util.stream.IntStream.range((int) offset, (int) Math.min(count, offset + 30))
                    .boxed()
                    .toList();
            return Page.of(items, toldTotal ? (Long) (long) count : null, offset, new JsonDocument(Map.of()));
        });
    }

    @Test
    void a_bounded_list_has_every_record() {
        assertThat(numbers(70, true).toList(70)).hasSize(70).startsWith(0).endsWith(69);
        assertThat(numbers(70, false).toList(1000)).hasSize(70);
        assertThat(numbers(0, true).toList(0)).isEmpty();
        assertThatThrownBy(() -> numbers(70, true).toList(70).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_list_of_more_records_is_refused_and_not_cut() {
        assertThatThrownBy(() -> numbers(70, true).toList(69))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The list has more than 69 records");
        assertThat(pagesFetched).as("the first page has the total").hasValue(1);
        assertThatThrownBy(() -> numbers(70, false).toList(59)).isInstanceOf(IllegalStateException.class);
        assertThat(pagesFetched).hasValue(3);
        assertThatThrownBy(() -> numbers(1, true).toList(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
