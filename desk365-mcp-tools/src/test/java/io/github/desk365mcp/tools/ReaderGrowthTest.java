package io.github.desk365mcp.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.OutsideMarks;
import io.github.desk365mcp.tools.internal.text.BodyFormat;
import io.github.desk365mcp.tools.internal.text.HtmlBody;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.NameForm;
import io.github.desk365mcp.tools.internal.text.PassageEditor;
import io.github.desk365mcp.tools.internal.text.PassageException;
import io.github.desk365mcp.tools.internal.text.Passages;
import io.github.desk365mcp.tools.internal.text.PlainBody;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.WrittenBody;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever reads or rewrites a text takes a time that grows with its length, whatever the text repeats.
 * {@link HtmlGrowthTest} has the shapes of mails, and {@link HostileArgumentsTest} the arguments.
 */
class ReaderGrowthTest {

    /** {@code -Dgrowth.size=1000000} reads longer ones, as the nightly profile does. */
    private static final int LARGE = Integer.getInteger("growth.size", 50_000);

    private static final int TIMES = 4;
    /** Squared growth would be 16. */
    private static final int MOST_TIMES = 10;

    private static final int MOST_AGAIN = 3;
    /** So short that a ratio says nothing. */
    private static final long SHORT = 500_000_000;

    private static final List<String> PIECES = List.of(
            "a",
            "1",
            " ",
            "\n",
            ".",
            "-",
            "\u0130",
            "\uD83D",
            "<",
            "<b>",
            "<b",
            "&",
            "&#",
            "&amp;",
            "&#x200B;",
            "&&#x200B;#",
            "(*731:",
            ":731*)",
            "(*",
            "*)",
            "\u200D",
            "\u200B",
            "\u200D\u200B",
            "\u0645\u200C",
            "a@b.",
            "1/1/",
            "+1 (",
            "word ",
            "six words of a common run ",
            "**a",
            "** ",
            "__",
            "`a",
            "[a](",
            "[",
            "]",
            "```\n",
            "|-|\n",
            "> a\n",
            ">\n",
            "- a\n",
            "{\"a\":",
            "\"a\",",
            "\\",
            "\\u00e4",
            "\"",
            "%22",
            "\r\n--");

    private static final Desk365Client DESK =
            Desk365Client.fake((operation, query, body) -> Map.of("ticket_number", 7, "body", "x"));

    private static final Map<String, Consumer<String>> READERS = Map.ofEntries(
            entry("JSON", ReaderGrowthTest::json),
            entry(
                    "a text in JSON",
                    text -> assertThat(JsonDocument.parse(Text.json(Map.of("a", text)))
                                    .text("a"))
                            .isEqualTo(text)),
            entry("a form", ReaderGrowthTest::form),
            entry(
                    "plain text as HTML",
                    text -> assertThat(PlainBody.asHtml(text)).isNotNull()),
            entry("what is read of what is written", text -> WrittenBody.asRead("<p>" + text + "</p>")),
            entry("Markdown", WrittenBody::markdown),
            entry("HTML in Markdown", text -> HtmlBody.read("<p>" + text, BodyFormat.MARKDOWN, true)),
            entry(
                    "plain text with a tag",
                    text -> HtmlBody.read("Hi <b>you</b>" + text + "end", BodyFormat.TEXT, true)),
            entry("a mail in text", text -> HtmlBody.read(text, BodyFormat.TEXT, true)),
            entry("HTML as it is", text -> HtmlBody.read(text, BodyFormat.HTML, true)),
            entry(
                    "invisible characters",
                    text -> assertThat(Invisible.strip(text)).isNotNull()),
            entry(
                    "invisible characters marked",
                    text -> assertThat(Invisible.mark(text)).isNotNull()),
            entry(
                    "invisible characters in a name",
                    text -> assertThat(Invisible.stripName(text)).isNotNull()),
            entry("a name", text -> assertThat(NameForm.of(text)).isNotNull()),
            entry(
                    "passages",
                    text -> assertThat(Passages.of(text).in(text + " x")).isNotNull()),
            entry("a passage to replace", text -> replace("<p>" + text + " Wait 3 days.</p>", "Wait 3 days.")),
            entry("a long passage to replace", text -> replace("<p>" + text + "</p>", text)),
            entry("marks in arguments", text -> OutsideMarks.removed(Map.of("a", text), new CallNotes())),
            entry("marks in an answer", ReaderGrowthTest::marks),
            entry(
                    "marks in an error",
                    text -> OutsideMarks.error("It says \"" + text + "\".", text, List.of(text, "a"))));

    private static void json(String text) {
        try {
            JsonDocument.parse("{\"a\":[" + text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).hasSizeLessThan(200);
        }
    }

    private static void form(String text) {
        String name = text.replaceAll("\\p{Cs}", "") + "x";
        DESK.tickets().note(7, "x", note -> {}, List.of(Attachment.of(name, "text/plain", text.getBytes(UTF_8))));
    }

    private static void replace(String html, String old) {
        try {
            assertThat(PassageEditor.replace(html, old, "Wait 4 days.").html()).isNotNull();
        } catch (PassageException e) {
            assertThat(e.getMessage()).hasSizeLessThan(4_000);
        }
    }

    private static void marks(String text) {
        Map<String, Object> answer = Map.of("a", text, "b", List.of(text));
        assertThat(Text.json(OutsideMarks.mark(answer, Map.of("a", "contact", "b[]", "contact"), false)))
                .hasSizeGreaterThan(text.length());
    }

    static Stream<String> readers() {
        return READERS.keySet().stream().sorted();
    }

    private static long time(Consumer<String> reader, String piece, int length) {
        String text = piece.repeat(Math.max(1, length / piece.length()));
        long began = ProcessorTime.used();
        reader.accept(text);
        return ProcessorTime.used() - began;
    }

    @ParameterizedTest
    @MethodSource("readers")
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void four_times_as_much_takes_about_four_times_as_long(String name) {
        Consumer<String> reader = READERS.getOrDefault(name, text -> {});
        for (String piece : PIECES) {
            time(reader, piece, LARGE / 32);
            long large = time(reader, piece, LARGE);
            if (large > SHORT) {
                long small = time(reader, piece, LARGE / TIMES);
                for (int again = 0; again < MOST_AGAIN && large >= small * MOST_TIMES; again++) {
                    large = Math.min(large, time(reader, piece, LARGE));
                }
                assertThat(large)
                        .as("%s of %s: %d ns, then %d ns", name, piece, small, large)
                        .isLessThan(small * MOST_TIMES);
            }
        }
    }
}
