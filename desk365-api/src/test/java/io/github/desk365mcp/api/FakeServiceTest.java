package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tests of code that uses this library need. */
class FakeServiceTest {

    private static final Map<String, ?> TICKET = Map.of("ticket_number", 8906, "subject", "Till down");

    private final List<String> asked = new ArrayList<>();

    private Desk365Client fake(Map<String, ?> answer) {
        return Desk365Client.fake((operation, query, body) -> {
            asked.add(operation + " " + query.toJson() + " " + body.toJson());
            return answer;
        });
    }

    @Test
    void a_fake_answers_without_a_network() {
        assertThat(fake(TICKET).tickets().get(8906).subject()).isEqualTo("Till down");
        assertThat(fake(TICKET).tickets().update(8906, t -> t.status("Open")).ticketNumber())
                .isEqualTo(8906);
        assertThat(asked)
                .containsExactly(
                        "getTicket {\"ticket_number\":\"8906\"} {}",
                        "updateTicket {\"ticket_number\":\"8906\"} {\"status\":\"Open\"}");
    }

    @Test
    void a_fake_answers_lists_pings_and_other_requests() {
        Desk365Client desk = fake(Map.of("count", 1, "tickets", List.of(TICKET), "message", "fine"));
        assertThat(desk.tickets().list().toList(10)).hasSize(1);
        assertThat(desk.ping()).isEqualTo("fine");
        assertThat(desk.send("POST", "tickets/merge", Map.of("a", 1), Map.of("b", 2))
                        .text("message"))
                .isEqualTo("fine");
        assertThat(asked).last().isEqualTo("POST tickets/merge {\"a\":\"1\"} {\"b\":2}");
    }

    @ParameterizedTest
    @EnumSource
    void a_fake_gets_the_object_of_an_upload_wherever_it_travels(AttachmentObject place) {
        List<Long> sent = new ArrayList<>();
        fake(TICKET)
                .with(o -> o.attachmentObject(place).progress((bytes, total) -> sent.add(bytes)))
                .tickets()
                .note(8906, "x", n -> {}, List.of(Attachment.of("a.txt", "text/plain", new byte[9])));
        assertThat(asked)
                .containsExactly(
                        "addNoteWithAttachment {\"ticket_number\":\"8906\"} {\"body\":\"x\",\"private_note\":1}");
        assertThat(sent).last().satisfies(bytes -> assertThat(bytes).isGreaterThan(9));
    }

