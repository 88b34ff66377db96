package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * A stored body, the texts that a model may have read of it, and where each of their letters is in the HTML. The text
 * format, the Markdown format and the words without any marks are such texts.
 */
final class EditableBody {

    private static final int CONTEXT = 50;
    private static final int MOST_SHOWN = 3;

    /** The fewest words of a passage by which a similar one is found. */
    private static final int LEAST_WORDS = 3;

    private static final int MOST_WORDS = 60;

    private final String html;
    private final boolean isHtml;
    private final BodyLetters letters;

    /** The texts in which passages are looked for; the first is the text format. */
    private final List<FoldedText> texts = new ArrayList<>();

    private final String shown;

    /** A passage, by its text and positions in that. */
    record Place(FoldedText text, int start, int end) {}

    /** @throws PassageException if the positions in the HTML are uncertain */
    EditableBody(String html) {
        this.html = html;
        this.isHtml = PlainBody.readsAsHtml(html);
        if (!isHtml) {
            this.letters = new BodyLetters(html, List.of(new HtmlTags.Range(0, html.length())), false);
            String plain = CharacterReferences.decode(html);
            int[] own = numbered(plain);
            texts.add(whole(plain, own));
            this.shown = PlainBody.read(html);
            return;
        }
        List<HtmlTags.Range> parts = new ArrayList<>();
        HtmlTags tags = HtmlTags.of(html, parts);
        this.letters = new BodyLetters(html, parts, true);
        Element parsed = Jsoup.parse(tags.html()).body();
        Map<TextNode, int[]> nodes = letters.in(parsed);
        if (nodes == null) {
            throw PassageException.irregular();
        }
        MailStyles styles = MailStyles.of(parsed, tags.sheets());
        SeenNodes seen = new SeenNodes(parsed, styles);
        PlainTextWriter text = new BodyWriter(false, styles, seen, null).trace(parsed);
        PlainTextWriter markdown = new BodyWriter(true, styles, seen, null).trace(parsed);
        int[] own = letters(text, nodes);
        texts.add(whole(text.whole(), own));
        texts.add(words(text.whole(), own));
        texts.add(whole(markdown.whole(), letters(markdown, nodes)));
        this.shown = Invisible.strip(text.toString());
    }

    private static int[] numbered(String plain) {
        int[] own = new int[plain.length()];
        int next = 0;
        for (int i = 0; i < own.length; i++) {
            own[i] = FoldedText.isSpace(plain.charAt(i)) ? -1 : next++;
        }
        return own;
    }

    /** Returns the letter of each character; -1 for spaces and marks. */
    private static int[] letters(PlainTextWriter writer, Map<TextNode, int[]> nodes) {
        int[] own = new int[writer.whole().length()];
        Arrays.fill(own, -1);
        for (PlainTextWriter.Run run : writer.runs()) {
            int[] ofNode = nodes.getOrDefault(run.node(), new int[0]);
            System.arraycopy(ofNode, run.offset(), own, run.start(), run.end() - run.start());
        }
        return own;
    }

    private static FoldedText whole(String text, int[] own) {
        FoldedText folded = new FoldedText();
        for (int i = 0; i < own.length; i++) {
            folded.add(text, i, own[i]);
        }
        return folded;
    }

    /** Returns the text without marks such as those of lists and the targets of links. */
    private static FoldedText words(String text, int[] own) {
        FoldedText folded = new FoldedText();
        boolean isMark = false;
        for (int i = 0; i < own.length; i++) {
            char one = text.charAt(i);
            if (own[i] >= 0 || FoldedText.isSpace(one)) {
                isMark &= own[i] < 0;
                if (!isMark || own[i] < 0 && !isInMark(text, own, i)) {
                    folded.add(text, i, own[i]);
                }
            } else {
                if (!isMark && (one == '(' || one == '[')) {
                    folded.endSpace();
                }
                isMark = true;
            }
        }
        return folded;
    }

