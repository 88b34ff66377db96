package io.github.desk365mcp.tools.internal.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a text that the service does not change: its words, and the addresses of its links and images. Two texts
 * are equal if both are equal, in order.
 *
 * @param words the text without tags, character references and invisible characters; each run of white space is one
 *     space
 * @param addresses the addresses of links and images, unchanged and each once; a link that only repeats its own text is
 *     left out, since the service may create such links
 */
public record ComparableText(String words, List<String> addresses) {

    private static final int DEEPEST_WRAPPING = 5;

    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    public ComparableText {
        words = BLANKS.matcher(INVISIBLE.matcher(words).replaceAll(""))
                .replaceAll(" ")
                .strip();
        addresses = List.copyOf(addresses);
    }

    /** Reads a body, which the service stores as HTML. */
    public static ComparableText ofHtml(@Nullable String html) {
        if (html == null || html.isBlank()) {
            return ofText(html);
        }
        Element parsed = Jsoup.parse(HtmlTags.slim(html)).body();
        Set<String> addresses = new LinkedHashSet<>();
        for (Element element : parsed.getAllElements()) {
            String link = element.attr("href").strip();
            if (!link.isEmpty() && !isOwnText(link, element)) {
                addresses.add(link);
            }
            String source = element.attr("src").strip();
            if (!source.isEmpty()) {
                addresses.add(source);
            }
        }
        return new ComparableText(parsed.text(), List.copyOf(addresses));
    }

    private static boolean isOwnText(String link, Element element) {
        Element inner = element;
        // Not the text of all descendants, which would take quadratic time if links are nested.
        for (int depth = 0;
                depth < DEEPEST_WRAPPING
                        && inner.childrenSize() == 1
                        && inner.ownText().isBlank();
                depth++) {
            inner = inner.child(0);
        }
        String text = inner.ownText().strip();
        return link.equals(text) || link.equals("mailto:" + text);
    }

    public static ComparableText ofText(@Nullable String text) {
        return new ComparableText(text == null ? "" : text, List.of());
    }

    /** Reads a text that may be HTML. */
    public static ComparableText of(@Nullable String text) {
        return text != null && PlainBody.isHtml(text) ? ofHtml(text) : ofText(text);
    }

    /** The same text in lower case; only ASCII letters are changed. */
    public ComparableText folded() {
        return new ComparableText(Ascii.lower(words), addresses);
    }

    /** The words without spaces, to find texts that differ at most in spaces and addresses. */
    public String letters() {
        return words.replace(" ", "");
    }

    /** Whether this text is the other one, or continues it. */
    public boolean beginsWith(ComparableText other) {
        int count = other.addresses.size();
        return (words.equals(other.words) || words.startsWith(other.words + " "))
                && addresses.size() >= count
                && addresses.subList(0, count).equals(other.addresses);
    }
}
