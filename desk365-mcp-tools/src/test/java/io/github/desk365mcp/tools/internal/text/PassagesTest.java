package io.github.desk365mcp.tools.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassagesTest {

    private static Set<String> shared(String one, String other) {
        Passages both = Passages.of(one).in(other);
        Set<String> shared = new HashSet<>(both.identifiers());
        shared.addAll(both.runs());
        return shared;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The limit is EUR 48,700 now      | You have 48 700 left",
                "call +39 011 555-0101            | dial +39 (011) 5550101",
                "Serial SN-44X21.                 | of sn-44x21, please",
                "to Nora.Vance@Northwind.example. | (nora.vance@northwind.example)",
                "Straße, Ärger und Übermut kosten viel | STRASSE, ärger UND übermut KOSTEN viel ÄRGER",
                "root cause is our own certificate | Root-cause: is our own certificate?",
            })
    void case_punctuation_and_separators_make_no_difference(String one, String other) {
        if (one.startsWith("Stra")) {
            // Case alone is ignored: the sharp s is another letter.
            assertThat(shared(one, other)).isEmpty();
        } else {
            assertThat(shared(one, other)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on 2026-11-19 at 08:52:00        | until 2026-11-19 at 08:52:00",
                "due 19.11.2026                   | due 19.11.2026",
                "due 11/19/2026                   | due 11/19/2026",
                "ticket 4052, error E-502, 10:15  | ticket 4052, error E-502, 10:15",
                "let me know if you do it         | let me know if you do it",
                "root cause is our own            | root cause is our own",
            })
    void dates_short_numbers_and_short_words_are_common(String one, String other) {
        assertThat(shared(one, other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 ", "1", "a1-", "a@b.", "1/1/", "word ", "\u0130", "<b>1</b> ", "+1 (", "1,"})
    void a_long_text_of_any_pattern_is_read_in_time(String pattern) {
        String text = pattern.repeat(200_000 / pattern.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> shared(text, text));
    }

    @Test
    void a_quotation_is_the_passage_as_it_is_written_and_a_little_around_it() {
        Passages text =
                Passages.of("For you alone: the Root Cause is our own certificate rollout, we fear, since May.");
        Set<String> shared =
                text.in("root cause is our own certificate rollout").runs();

        assertThat(text.quote(shared, 120)).isEqualTo("Root Cause is our own certificate rollout");
        assertThat(text.quoteInContext(shared, 120)).contains("the Root Cause is our own certificate rollout, we fear");
        assertThat(text.quote(shared, 10)).isEqualTo("Root Cause…");
        assertThat(text.quote(Set.of(), 10)).isEmpty();
    }
}
