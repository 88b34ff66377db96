package io.github.desk365mcp.tools.internal.text;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;

/** Converts plain-text bodies, and distinguishes them from HTML. */
public final class PlainBody {

    /**
     * A tag, or its beginning up to the first attribute's value. Quantifiers are bounded, since the input is untrusted.
     */
    private static final Pattern TAG = Pattern.compile(
            "<(?:/?([a-zA-Z][a-zA-Z0-9]{0,15}+)(?:\\s{0,9}+/?>|\\s{1,9}+[a-zA-Z][\\w:.-]{0,40}+\\s{0,9}+=)"
                    + "|!--|!(?i:doctype)\\s)");

    /** Tags that begin or end lines. */
    private static final Pattern STRUCTURE = Pattern.compile(
            "(?i)</?(?:br|p|div|table|tr|td|li|ul|ol|h[1-6]|blockquote|pre|body|html|hr|center|section)(?=[\\s/>])");

    private static final int LONGEST_TAG = 500;

    /** Characters that HTML would read as a space or as a tag. */
    private static final Pattern CHANGES_AS_HTML = Pattern.compile("[\\n\\r<]");

    private PlainBody() {}

    /** Whether the body contains an HTML tag; an e-mail address in angle brackets is not one. */
    public static boolean isHtml(String body) {
        int last = body.lastIndexOf('>');
        Matcher tag = TAG.matcher(body);
        while (tag.find()) {
            if (tag.end() <= last + 1 && isKnown(tag)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the body is to be read as HTML. Text that only mentions a tag has line breaks that HTML would lose, and is
     * read as text.
     */
    static boolean readsAsHtml(String body) {
        if (!isHtml(body)) {
            return false;
        }
        String whole = body.strip();
        if (isWhollyHtml(whole) || STRUCTURE.matcher(whole).lookingAt() || whole.startsWith("<!")) {
            return true;
        }
        int breaks = bareBreaks(whole);
        int needed = breaks > 0 && whole.endsWith(">") ? 1 : breaks;
        Matcher block = STRUCTURE.matcher(whole);
        while (needed > 0 && block.find()) {
            needed--;
        }
        return needed == 0;
    }

    /** Counts the line breaks between two words; those at a tag that makes a line break itself are not. */
    private static int bareBreaks(String text) {
        int breaks = 0;
        int visible = -1;
        int tag = -1;
        // Without going back, since the input is untrusted.
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\n') {
                breaks += tag >= 0 && isStructure(text, tag, visible) ? 0 : 1;
            } else if (character > ' ') {
                visible = i;
                tag = character == '<' ? i : tag;
            }
        }
        return breaks;
    }

    private static boolean isStructure(String text, int from, int last) {
        return text.charAt(last) == '>'
                && last - from <= LONGEST_TAG
                && STRUCTURE.matcher(text).region(from, text.length()).lookingAt();
    }

    /**
     * Whether the whole body is HTML: it begins and ends with a tag. Text that mentions a tag, such as "use &lt;br&gt;
     * here", is not.
     */
    public static boolean isWhollyHtml(String body) {
        String whole = body.strip();
        return isTag(whole, 0) && isTag(whole, whole.lastIndexOf('<')) && whole.endsWith(">");
    }

    private static boolean isTag(String body, int at) {
        Matcher tag = TAG.matcher(body).region(Math.max(0, at), body.length());
        return tag.lookingAt() && isKnown(tag);
    }

    private static boolean isKnown(MatchResult tag) {
        return tag.group(1) == null || Tag.isKnownTag(Ascii.lower(tag.group(1)));
    }

    /** Reads text without tags: line breaks are kept, and character references are decoded. */
    static String read(String body) {
        return SymbolFont.read(Invisible.strip(CharacterReferences.decode(body)), null)
                .replace('\u00A0', ' ')
                .strip();
    }

    /**
     * Converts text to HTML unless it already is HTML or reads the same as HTML. Character references with a semicolon
     * are decoded, as a mail program would; {@code ?a=1&copy=2} keeps its letters.
     */
    public static String asHtml(String body) {
        boolean staysSame = !CHANGES_AS_HTML.matcher(body.strip()).find()
                && (body.indexOf('&') < 0
                        || Parser.unescapeEntities(body, false).equals(body));
        return isHtml(body) || staysSame ? body : ofText(CharacterReferences.decode(body));
    }

    /** Converts plain text to HTML and keeps its line breaks. */
    public static String ofText(String text) {
        String lines = text.strip().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
        return Stream.of(Entities.escape(lines).split("\n{2,}"))
                .map(paragraph -> "<p>" + paragraph.replace("\n", "<br>\n") + "</p>")
                .collect(Collectors.joining("\n"));
    }
}
