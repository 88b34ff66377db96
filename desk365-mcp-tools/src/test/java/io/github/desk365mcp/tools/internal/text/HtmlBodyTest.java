package io.github.desk365mcp.tools.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail's HTML reads as a person would read it. */
class HtmlBodyTest {

    private static final String EMPTY_LINE = "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;"
            + "font-family:&quot;Calibri&quot;,sans-serif;mso-fareast-language:EN-US\"><o:p>&nbsp;</o:p></span></p>";

    /** Random pages; the nightly profile reads ten times as many. */
    private static final int PAGES = 4 * Integer.getInteger("mutations.runs", 100);

    /** Characters; the nightly profile reads four times as many. */
    private static final int LARGE = Integer.getInteger("growth.size", 100_000);

    private static final Pattern TAG_END = Pattern.compile(">");
    private static final List<String> HISTORY = List.of(
            " class='gmail_quote'>",
            " type='cite'>",
            " id='divRplyFwdMsg'>",
            " id='appendonsend'>",
            " style='border-top:solid #E1E1E1 1.0pt'>",
            " style='white-space:pre-wrap'>");

    private static String text(String html) {
        return HtmlBody.read(html, BodyFormat.TEXT, true);
    }

    private static String markdown(String html) {
        return HtmlBody.read(html, BodyFormat.MARKDOWN, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            <p>One.</p><p>Two.</p>                              ¦ ~One.

            Two.~
            <p class="MsoNormal">One.</p><p class="MsoNormal">Two.</p> ¦ ~One.
            Two.~
            One<br>Two<br><br>Three                             ¦ ~One
            Two

            Three~
            <div>One</div><div>Two</div>                        ¦ ~One
            Two~
            <ul><li>Tea</li><li>Milk</li></ul>                  ¦ ~- Tea
            - Milk~
            <ol><li>First</li><li><p>Second</p></li></ol>       ¦ ~1. First
            2. Second~
            <table><tr><th>Till</th><th>State</th></tr><tr><td><p>1</p></td><td><p>down</p></td></tr></table> ¦ ~Till | State
            1 | down~
            <table><tr><td>A</td><td>B</td></tr><tr><td></td><td><p>C</p></td></tr></table> ¦ ~A | B
            | C~
            <table><tr><td><table><tr><td>A</td></tr></table></td><td>B</td></tr></table> ¦ A | B
            <table><tr><td>Till</td><td></td><td>5</td><td></td></tr></table> ¦ Till | | 5
            <table><tr><td> </td><th>Mon</th></tr><tr><td>&nbsp;</td><td></td><td>5</td></tr></table> ¦ ~| Mon
            | | 5~
            <table><tr><td><p>One</p></td></tr><tr><td></td></tr><tr><td>Two</td></tr></table> ¦ ~One
            Two~
            <table><tr><td><table><tr><td>A</td><td>B</td></tr></table></td><td>after</td></tr></table> ¦ ~A | B
            | after~
            <ol start="3"><!-- x --><div>note</div><li>Tea</li><li>Milk</li></ol> ¦ ~note
            3. Tea
            4. Milk~
            <ol><li>a</li><li value="7">b</li><li>c</li></ol> ¦ ~1. a
            7. b
            8. c~
            <details><summary>More</summary>inside</details>    ¦ ~More
            inside~
            <ol><li>a<table><tr><td>B</td></tr></table>after</li></ol> ¦ ~1. a
            B
            after~
            Room 4 <s>is <b>free</b></s> <del>today</del>, <ins>or</ins> <strike></strike>not ¦ Room 4 ~~is free~~ ~~today~~, or not
            10<sup>2</sup> m<sup>-1</sup>, 1<sup>st</sup> H<sub>2</sub>O ¦ 10^2 m^-1, 1st H2O
            <a href="file://srv/share">the share</a> <a href="ftp://x.example/">files</a> ¦ the share (file://srv/share) files (ftp://x.example/)
            <a href="/kb/7">here</a> <a href="//cdn.example/x">there</a> ¦ here (/kb/7) there (//cdn.example/x)
            <pre><span>public</span> <span>void</span><br><span>  </span>x</pre> ¦ ~public void
              x~
            <p>See List&lt;String&gt;</p> ¦ See List<String>
            <a href="https://desk.example/x">the page</a>       ¦ the page (https://desk.example/x)
            <a href="https://desk.example/">https://desk.example</a> ¦ https://desk.example
            <a href="mailto:a@desk.example">a@desk.example</a>  ¦ a@desk.example
            <a href="javascript:x()">press</a>                  ¦ press
            <img src="cid:1" alt="Screenshot">                  ¦ [image: Screenshot]
            <b>Very</b> <i>loud</i>                             ¦ Very loud
            a&nbsp;b&#8203;c &amp; d                            ¦ a bc & d
            <style>p{}</style><script>x</script>Seen            ¦ Seen
            Seen<span style="display:none">hidden</span>        ¦ ~Seen
            [hidden text left out, 6 characters; body_format html shows it]~
            """)
    void it_becomes_lines_lists_tables_and_links(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            <b>Very</b> <i>loud</i>, <code>x=1</code>     ¦ **Very** *loud*, `x=1`
            <a href="https://desk.example/x">page</a>     ¦ [page](https://desk.example/x)
            <h2>Steps</h2><p>Go.</p>                      ¦ ~## Steps

            Go.~
            <blockquote>Quoted</blockquote>               ¦ > Quoted
            <b></b>Plain                                  ¦ Plain
            hello<b> world</b>!                           ¦ hello **world**!
            hello<b><i><br>world </i></b>!                ¦ ~hello
            ***world*** !~
            <ul><li><b> Tea</b></li></ul>                 ¦ - **Tea**
            <pre>x<b> y</b></pre>                         ¦ x **y**
            """)
    void markdown_keeps_emphasis_headings_and_links(String html, String expected) {
        assertThat(markdown(html)).isEqualTo(expected);
    }

    @Test
    void an_image_is_not_listed_because_another_ones_name_begins_with_its_name() {
        StringBuilder html = new StringBuilder("<p style='display:none'><img src=https://x/1></p>");
        IntStream.rangeClosed(2, 10)
                .forEach(i -> html.append("<p><img src=https://x/").append(i).append(" alt=a></p>"));
        List<String> listed = new ArrayList<>();

        String text = HtmlBody.read(
                html.toString(), BodyFormat.TEXT, false, null, link -> true, image -> listed.add(image.name()));

        assertThat(text).contains("[image inline-10: a]");
        assertThat(listed).hasSize(9).contains("inline-10").doesNotContain("inline-1");
    }

    @Test
    void line_breaks_count_where_a_style_says_so() {
        assertThat(
                        text(
                                "<div style=\"white-space: pre-wrap\">One\n  Two <b>x</b> y\n<p style='white-space:normal'>a\nb</p></div>"))
                .isEqualTo("One\n  Two x y\n\na b");
    }

    @Test
    void text_without_markup_keeps_its_lines() {
        assertThat(text("Dear all,\n\nif a < b and c > d then stop.\n"))
                .isEqualTo("Dear all,\n\nif a < b and c > d then stop.");
    }

    @Test
    void html_is_what_the_service_has_but_for_what_nobody_sees() {
        String html = "<p>One\u200b &#8238;two&#x200B; &#38; three</p>";

        assertThat(HtmlBody.read(html, BodyFormat.HTML, true)).isEqualTo("<p>One two &#38; three</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>New words here.</p><blockquote type=\"cite\"><p>Old words.</p></blockquote>",
                "<div>New words here.</div><div class=\"gmail_quote\">On Monday Ann wrote:<blockquote>Old words.</blockquote></div>",
                "<p>New words here.</p><div id=\"divRplyFwdMsg\"><b>From:</b> Ann</div><div>Old words.</div>",
                "<div class=\"WordSection1\"><p class=\"MsoNormal\">New words here.</p><div><div style=\"border:none;border-top:solid "
                        + "#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p><b>From:</b> Ann</p></div></div><p>Old words.</p></div>"
            })
    void quoted_history_is_folded_and_said_to_be(String html) {
        assertThat(text(html))
                .startsWith("New words here.\n[quoted history folded, ")
                .doesNotContain("Old words");
        assertThat(markdown(html)).contains("New words here.", "Old words.");
    }

    @Test
    void what_is_written_below_a_quotation_stays() {
        String html =
                "<p>On the first floor.</p><blockquote type=\"cite\"><p>Which till?</p></blockquote><p>Till 7.</p>";

        assertThat(text(html)).contains("On the first floor.", "Till 7.").doesNotContain("Which");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div class=\"gmail_quote\"><p>Old words.</p></div>",
                "<p>FYI</p><div id=\"divRplyFwdMsg\"><b>From:</b> Ann</div><div>Old words.</div>",
                "<p><img src=\"cid:1\" alt=\"The logo of us\"></p><blockquote type=\"cite\">Old words.</blockquote>",
                "<p>Please see below, thanks</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>From: Ann</div><p>Old words.</p>",
                "<p>Wir brauchen Hilfe, siehe unten.</p><div id='appendonsend'></div><div>Von: Ann</div><p>Old words.</p>",
                "<p>Can you do this?</p><div id='divRplyFwdMsg'>From: Ann<br>Subject: FW: order</div><p>Old words.</p>",
                "<p>Please look into this one.</p><div class=\"gmail_quote\"><div dir=\"ltr\">---------- Forwarded message"
                        + " ---------<br>From: Ann</div><br><p>Old words.</p></div>"
            })
    void a_forwarded_mail_is_what_it_quotes(String html) {
        assertThat(text(html)).contains("Old words.").doesNotContain("folded", "**");
    }

    @Test
    void the_first_message_quotes_what_nobody_else_has() {
        String html = "<p>New words here.</p><div id='divRplyFwdMsg'>From: Ann</div><p>Old words.</p>";

        assertThat(HtmlBody.read(html, BodyFormat.TEXT, false)).isEqualTo("New words here.\n\nFrom: Ann\n\nOld words.");
    }

    @Test
    void an_answer_to_a_forwarded_mail_is_no_forwarded_mail() {
        assertThat(
                        text(
                                "<p>It works again now.</p>"
                                        + "<div id='divRplyFwdMsg'>-----Original Message-----<br>From: Ann<br>Subject: RE: FW: order</div><p>Old.</p>"))
                .contains("folded")
                .doesNotContain("Ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blockquote", "li", "td", "b", "h2", "ul"})
    void history_may_begin_inside_of_anything(String tag) {
        String html = "<p>These are my words.</p><table><tr><" + tag
                + ">Mine<div id='divRplyFwdMsg'>From: Ann</div>old</" + tag + "></tr></table>More";

        assertThat(text(html)).startsWith("These are my words.").contains("[quoted history folded, ");
        assertThat(markdown(html)).contains("Mine", "From: Ann", "old", "More");
    }

    @Test
    void no_markup_of_history_breaks_it() {
        for (long seed = 1; seed <= PAGES; seed++) {
            Random random = new Random(seed);
            Random marks = new Random(-seed);
            String html = "<p>Three words first.</p>"
                    + TAG_END.matcher(page(random, 0))
                            .replaceAll(end -> marks.nextInt(4) > 0 ? ">" : HISTORY.get(marks.nextInt(HISTORY.size())));

            assertThat(text(html)).as("seed %d", seed).startsWith("Three words first.");
            assertThat(letters(markdown(html)))
                    .as("seed %d", seed)
                    .isEqualTo(letters(Jsoup.parse(html).text()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: Nora <nora@desk.example>\nTo: Ann\n\nHello,\nuse List<String> here, if a <b and c> d",
                "Map<String, List<Integer>>\n<your name>\n<https://desk.example/x>",
                "1 <2\n</>\n<!>"
            })
    void addresses_and_types_in_angle_brackets_are_no_markup(String words) {
        assertThat(PlainBody.isHtml(words)).isFalse();
        assertThat(text(words)).isEqualTo(words);
        assertThat(PlainBody.isHtml(words + " &amp;")).isFalse();
        assertThat(text(words + "\n&amp; on")).isEqualTo(words + "\n& on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "One<br>two",
                "a</P>",
                "<a href=\"x\">y",
                "<img\nsrc=x />",
                "<!-- x -->",
                "<!DOCTYPE html>x",
                "<br/>"
            })
    void a_tag_is_markup(String html) {
        assertThat(PlainBody.isHtml(html)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            Hello, A & B                 ¦ Hello, A & B
            Hello,<br>Ann                ¦ Hello,<br>Ann
            ~One
            A &amp; B~                   ¦ ~<p>One<br>
            A &amp; B</p>~
            <ann@desk.example> wrote     ¦ <p>&lt;ann@desk.example&gt; wrote</p>
            """)
    void text_becomes_html_only_where_html_would_read_otherwise(String text, String html) {
        assertThat(PlainBody.asHtml(text)).isEqualTo(html);
        assertThat(PlainBody.asHtml(html)).as("again").isEqualTo(html);
    }

    @Test
    void lines_may_end_as_windows_ends_them() {
        assertThat(PlainBody.asHtml("One\r\ntwo\r\n \r\nThree\r\n")).isEqualTo("<p>One<br>\ntwo</p>\n<p>Three</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>One</p>",
                " <p>One<br>two</p>\n",
                "<img src='x'>",
                "<!DOCTYPE html><html>x</html>",
                "<!-- x -->",
                "<br/>"
            })
    void html_begins_and_ends_with_a_tag(String html) {
        assertThat(PlainBody.isWhollyHtml(html)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "One<br>two",
                "Use <br> tag",
                "Put <br> here\n<b>",
                "<b>One</b> two",
                "<you>x</you>",
                "<br> a > b"
            })
    void text_in_which_a_tag_stands_is_not_wholly_html(String text) {
        assertThat(PlainBody.isWhollyHtml(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a",
                "<",
                "<a ",
                "<!--",
                "<x>",
                "</a",
                "&",
                "&#",
                "[image",
                "<a href=/",
                "<li>",
                "<td>",
                "<b>",
                "<sup>",
                "<del>",
                "- ",
                " \n"
            })
    @Timeout(20)
    void customers_cannot_make_it_slow(String piece) {
        String many = piece.repeat(LARGE / piece.length());

        assertThat(text(many)).isNotNull();
        assertThat(text("<p>x" + many)).isNotNull();
        assertThat(text("<a href=\"https://x" + many.replace('"', ' ') + "\">" + many))
                .isNotNull();
    }

    @Test
    @Timeout(20)
    void slashes_and_quotations_cannot_make_it_slow() {
        String slashes = "/".repeat(LARGE);

        assertThat(text("<a href=\"https://x" + slashes + "y\">words</a>")).contains("words");
        assertThat(text("<blockquote>".repeat(500) + "x<br>".repeat(80_000))).hasSizeLessThan(4_000_000);
        assertThat(text("<ol>" + "<li>x".repeat(80_000))).endsWith("80000. x");
        assertThat(text("<table><tr>" + "<td>x".repeat(80_000))).endsWith("| x");
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
        for (long seed = 1; seed <= PAGES; seed++) {
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
                "s",
                "sup",
                "details",
                "summary",
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
