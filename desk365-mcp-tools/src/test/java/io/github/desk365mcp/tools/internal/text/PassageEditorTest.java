package io.github.desk365mcp.tools.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replacing a passage by its text as read. */
class PassageEditorTest {

    private static String edit(String html, String old, String fresh) {
        return PassageEditor.replace(html, old, fresh).html();
    }

    static Stream<Arguments> replacements() {
        return Stream.of(
                Arguments.of(
                        "<p class=x>Wait <b>3</b> days.</p><img src='a.png'>",
                        "Wait 3 days.",
                        "Wait 30 days.",
                        "<p class=x>Wait <b>30</b> days.</p><img src='a.png'>"),
                Arguments.of(
                        "<p>Click <b>Save</b>.</p>", "Click Save.", "Click Save now.", "<p>Click <b>Save</b> now.</p>"),
                Arguments.of(
                        "<p>Click <b>Save</b>.</p>",
                        "Click Save.",
                        "Please click Save.",
                        "<p>Please click <b>Save</b>.</p>"),
                Arguments.of("<p>Click <b>Save</b>.</p>", "Save", "Save all", "<p>Click <b>Save</b> all.</p>"),
                Arguments.of(
                        "<p>See the <a href=\"https://x.example/g\">guide</a> today.</p>",
                        "See the guide (https://x.example/g) today.",
                        "Read the guide (https://x.example/g) tomorrow.",
                        "<p>Read the <a href=\"https://x.example/g\">guide</a> tomorrow.</p>"),
                Arguments.of(
                        "<p>See the <a href=\"https://x.example/g\">guide</a>.</p>",
                        "See the guide.",
                        "See our guide.",
                        "<p>See our <a href=\"https://x.example/g\">guide</a>.</p>"),
                Arguments.of(
                        "<p>See the <a href=\"https://x.example/g\">guide</a> now.</p>",
                        "See the guide (https://x.example/g) now.",
                        "Ask us now.",
                        "<p>Ask us now.</p>"),
                Arguments.of("<p>A</p><p>Gone <i>too</i>.</p><p>B</p>", "Gone too.", "", "<p>A</p><p>B</p>"),
                Arguments.of(
                        "<ul><li>One</li><li>Two <b>x</b></li></ul>",
                        "- Two x",
                        "- Three x",
                        "<ul><li>One</li><li>Three <b>x</b></li></ul>"),
                Arguments.of(
                        "<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>",
                        "One Two",
                        "One 2",
                        "<ul>\n  <li>One</li>\n  <li>2</li>\n</ul>"),
                Arguments.of(
                        "<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>",
                        "- One\n- Two",
                        "- One\n- 2",
                        "<ul>\n  <li>One</li>\n  <li>2</li>\n</ul>"),
                Arguments.of("<ul><li>One</li></ul>x", "- One", "", "x"),
                Arguments.of(
                        "<table><tr><td>a</td><td>c</td></tr></table>",
                        "a",
                        "b b",
                        "<table><tr><td>b b</td><td>c</td></tr></table>"),
                Arguments.of(
                        "<table><tr><td>a</td><td>c</td></tr></table>",
                        "c",
                        "",
                        "<table><tr><td>a</td><td></td></tr></table>"),
                Arguments.of(
                        "<p>Caf&eacute; &amp;&nbsp;bar &lt;3</p>",
                        "Café & bar <3",
                        "Café & pub <3",
                        "<p>Caf&eacute; &amp;&nbsp;pub &lt;3</p>"),
                Arguments.of("<p>It’s “on”.</p>", "It's \"on\".", "It's \"off\".", "<p>It’s “off”.</p>"),
                Arguments.of("<p>a<br>b</p>", "a b", "a c & d", "<p>a<br>c &amp; d</p>"),
                Arguments.of("<b>o</b>ne <b>t</b>wo", "one two", "one six", "<b>o</b>ne <b>six</b>"),
                Arguments.of("<p>pass<b>word</b> x</p>", "password", "passphrase", "<p>passphrase x</p>"),
                Arguments.of("Plain text, 3 days & more.", "3 days", "4 days", "Plain text, 4 days & more."),
                Arguments.of("<p>log in here</p>", "log in", "login", "<p>login here</p>"),
                Arguments.of("<p>One.</p>", "One.", "One.\nTwo.", "<p>One.<br>Two.</p>"),
                Arguments.of(
                        "<p>Ke\u00ADep <!-- c --> the<style>p{color:red}</style> cat</p>",
                        "Keep the cat",
                        "Keep the dog",
                        "<p>Ke\u00ADep <!-- c --> the<style>p{color:red}</style> dog</p>"),
                Arguments.of("<p>a  <b> x </b>  y</p>", "a x y", "a y", "<p>a  y</p>"));
    }

    @ParameterizedTest
    @MethodSource("replacements")
    void only_the_words_that_differ_change(String html, String old, String fresh, String expected) {
        assertThat(edit(html, old, fresh)).isEqualTo(expected);
    }

    @Test
    void a_link_that_shows_its_own_address_is_left_alone() {
        String html = "<p>Open <a href=\"https://x.example/a\">https://x.example/a</a> now.</p>";

        assertThatThrownBy(() -> edit(html, "Open https://x.example/a now", "Open https://y.example/b now"))
                .hasMessageContaining("a link that shows its own address");
        assertThat(edit(html, "now.", "today.")).isEqualTo(html.replace("now.", "today."));
    }

