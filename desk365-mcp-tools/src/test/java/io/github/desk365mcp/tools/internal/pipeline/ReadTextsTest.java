package io.github.desk365mcp.tools.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a session remembers of what it has read. */
class ReadTextsTest {

    /** What a text of 20,000 characters, the longest, takes. */
    private static final long LONGEST = 20_200;

    private final LongAdder all = new LongAdder();
    private final ReadTexts texts = new ReadTexts(all);

    private void reads(long ticket, String sender, String visibility, String body) {
        texts.message(
                Map.of("ticket_number", ticket, "sender_type", sender, "visibility", visibility, "body", body), null);
    }

    /** A sentence that has no word in common with that of another number. */
    private static String sentence(int number) {
        return "The supplier charges us forty percent less than the list price for these panels"
                .replace(" ", number + " ");
    }

    private void readsLong(int number) {
        reads(7, "agent", "internal", sentence(number) + " x".repeat(10_000));
    }

    @Test
    void the_oldest_texts_are_forgotten_first() {
        IntStream.range(0, 19).forEach(this::readsLong);
        assertThat(all.sum()).isEqualTo(19 * LONGEST);
        assertThat(texts.repeated(sentence(0), 7, Set.of())).hasSize(1);

        readsLong(19);

        assertThat(all.sum()).isEqualTo(19 * LONGEST);
        assertThat(texts.repeated(sentence(0), 7, Set.of())).isEmpty();
        assertThat(texts.repeated(sentence(1), 7, Set.of())).hasSize(1);
        assertThat(texts.repeated(sentence(19), 7, Set.of())).hasSize(1);
    }

    @Test
    void a_text_that_is_read_again_is_forgotten_later() {
        IntStream.range(0, 19).forEach(this::readsLong);
        readsLong(0);

        readsLong(19);

        assertThat(texts.repeated(sentence(0), 7, Set.of())).hasSize(1);
        assertThat(texts.repeated(sentence(1), 7, Set.of())).isEmpty();
    }

    @Test
    void a_text_that_is_read_again_takes_no_more_room() {
        readsLong(1);
        readsLong(1);

        assertThat(all.sum()).isEqualTo(LONGEST);
        reads(7, "agent", "internal", "Short.");
        assertThat(all.sum()).isEqualTo(LONGEST + "Short.".length() + 200);
    }

    @Test
    void the_texts_of_a_forgotten_session_take_no_room() {
        readsLong(1);
        readsLong(2);
        texts.forget();
        texts.forget();
        assertThat(all.sum()).isZero();

        readsLong(3);

        assertThat(all.sum()).isZero();
    }

    @Test
    void the_descriptions_of_five_thousand_tickets_are_known() {
        for (long number = 1; number <= 5_000; number++) {
            texts.ticket(ticket(number), null);
        }
        assertThat(texts.knows(1)).isTrue();

        texts.ticket(ticket(5_001), null);

        assertThat(texts.knows(1)).isFalse();
        assertThat(texts.knows(5_001)).isTrue();
    }

    private static Map<String, Object> ticket(long number) {
        return Map.of("ticket_number", number, "contact_email", number + "@acme.example", "description", "Help.");
    }

    @Test
    void what_customers_wrote_in_three_tickets_is_a_phrase_and_in_two_is_not() {
        reads(1, "contact", "customer", sentence(1));
        reads(2, "contact", "customer", sentence(1));
        assertThat(texts.repeated(sentence(1), 9, Set.of())).isNotEmpty();

        reads(3, "contact", "customer", sentence(1));

        assertThat(texts.repeated(sentence(1), 9, Set.of())).isEmpty();
    }
}