    /** Whether a space is within the words of one mark, such as the description of an image. */
    private static boolean isInMark(String text, int[] own, int space) {
        return space + 1 < own.length
                && own[space + 1] < 0
                && !FoldedText.isSpace(text.charAt(space + 1))
                && "([|-".indexOf(text.charAt(space + 1)) < 0;
    }

    String html() {
        return html;
    }

    boolean isHtml() {
        return isHtml;
    }

    BodyLetters letters() {
        return letters;
    }

    /** The text as answers show it. */
    String shown() {
        return shown;
    }

    /** Returns the visible letters in their order. */
    List<Integer> visible() {
        FoldedText text = texts.get(0);
        List<Integer> visible = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            if (text.letter(i) >= 0) {
                visible.add(text.letter(i));
            }
        }
        return visible;
    }

    /** Returns the visible letters as a text. */
    String visibleText() {
        FoldedText text = texts.get(0);
        StringBuilder visible = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.letter(i) >= 0) {
                visible.append(text.charAt(i));
            }
        }
        return visible.toString();
    }

    /** How many characters of the text are marks. */
    int marks() {
        FoldedText text = texts.get(0);
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            marks += text.letter(i) < 0 && text.charAt(i) != ' ' ? 1 : 0;
        }
        return marks;
    }

    /**
     * Finds the passage.
     *
     * @param passage folded
     * @throws PassageException if it is not there exactly once
     */
    Place find(FoldedText passage, String given) {
        Map<List<Integer>, Place> places = new LinkedHashMap<>();
        String wanted = passage.toString();
        for (FoldedText text : texts) {
            String all = text.toString();
            for (int at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
                int first = letter(text, at, at + wanted.length(), 1);
                if (first >= 0) {
                    int last = letter(text, at, at + wanted.length(), -1);
                    places.putIfAbsent(List.of(first, last), new Place(text, at, at + wanted.length()));
                }
            }
        }
        if (places.size() == 1) {
            return places.values().iterator().next();
        }
        if (places.isEmpty()) {
            throw PassageException.missing(given, similar(passage));
        }
        throw PassageException.repeated(
                given,
                places.size(),
                places.values().stream()
                        .limit(MOST_SHOWN)
                        .map(place -> around(place.text().toString(), place.start(), place.end()))
                        .toList());
    }

    /** Returns the first letter of a part, or with step -1 the last; -1 if the part has none. */
    private static int letter(FoldedText text, int start, int end, int step) {
        for (int i = step > 0 ? start : end - 1; i >= start && i < end; i += step) {
            if (text.letter(i) >= 0) {
                return text.letter(i);
            }
        }
        return -1;
    }

    /** Returns the part of the text that has the most words in a row of the passage; empty if none has several. */
    private String similar(FoldedText passage) {
        String all = Ascii.lower(texts.get(0).toString());
        String[] words = Ascii.lower(passage.toString()).split(" ", MOST_WORDS + 1);
        int count = Math.min(words.length, MOST_WORDS);
        for (int size = count; size >= Math.min(LEAST_WORDS, count); size--) {
            for (int from = 0; from + size <= count; from++) {
                String run = String.join(" ", Arrays.copyOfRange(words, from, from + size));
                int at = run.isEmpty() ? -1 : all.indexOf(run);
                if (at >= 0) {
                    return around(texts.get(0).toString(), at, at + run.length());
                }
            }
        }
        return "";
    }

    /** Returns a part of a text with a few words before and after it. */
    static String around(String text, int start, int end) {
        int from = start <= CONTEXT ? 0 : text.indexOf(' ', start - CONTEXT) + 1;
        from = from == 0 && start > CONTEXT || from > start ? Math.max(0, start - CONTEXT) : from;
        int to = end + CONTEXT >= text.length() ? text.length() : text.lastIndexOf(' ', end + CONTEXT);
        to = to < end ? Math.min(text.length(), end + CONTEXT) : to;
        return (from > 0 ? "…" : "") + text.substring(from, to).strip() + (to < text.length() ? "…" : "");
    }
}