    @Test
    void the_target_of_a_link_is_not_text() {
        String html = "<p>Read <a href=\"https://x.example/a\">this</a>.</p>";

        assertThatThrownBy(() -> edit(html, "this (https://x.example/a)", "this (https://y.example/b)"))
                .hasMessageContaining("not the target of a link");
    }

    @Test
    void what_readers_do_not_see_is_not_there() {
        String html = "<p>Shown<span style=\"display:none\"> hidden</span>.</p>";

        assertThatThrownBy(() -> edit(html, "hidden", "x")).hasMessageContaining("does not have old");
        assertThat(edit(html, "Shown.", "Seen.")).isEqualTo("<p>Seen<span style=\"display:none\"> hidden</span>.</p>");
    }

    @Test
    void paragraphs_cannot_be_joined() {
        assertThatThrownBy(() -> edit("<p>One.</p><p>Two.</p>", "One.\n\nTwo.", "One. Two."))
                .hasMessageContaining("cannot be joined");
        assertThatThrownBy(() -> edit("<p>One.</p>", "One.", "One.")).hasMessageContaining("differ in nothing");
    }

    @Test
    void text_that_a_parser_would_move_is_not_replaced() {
        assertThatThrownBy(() -> edit("<table><tr><td>a</td></tr><b>loose</b></table>b", "b", "c"))
                .hasMessageContaining("too irregular");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b>", "<a href=x>y", "<p>x<p>", "&amp;", "x &", "<", "</p>", "<td>"})
    void new_words_never_become_markup(String fresh) {
        String html = "<p>Keep <i>this</i> one.</p>";
        try {
            assertThat(HtmlBody.read(edit(html, "this", fresh), BodyFormat.TEXT, false))
                    .isEqualTo("Keep " + fresh + " one.");
        } catch (PassageException refused) {
            assertThat(refused).hasMessageContaining("new has HTML tags");
        }
    }

    @Test
    void deeply_nested_markup_takes_no_long_time() {
        String nested = "<b>".repeat(20_000) + "old" + "</b>".repeat(20_000);
        String html = "<p>Keep " + nested + " " + "word ".repeat(20_000) + "</p>";

        assertThat(edit(html, "Keep old", "Keep new")).isEqualTo(html.replace("old", "new"));
        assertThat(edit(html, "Keep old", "Keep"))
                .hasSizeLessThan(html.length())
                .doesNotContain("old");
    }

    /** Random articles: the text outside the passage and all images stay, and the passage reads as wanted. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void whatever_the_markup_the_rest_stays_and_the_passage_reads_as_wanted(long seed) {
        Random random = new Random(seed);
        int replaced = 0;
        for (int i = 0; i < 60; i++) {
            String html = article(random);
            String text = HtmlBody.read(html, BodyFormat.TEXT, false);
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + 1 + random.nextInt(60));
            String old = text.substring(from, to);
            String fresh = fresh(random, old);
            String edited;
            try {
                edited = edit(html, old, fresh);
            } catch (PassageException refused) {
                assertThat(refused)
                        .hasMessageMatching("(?s).*(times; give more|differ in nothing|old is empty|does not have"
                                + "|not the target).*");
                continue;
            }
            replaced++;
            String marks = "\\(https://[^)]*\\)|\\[image[^]]*]|(?m:^(?:- |\\d+\\. |\\| )+)| \\||\\s";
            assertThat(HtmlBody.read(edited, BodyFormat.TEXT, false).replaceAll(marks, ""))
                    .as("%s%n%s%n→%s%n%s", html, old, fresh, edited)
                    .isEqualTo((text.substring(0, from) + fresh + text.substring(to)).replaceAll(marks, ""));
            assertThat(count(edited, "<img")).isEqualTo(count(html, "<img"));
            assertThat(count(edited, "<td")).isEqualTo(count(html, "<td"));
        }
        assertThat(replaced).isGreaterThan(25);
    }

    private static int count(String html, String tag) {
        return html.split(tag, -1).length;
    }

    private static String fresh(Random random, String old) {
        String[] words = old.split(" ");
        for (int i = 0; i < words.length; i++) {
            if (random.nextInt(3) == 0 && words[i].matches("\\w+")) {
                words[i] = "new" + random.nextInt(100);
            }
        }
        return String.join(" ", words);
    }

    private static String article(Random random) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            html.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "<p class=\"a\">" + line(random) + "</p>\n";
                        case 1 -> "<ul>\n<li>" + line(random) + "</li>\n<li>" + line(random) + "</li></ul>";
                        case 2 -> "<table><tr><td>" + line(random) + "</td><td>" + line(random) + "</td></tr></table>";
                        default -> "<div>" + line(random) + "<br>" + line(random) + "</div>";
                    });
        }
        return html.toString();
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String word = "w" + random.nextInt(200);
            line.append(i == 0 ? "" : random.nextInt(8) == 0 ? "&nbsp;" : " ")
                    .append(
                            switch (random.nextInt(10)) {
                                case 0 -> "<b>" + word + "</b>";
                                case 1 ->
                                    "<a href=\"https://x.example/" + word + "\">" + word + " <i>z" + word + "</i></a>";
                                case 2 -> word + "&amp;co,";
                                case 3 -> word + "<img src=\"https://x.example/" + word + ".png\">";
                                case 4 -> word + "<!-- c --> <span style=\"color:red\">caf&eacute;</span>.";
                                default -> word;
                            });
        }
        return line.toString();
    }
}
