package io.github.desk365mcp.tools.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** Bodies of mails and articles: read, written and changed. */
class TextFuzzTest {

    /** Separates the texts of an input. */
    private static final String SEPARATOR = "\u001e";

    private static final Pattern ONLY_WORDS = Pattern.compile("[a-zA-Z0-9 ]*");

    /** A private character stands for half of a surrogate pair, which UTF-8 cannot have. */
    private static String text(byte[] input) {
        return new String(input, UTF_8).replace('\uE000', '\uD83D').replace('\uE001', '\uDE80');
    }

    @FuzzTest
    void no_answer_has_what_nobody_sees(byte[] input) {
        String body = text(input);
        for (boolean isAnswer : new boolean[] {true, false}) {
            for (BodyFormat format : BodyFormat.values()) {
                String read = HtmlBody.read(body, format, isAnswer);
                assertThat(Invisible.strip(read)).as("%s", format).isEqualTo(read);
                if (format == BodyFormat.HTML) {
                    String shown = Jsoup.parse(read).wholeText();
                    assertThat(Invisible.strip(shown)).isEqualTo(shown);
                } else {
                    assertThat(read).isEqualTo(read.strip());
                }
            }
        }
    }

    @FuzzTest
    void plain_text_as_html_reads_as_it_was(byte[] input) {
        // What happens to the others is another test's.
        String plain = Invisible.strip(text(input));
        String html = PlainBody.asHtml(plain);
        assertThat(PlainBody.asHtml(html)).as("again").isEqualTo(html);
        if (!PlainBody.isHtml(plain)) {
            assertThat(lines(HtmlBody.read(html, BodyFormat.TEXT, false)))
                    .isEqualTo(lines(HtmlBody.read(plain, BodyFormat.TEXT, false)));
        }
    }

    /** The words of each line, and the lines that have some. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll("[\\s\\p{Z}]+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @FuzzTest
    void only_a_replaced_passage_reads_otherwise(byte[] input) {
        String[] texts = text(input).split(SEPARATOR, -1);
        if (texts.length != 3) {
            return;
        }
        String edited;
        try {
            edited = PassageEditor.replace(texts[0], texts[1], texts[2]).html();
        } catch (PassageException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(edited).isNotEqualTo(texts[0]);
        if (PlainBody.readsAsHtml(texts[0])
                && ONLY_WORDS.matcher(texts[1] + texts[2]).matches()) {
            String now = letters(edited);
            String before = letters(texts[0]);
            String fresh = texts[2].replaceAll("\\s", "");
            String old = texts[1].replaceAll("\\s", "");
            assertThat(now).contains(fresh).hasSize(before.length() - old.length() + fresh.length());
        }
    }

    /** The letters of the text, without the addresses of links and other marks that a reader adds. */
    private static String letters(String html) {
        return Jsoup.parse(html).text().replaceAll("[\\s\\p{Z}]", "");
    }

    @FuzzTest
    void a_common_passage_is_in_both_texts(byte[] input) {
        String[] texts = text(input).split(SEPARATOR, -1);
        Passages one = Passages.of(texts[0]);
        Passages other = Passages.of(texts[texts.length - 1]);
        Passages common = one.in(texts[texts.length - 1]);
        assertThat(one.runs()).containsAll(common.runs());
        assertThat(other.runs()).containsAll(common.runs());
        assertThat(one.identifiers()).containsAll(common.identifiers());
        assertThat(other.identifiers()).containsAll(common.identifiers());
        assertThat(one.in(texts[0]).runs()).isEqualTo(one.runs());
        assertThat(one.in(texts[0]).identifiers()).isEqualTo(one.identifiers());
        for (Set<String> found : List.of(common.runs(), common.identifiers())) {
            assertThat(common.quote(found, 80)).hasSizeLessThanOrEqualTo(81);
            assertThat(common.quoteInContext(found, 80)).hasSizeLessThanOrEqualTo(150);
        }
    }

    @FuzzTest
    void what_is_invisible_goes_and_the_rest_stays(byte[] input) {
        String text = text(input);
        String seen = Invisible.strip(text);
        assertThat(Invisible.strip(seen)).isEqualTo(seen);
        assertThat(Invisible.mark(seen)).isEqualTo(seen);
        assertThat(Invisible.stripName(text)).doesNotContain("\n", "\t").isEqualTo(Invisible.stripName(seen));
        Map<String, Object> map = Invisible.stripInMap(Map.of(text, List.of(text)));
        assertThat(map).containsValue(List.of(seen)).hasSize(1);
        String html = Invisible.stripInHtml(text);
        assertThat(Invisible.stripInHtml(html)).isEqualTo(html);
        if (text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f && letter != '&')) {
            assertThat(html).isEqualTo(text);
        }
    }
}
