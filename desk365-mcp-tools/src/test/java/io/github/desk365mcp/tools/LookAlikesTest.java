package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A word that only looks like another one is another word. */
class LookAlikesTest {

    private static final String PLAIN = "Kiss Finance";

    /** What looks like {@link #PLAIN}, or is it for whoever folds all of Unicode. */
    private static final List<String> ALIKE = List.of(
            "Kıss Fınance", // dotless i
            "KİSS FİNANCE", // capital i with a dot
            "\u212Aiss Finance", // Kelvin sign
            "Kiſs Finance", // long s
            "Ｋｉｓｓ Ｆｉｎａｎｃｅ", // full width
            "Kiss ﬁnance", // ligature
            "Kiss Financе", // Cyrillic e
            "Kiss Fi\u0301nance", // combining accent
            "Kiss Fina\u200Bnce", // zero-width space
            "Kiss Finance\uFEFF", // byte order mark
            "Kiss Fi\u00ADnance"); // soft hyphen

    /** The first of {@link #ALIKE} consist of characters that people see. */
    private static final int SEEN = 8;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.policy());
    }

    private static String lastWrite() {
        List<Exchange> writes = sandbox.writes();
        return writes.get(writes.size() - 1).text();
    }

    private static Map<String, Object> ticketOf(String email) {
        return Map.of("contact_email", email, "subject", "An invoice", "description", "For " + email.length());
    }

    static Stream<String> alikeAddresses() {
        return ALIKE.stream().limit(SEEN).map(word -> word.replace(' ', '.') + "@contoso.example");
    }

    static Stream<String> addressesWithHiddenCharacters() {
        return ALIKE.stream().skip(SEEN).map(word -> word.replace(' ', '.') + "@contoso.example");
    }

    @ParameterizedTest
    @MethodSource("addressesWithHiddenCharacters")
    void an_address_with_a_character_that_nobody_sees_is_refused(String stranger) {
        ToolResult refused = tools().call(CREATE_TICKET, ticketOf(stranger));

        assertThat(refused.errorCode()).isEqualTo("invalid_arguments");
        assertThat(refused.text()).contains("it contains the invisible character U+");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alikeAddresses")
    void a_ticket_is_opened_for_the_address_that_was_given(String stranger) {
        BoundTools tools = tools();
        String given = "Kiss.Finance@contoso.example";
        assertThat(tools.call(CREATE_TICKET, ticketOf(stranger)).isError()).isFalse();
        tools.call(LIST_TICKETS, Map.of());

        ToolResult opened = tools.call(CREATE_TICKET, ticketOf(given));

        assertThat(opened.isError()).as(opened.text()).isFalse();
        assertThat(lastWrite()).contains("\"" + given + "\"");
        tools.call(CREATE_TICKET, Map.of("contact_email", stranger, "subject", "Again", "description", "And back"));
        assertThat(lastWrite()).contains("\"" + stranger + "\"");
    }

    @Test
    void an_address_in_other_case_is_sent_as_it_was_given() {
        BoundTools tools = tools();
        tools.call(LIST_TICKETS, Map.of());

        tools.call(CREATE_TICKET, ticketOf("NORA.VANCE@Northwind.example"));

        assertThat(lastWrite()).contains("\"NORA.VANCE@Northwind.example\"");
    }

    @ParameterizedTest
    @EnumSource(
            value = VocabularyKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AGENT", "CONTACT"})
    void a_name_that_looks_like_a_known_one_stays_as_it_was_given(VocabularyKind topic) {
        for (String alike : ALIKE) {
            assertThat(seen(topic, alike).repair(topic, PLAIN)).isEqualTo(PLAIN);
            // Composed, which is the same name.
            String form = alike.contains("\u0301") ? Normalizer.normalize(alike, Normalizer.Form.NFC) : alike;
            assertThat(seen(topic, PLAIN).repair(topic, alike))
                    .as(alike)
                    .isEqualTo(form)
                    .isNotEqualTo(PLAIN);
            assertThat(seen(topic, PLAIN).repair(topic, List.of(alike))).isEqualTo(List.of(form));
            assertThat(seen(topic, PLAIN).repair(topic, Map.of(alike, 1))).isEqualTo(Map.of(form, 1));
            assertThat(seen(topic, alike).repair(topic, "KISS FINANCE")).isEqualTo("KISS FINANCE");
        }
    }

    @ParameterizedTest
    @EnumSource(VocabularyKind.class)
    void a_name_in_other_ascii_case_is_the_known_one_and_an_address_is_not(VocabularyKind topic) {
        boolean isOfPeople = topic == VocabularyKind.AGENT || topic == VocabularyKind.CONTACT;
        // Of people, only addresses are learned.
        assertThat(seen(topic, PLAIN).repair(topic, " kiss FINANCE ")).isEqualTo(isOfPeople ? "kiss FINANCE" : PLAIN);
        assertThat(seen(topic, "jim@contoso.example").repair(topic, "Jim@contoso.example"))
                .isEqualTo("Jim@contoso.example");
        assertThat(seen(topic, "jim@contoso.example").repair(topic, " jim@contoso.example "))
                .isEqualTo("jim@contoso.example");
    }

    @ParameterizedTest
    @MethodSource("alikeAddresses")
    void an_address_that_looks_like_the_given_one_is_not_suggested_for_it(String stranger) {
        assertThat(seen(VocabularyKind.CONTACT, stranger)
                        .suggestion(VocabularyKind.CONTACT, "Kiss.Finance@contoso.example", true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kiss.flnance@contoso.example",
                "kiss.finance@contoso-example.example",
                "kiss.finance@contoso.exampl",
                "kis.finance@contoso.example"
            })
    void an_address_that_is_only_near_to_the_given_one_is_not_suggested_for_it(String stranger) {
        for (VocabularyKind topic : List.of(VocabularyKind.CONTACT, VocabularyKind.AGENT)) {
            assertThat(seen(topic, stranger).suggestion(topic, "kiss.finance@contoso.example", true))
                    .isEmpty();
            assertThat(seen(topic, stranger).suggestion(topic, "kiss.finance", true))
                    .isEmpty();
            assertThat(seen(topic, stranger)
                            .suggestion(topic, List.of("kiss.finance@contoso.example", "x@y.example"), true))
                    .isEmpty();
        }
        assertThat(new AccountVocabulary(Vocabulary.none().agents(stranger))
                        .complaint(VocabularyKind.AGENT, "kiss.finance@contoso.example", null))
                .doesNotContain("did you mean");
    }

    @Test
    void the_same_address_in_other_case_is_suggested() {
        assertThat(seen(VocabularyKind.CONTACT, "jim@contoso.example")
                        .suggestion(VocabularyKind.CONTACT, "Jim@Contoso.example", false))
                .isEqualTo(" Did you mean jim@contoso.example?");
    }

    @Test
    void an_address_in_other_case_than_the_vocabulary_has_it_is_refused_with_the_known_one() {
        AccountVocabulary words = new AccountVocabulary(Vocabulary.none().agents("jim@contoso.example"));

        assertThat(words.complaint(VocabularyKind.AGENT, "JIM@contoso.example", null))
                .contains("did you mean jim@contoso.example?");
        assertThat(words.complaint(VocabularyKind.AGENT, "jım@contoso.example", null))
                .isNotNull();
    }

    @Test
    void a_word_of_ours_is_not_recognized_by_its_look_alikes() {
        BoundTools tools = tools();
        List<String> errors = new ArrayList<>();
        for (String priority : List.of("hıgh", "HİGH", "ｈｉｇｈ")) {
            errors.add(tools.call(LIST_TICKETS, Map.of("priority", priority)).errorCode());
        }
        // Read as "unassigned", it would find the tickets of nobody.
        errors.add(tools.call(LIST_TICKETS, Map.of("assigned_to", "unaſſigned")).errorCode());

        assertThat(errors).containsOnly("invalid_arguments");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_link_to_a_site_that_looks_like_this_helpdesk_is_refused() {
        BoundTools acme = Desk365Tools.all().bind(Desk365Client.connect("kiss", "a-key-of-kiss"));

        ToolResult result = acme.call(
                "get_single_desk_365_ticket_by_id",
                Map.of("ticket_number", "https://\u212Aiss.desk365.io/app/tickets/4052"));

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains("another site");
    }

    private static AccountVocabulary seen(VocabularyKind topic, String word) {
        AccountVocabulary words = new AccountVocabulary(Vocabulary.none());
        words.saw(topic, word);
        return words;
    }
}