    @Test
    void half_a_character_is_never_sent() {
        Desk365Client desk = fake(TICKET);
        String half = "Till \ud83d down";
        List<ThrowingCallable> calls = List.of(
                () -> desk.tickets().create("nora@x.example", half, "x", t -> {}),
                () -> desk.tickets().note(8906, "x", n -> {}, List.of(Attachment.of(half, "text/plain", new byte[1]))),
                () -> desk.send("GET", "tickets/merge", Map.of("a", half), null),
                () -> desk.send("GET", half, Map.of(), null),
                () -> desk.send("POST", "tickets/merge", Map.of(), Map.of("a", List.of(half))));

        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageEndingWith(" was given text with half a character (an unpaired surrogate)");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void a_search_for_nothing_or_nowhere_is_never_sent() {
        Desk365Client desk = fake(TICKET);

        assertThatThrownBy(() -> desk.tickets().searchFields(Map.of(), s -> {}))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("search tickets needs a term");
        assertThatThrownBy(() -> desk.tickets().search("till", s -> s.searchIn()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("searchIn needs a place");
        assertThat(asked).isEmpty();
    }

    @Test
    void a_path_is_no_list_of_paths() {
        assertThatThrownBy(() -> fake(TICKET).send("POST", "tickets/merge", Map.of(), Map.of("a", Path.of("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a JSON value: ");
        assertThatThrownBy(() -> fake(TICKET).tickets().update(8906, t -> t.set("a", Path.of("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a JSON value: ");
    }

    @Test
    void a_collection_in_a_query_is_sent_as_a_list() {
        for (Collection<?> ids : List.of(List.of("a"), Set.of("a"), new ArrayDeque<>(List.of("a")))) {
            fake(TICKET).send("GET", "tickets/merge", Map.of("ids", ids), null);
        }

        assertThat(asked).hasSize(3).containsOnly("GET tickets/merge {\"ids\":\"[\\\"a\\\"]\"} {}");
    }

    @Test
    void what_a_query_cannot_have_is_refused() {
        Desk365Client desk = fake(TICKET);
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("offset", null);

        for (Map<String, ?> query : List.of(nothing, Map.of("offset", Path.of("b")), Map.of("offset", Duration.ZERO))) {
            assertThatThrownBy(() -> desk.send("GET", "tickets/merge", query, null))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("offset in a query must be a string, number, boolean, list or map");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void an_answer_of_a_fake_is_checked_as_a_real_one() {
        assertThatThrownBy(() -> fake(TICKET).tickets().get(7))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("get ticket: the response is about another record");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 429, 503})
    void a_status_has_the_exception_that_a_real_answer_has(int status) throws Exception {
        ApiException made = ApiException.of(status, "No", Duration.ofSeconds(9));
        try (RawServer server = new RawServer(RawServer.says(status, "No", "Retry-After: 9"))) {
            assertThatThrownBy(() -> server.client().tickets().get(1))
                    .isInstanceOfSatisfying(ApiException.class, real -> {
                        assertThat(made).hasSameClassAs(real);
                        assertThat(made.mayHaveArrived()).isEqualTo(real.mayHaveArrived());
                        assertThat(made.status()).isEqualTo(real.status());
                        assertThat(made.serverMessage()).isEqualTo(real.serverMessage());
                        assertThat(made.retryAfter()).isEqualTo(real.retryAfter());
                    });
        }
    }

    @Test
    void what_a_fake_throws_ends_the_call() {
        for (Desk365Exception failure : List.of(
                ApiException.of(404, null, null),
                new InvalidResponseException("get ticket: no"),
                new CancelledException("get ticket: cancelled", true, null),
                new TransportException("get ticket: no answer", "timed out", true, null))) {
            Desk365Client desk = Desk365Client.fake((operation, query, body) -> {
                throw failure;
            });
            assertThatThrownBy(() -> desk.tickets().get(1)).isSameAs(failure);
        }
        IllegalStateException other = new IllegalStateException("x");
        Desk365Client desk = Desk365Client.fake((operation, query, body) -> {
            throw other;
        });
        assertThatThrownBy(() -> desk.tickets().get(1))
                .isInstanceOf(TransportException.class)
                .hasCause(other);
    }

    @Test
    void a_request_that_a_fake_got_may_have_been_carried_out() {
        Cancellation late = new Cancellation();
        Desk365Client desk = Desk365Client.fake((operation, query, body) -> {
                    late.cancel();
                    return TICKET;
                })
                .with(o -> o.cancellation(late));
        Desk365Client broken = Desk365Client.fake((operation, query, body) -> {
            throw new IllegalStateException("x");
        });

        assertThatThrownBy(() -> desk.tickets().note(8906, "x"))
                .isInstanceOfSatisfying(
                        CancelledException.class,
                        failure -> assertThat(failure.mayHaveArrived()).isTrue())
                .hasMessage("add note: cancelled; it may have been carried out");
        assertThatThrownBy(() -> broken.tickets().note(8906, "x"))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        failure -> assertThat(failure.mayHaveArrived()).isTrue());
    }

    @Test
    void a_request_that_a_fake_did_not_get_was_not_sent() {
        Desk365Client desk = fake(TICKET);
        Attachment gone = Attachment.of("a.txt", "text/plain", 9, () -> {
            throw new IllegalStateException("x");
        });

        assertThatThrownBy(() -> desk.tickets().note(8906, "x", n -> {}, List.of(gone)))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        failure -> assertThat(failure.mayHaveArrived()).isFalse());
        assertThat(asked).isEmpty();
    }

    @Test
    void retries_and_cancellation_are_those_of_a_real_client() {
        List<String> calls = new ArrayList<>();
        Desk365Client desk = Desk365Client.fake((operation, query, body) -> {
            calls.add(operation);
            if (calls.size() == 1) {
                throw ApiException.of(429, null, Duration.ZERO);
            }
            return TICKET;
        });
        assertThat(desk.with(o -> o.retry(RetryPolicy.upTo(2)))
                        .tickets()
                        .get(8906)
                        .subject())
                .isEqualTo("Till down");
        assertThat(calls).hasSize(2);

        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThatThrownBy(() ->
                        desk.with(o -> o.cancellation(cancelled)).tickets().get(8906))
                .isInstanceOf(CancelledException.class);
        assertThat(calls).hasSize(2);
    }

    @Test
    void a_fake_has_an_address_that_nobody_has() {
        assertThat(fake(TICKET).baseUrl()).isEqualTo(URI.create("https://fake.invalid/apis/v3/"));
    }
}
