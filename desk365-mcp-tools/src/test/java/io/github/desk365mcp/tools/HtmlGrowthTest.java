package io.github.desk365mcp.tools;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.internal.text.BodyFormat;
import io.github.desk365mcp.tools.internal.text.HtmlBody;
import io.github.desk365mcp.tools.internal.text.HtmlTags;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers write takes a time that grows with its length, whatever its shape. */
class HtmlGrowthTest {

    /** {@code -Dgrowth.size=1000000} reads larger ones, as the nightly profile does. */
    private static final int SMALL = Integer.getInteger("growth.size", 100_000) / 4;

    private static final int TIMES = 4;
    /** Squared growth would be 16; a cache that is too small for the larger one needs room. */
    private static final int MOST_TIMES = 10;
    /** Squared growth is there every time; a garbage collection in the middle of the measurement is not. */
    private static final int MOST_AGAIN = 3;
    /** So short that a ratio says nothing. */
    private static final long SHORT = 1_000_000_000;

    /** Shapes of a size, each made for a weakness of parsers. */
    private static final Map<String, IntFunction<String>> SHAPES = Map.ofEntries(
            entry(
                    "attributes whose letters grow",
                    size -> "<p " + fill(i -> "\u0130" + i + "=\"1\" ", size) + ">x</p>"),
            entry("attributes without values", size -> "<p " + fill(i -> "a" + i + " ", size) + ">x</p>"),
            entry("a long attribute", size -> "<p " + fill(i -> "\u0130", size) + "=1>x</p>"),
            entry("a long tag", size -> "<p" + fill(i -> "\u0130", size) + ">x</p>"),
            entry("attributes of many bodies", size -> fill(i -> "<body a" + i + "=1>", size) + "<p>x"),
            entry(
                    "attributes in what has no tags",
                    size -> "<svg><style><p " + fill(i -> "\u0130" + i + " ", size) + ">"),
            entry("forwarded quotations", size -> fill(i -> "<blockquote type=cite>-------- Forwarded", size)),
            entry("quotations", size -> fill(i -> "<blockquote>x", size)),
            entry("paragraphs in blocks", size -> fill(i -> "<div><p>x", size)),
            entry("superscripts", size -> fill(i -> "<sup>x", size)),
            entry("links in blocks", size -> fill(i -> "<div><a href=https://x>y", size)),
            entry("tags in tags", size -> fill(i -> "<a<a", size)),
            entry(
                    "paragraphs in open formats",
                    size -> "<p><b><b><b><i><i><i><u><u><u><s><s><s>" + fill(i -> "<p>x", size)),
            entry("open formats and paragraphs", size -> fill(i -> "<font color=#" + i + "><b><p>x", size)),
            entry(
                    "open formats around tables",
                    size -> "<p><b><i><u><s>" + fill(i -> "<table><td>y</table><p>x", size)),
            entry("bold paragraphs", size -> fill(i -> "<b><p>x", size)),
            entry("tables in tables", size -> fill(i -> "<table><tr><td>x", size)),
            entry("captions in captions", size -> fill(i -> "<table><caption>", size)),
            entry("small cells", size -> "<table><tr>" + fill(i -> "<td>x", size)),
            entry("text between rows", size -> "<table>" + fill(i -> "x<b>y", size)),
            entry("lists in lists", size -> fill(i -> "<ul><li>", size)),
            entry("empty headlines", size -> fill(i -> "<div><h1>", size)),
            entry("references", size -> fill(i -> "&amp;&#65;&unknown;&#" + (i + 33) + ";", size)),
            entry("references in a paragraph", size -> "<p>" + fill(i -> "&amp;&#65;&unknown;", size)),
            entry("comments", size -> "<p>" + fill(i -> "<!-- x --><!--", size)),
            entry("styles that do not end", size -> "<p>x" + fill(i -> "<style>", size)),
            entry("sections of data", size -> "<p>" + fill(i -> "<![CDATA[x]]>", size)),
            entry("quotes that do not end", size -> "<p>x" + fill(i -> "<a b=\"<a c='", size)),
            entry("ends without beginnings", size -> "<p>x" + fill(i -> "</p>", size)),
            entry("a long style", size -> "<p style=\"" + fill(i -> "border-top:  solid display ", size) + "\">x"),
            entry("quoted text a thousand deep", size -> fill(i -> "> ".repeat(1_000) + "x\n", size)),
            entry("the same in a block as it is", size -> "<pre>" + fill(i -> "> ".repeat(1_000) + "x\n", size)),
            entry(
                    "rules that nothing matches",
                    size -> "<style>" + fill(i -> ".a" + i + " b{color:red}", size / 2) + "</style>"
                            + fill(i -> "<p class=a" + i + ">x", size / 2)),
            entry(
                    "rules that all match",
                    size -> "<style>" + fill(i -> "p,b{color:red}", size / 2) + "</style>"
                            + fill(i -> "<p>x", size / 2)),
            entry(
                    "selectors of ancestors",
                    size -> "<style>" + fill(i -> "i u b b b b b{color:red}", size / 2) + "</style>"
                            + fill(i -> "<b><div>", size / 2)),
            entry(
                    "selectors of siblings",
                    size -> "<style>i~b+p{color:red}p:nth-child(2n){color:red}</style>" + fill(i -> "<p>x</p>", size)),
            entry("brackets in style sheets", size -> "<style>" + fill(i -> "a({[:is(", size)),
            entry("backslashes in style sheets", size -> "<style>" + fill(i -> "\\", size)),
            entry("empty rules", size -> "<style>" + fill(i -> ".a{:;}", size)),
            entry("media in media", size -> "<style>" + fill(i -> "@media screen{", size)),
            entry("selectors of attributes", size -> "<style>" + fill(i -> "[a", size) + "</style><p>x"),
            entry("styles of all kinds", size -> fill(i -> "<p style='font:0/0 a;color:rgb(" + i + ",2,3)'>x", size)),
            entry("containers of quotations", size -> fill(i -> "<div class=gmail_quote>x", size) + "<blockquote>y"),
            entry("quoted lines", size -> fill(i -> "On Mon, 4 May 2026 10:00, a@b wrote:\n> x\n", size)),
            entry("headers of mails", size -> fill(i -> "From: a\n", size)),
            entry("blank lines in a text with a tag", size -> "Hi <b>you</b>" + fill(i -> "\n", size) + "end"),
            entry("brackets at the ends of its lines", size -> "Hi <b>you</b>" + fill(i -> ">\n", size) + "end"),
            entry("names in brackets", size -> "<p>" + fill(i -> "<a-" + i + ">", size)),
            entry("cells over many columns", size -> "<table>" + fill(i -> "<tr><td rowspan=9 colspan=99>x", size)),
            entry("joiners", size -> "<p>" + fill(i -> "\u200D\uFE0F\u0645\u200C", size)));

