package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.Map;
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

    private static final Pattern REFERENCE = Pattern.compile("&(?:[a-zA-Z]\\w{1,24}|#\\w{1,7});");

    /** Characters that HTML would read as a space or as a tag. */
    private static final Pattern CHANGES_AS_HTML = Pattern.compile("[\\n\\r<]");

    private PlainBody() {}

    /** Whether the body contains an HTML tag; an e-mail address in angle brackets is not one. */
    public static boolean isHtml(String body) {
        int last = body.lastIndexOf('>');
        return TAG.matcher(body).results().anyMatch(tag -> tag.end() <= last + 1 && isKnown(tag));
    }

    /**
     * Whether the whole body is HTML, that is, begins and ends with a tag. Text that merely mentions a tag, such as
     * "use &lt;br&gt; here", is not.
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
        // Each reference is decoded once, since the parser is slow to start.
        Map<String, String> known = new HashMap<>();
        String read = REFERENCE
                .matcher(body)
                .replaceAll(found -> Matcher.quoteReplacement(
                        known.computeIfAbsent(found.group(), reference -> Parser.unescapeEntities(reference, false))));
        return Invisible.strip(read).replace('\u00A0', ' ').strip();
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
