package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail's HTML reads as a person would read it. */
class HtmlBodyTest {

    private static final String EMPTY_LINE = "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;"
            + "font-family:&quot;Calibri&quot;,sans-serif;mso-fareast-language:EN-US\"><o:p>&nbsp;</o:p></span></p>";

    private static String text(String html) {
        return HtmlBody.read(html, BodyFormat.TEXT);
    }

    private static String markdown(String html) {
        return HtmlBody.read(html, BodyFormat.MARKDOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <p>One.</p><p>Two.</p>                              | ~One.

            Two.~
            <p class="MsoNormal">One.</p><p class="MsoNormal">Two.</p> | ~One.
            Two.~
            One<br>Two<br><br>Three                             | ~One
            Two

            Three~
            <div>One</div><div>Two</div>                        | ~One
            Two~
            <ul><li>Tea</li><li>Milk</li></ul>                  | ~- Tea
            - Milk~
            <ol><li>First</li><li><p>Second</p></li></ol>       | ~1. First
            2. Second~
            <table><tr><th>Till</th><th>State</th></tr><tr><td><p>1</p></td><td><p>down</p></td></tr></table> | ~Till | State
            1 | down~
            <a href="https://desk.example/x">the page</a>       | the page (https://desk.example/x)
            <a href="https://desk.example/">https://desk.example</a> | https://desk.example
            <a href="mailto:a@desk.example">a@desk.example</a>  | a@desk.example
            <a href="javascript:x()">press</a>                  | press
            <img src="cid:1" alt="Screenshot">                  | [image: Screenshot]
            <b>Very</b> <i>loud</i>                             | Very loud
            a&nbsp;b&#8203;c &amp; d                            | a bc & d
            <style>p{}</style><script>x</script>Seen            | Seen
            Seen<span style="display:none">hidden</span>        | Seen
            """)
    void it_becomes_lines_lists_tables_and_links(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <b>Very</b> <i>loud</i>, <code>x=1</code>     | **Very** *loud*, `x=1`
            <a href="https://desk.example/x">page</a>     | [page](https://desk.example/x)
            <h2>Steps</h2><p>Go.</p>                      | ~## Steps

            Go.~
            <blockquote>Quoted</blockquote>               | > Quoted
            <b></b>Plain                                  | Plain
            """)
    void markdown_keeps_emphasis_headings_and_links(String html, String expected) {
        assertThat(markdown(html)).isEqualTo(expected);
    }

    @Test
    void text_without_markup_keeps_its_lines() {
        assertThat(text("Dear all,\n\nif a < b and c > d then stop.\n"))
                .isEqualTo("Dear all,\n\nif a < b and c > d then stop.");
    }

    @Test
    void html_is_what_the_service_has_but_for_what_nobody_sees() {
        String html = "<p>One\u200b &#8238;two&#x200B; &#38; three</p>";

        assertThat(HtmlBody.read(html, BodyFormat.HTML)).isEqualTo("<p>One two &#38; three</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>New.</p><blockquote type=\"cite\"><p>Old words.</p></blockquote>",
                "<div>New.</div><div class=\"gmail_quote\">On Monday Ann wrote:<blockquote>Old words.</blockquote></div>",
                "<p>New.</p><div id=\"divRplyFwdMsg\"><b>From:</b> Ann</div><div>Old words.</div>",
                "<div class=\"WordSection1\"><p class=\"MsoNormal\">New.</p><div><div style=\"border:none;border-top:solid "
                        + "#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p><b>From:</b> Ann</p></div></div><p>Old words.</p></div>"
            })
    void quoted_history_is_folded_and_said_to_be(String html) {
        assertThat(text(html)).startsWith("New.\n[quoted history folded, ").doesNotContain("Old words");
        assertThat(markdown(html)).contains("New.", "Old words.");
    }

    @Test
    void what_is_written_below_a_quotation_stays() {
        String html = "<p>See below.</p><blockquote type=\"cite\"><p>Which till?</p></blockquote><p>Till 7.</p>";

        assertThat(text(html)).contains("See below.", "Till 7.").doesNotContain("Which");
    }

    @Test
    void a_forwarded_mail_is_what_it_quotes() {
        assertThat(text("<div class=\"gmail_quote\"><p>Old words.</p></div>")).isEqualTo("Old words.");
    }

    @Test
    void characters_that_nobody_sees_are_left_out() {
        assertThat(text("Pay\u202Eelif\u202C \u2066now\u2069\uFEFF\u00AD")).isEqualTo("Payelif now");
        assertThat(text("<p>A\u200Bb\uDB40\uDC41</p>")).isEqualTo("Ab");
        assertThat(text("\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67")).hasSize(8);
    }

    @Test
    void forty_kilobytes_of_outlook_around_eight_words_are_eight_words() {
        String html = "<body lang=\"EN-US\"><div class=\"WordSection1\">" + EMPTY_LINE.repeat(260)
                + "<p class=\"MsoNormal\"><span lang=\"EN-GB\">The VPN drops every hour since this morning.<o:p></o:p>"
                + "</span></p>" + EMPTY_LINE.repeat(10) + "</div></body>";

        assertThat(html).hasSizeGreaterThan(40_000);
        assertThat(text(html)).isEqualTo("The VPN drops every hour since this morning.");
    }

    @Test
    void no_letter_is_lost_whatever_the_markup() {
        for (long seed = 1; seed <= 2_000; seed++) {
            String html = page(new Random(seed), 0);
            String expected = letters(Jsoup.parse(html).text());

            assertThat(letters(markdown(html))).as("seed %d", seed).isEqualTo(expected);
            assertThat(letters(text(html))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void markup_may_be_broken_and_deep() {
        assertThat(text("<div>".repeat(20_000) + "Deep" + "</p></td>")).contains("Deep");
        assertThat(text("<p>One<td><li>Two</b></table")).contains("One", "Two");
    }

    /** Letters alone: no form may add, drop or move one. */
    private static String letters(String text) {
        return text.replaceAll("[^a-z]", "");
    }

    private static String page(Random random, int depth) {
        List<String> tags = List.of(
                "p",
                "div",
                "span",
                "b",
                "i",
                "ul",
                "ol",
                "li",
                "table",
                "tr",
                "td",
                "blockquote",
                "h3",
                "pre",
                "code",
                "a",
                "center",
                "font");
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> {
                    String tag = tags.get(random.nextInt(tags.size()));
                    String inside = depth > 4 || random.nextInt(3) == 0 ? word(random) : page(random, depth + 1);
                    String glue = random.nextBoolean() ? " " : "<br>";
                    return "<" + tag + ">" + inside + "</" + tag + ">" + glue + word(random) + glue;
                })
                .collect(Collectors.joining());
    }

    private static String word(Random random) {
        return random.ints(3 + random.nextInt(5), 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