    private static String fill(IntFunction<String> piece, int size) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; all.length() < size; i++) {
            all.append(piece.apply(i));
        }
        return all.toString();
    }

    static Stream<String> shapes() {
        return SHAPES.keySet().stream().sorted();
    }

    private static long time(String html) {
        long began = ProcessorTime.used();
        for (BodyFormat format : BodyFormat.values()) {
            assertThat(HtmlBody.read(html, format, true)).isNotNull();
        }
        return ProcessorTime.used() - began;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void four_times_as_much_takes_about_four_times_as_long(String shape) {
        IntFunction<String> of = SHAPES.getOrDefault(shape, size -> "");
        time(of.apply(SMALL / 8));

        long large = time(of.apply(SMALL * TIMES));
        if (large > SHORT) {
            long small = time(of.apply(SMALL));
            for (int again = 0; again < MOST_AGAIN && large >= small * MOST_TIMES; again++) {
                large = Math.min(large, time(of.apply(SMALL * TIMES)));
            }
            assertThat(large).as("%s: %d ns, then %d ns", shape, small, large).isLessThan(small * MOST_TIMES);
        }
    }

    @Test
    void what_is_read_of_a_tag_is_kept_as_it_was() {
        assertThat(HtmlTags.slim("<a  HREF='x>y' onclick=\"a>b\" href=z data-x title=q\tclass=c/d>t</a \n x=1>"))
                .isEqualTo("<a HREF='x>y' class=c/d>t</a>");
        assertThat(HtmlTags.slim("<br/>1 < 2 <!-- <p \" --> & a<b <3 <img alt=\"a\" / >"))
                .isEqualTo("<br/>1 < 2  & a<b><3 <img alt=\"a\">");
        assertThat(HtmlTags.slim("<!--><p>x<!-->y")).isEqualTo("<p>xy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "style", "title", "iframe"})
    void what_is_never_shown_goes_whole(String name) {
        assertThat(HtmlTags.slim(
                        "<p>a<" + name + " x=1>\"<p " + name + "</" + name.toUpperCase(java.util.Locale.ROOT) + ">b"))
                .isEqualTo("<p>a<" + name + "></" + name.toUpperCase(java.util.Locale.ROOT) + ">b");
    }
}
