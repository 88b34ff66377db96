package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes all attributes from untrusted HTML except those that are used here. The parser's time is quadratic in the
 * number of attributes and in the length of names, so they are removed before parsing, as are comments and content that
 * is never shown.
 */
public final class HtmlTags {

    private static final Set<String> READ = Set.of(
            "alt",
            "background",
            "bgcolor",
            "checked",
            "class",
            "color",
            "colspan",
            "data",
            "data-marker",
            "face",
            "height",
            "hidden",
            "href",
            "id",
            "label",
            "multiple",
            "name",
            "open",
            "popover",
            "reversed",
            "rowspan",
            "selected",
            "src",
            "start",
            "style",
            "text",
            "type",
            "value",
            "width");
    /** Attributes whose values may have any length. */
    private static final Set<String> ADDRESSES = Set.of("href", "src");

    private static final Set<String> WITHOUT_TAGS = Set.of("iframe", "script", "style", "title");

    private static final int LONGEST_NAME = 40;
    /** Longer than any style or class that a mail program writes; links may be longer. */
    private static final int LONGEST_VALUE = 8_000;

    /** Forwarded mail nests a few dozen layout tables. */
    private static final int DEEPEST_TABLE = 100;

    /** Names of attributes in the selectors of style sheets. */
    private static final Pattern SELECTED = Pattern.compile("\\[\\s{0,9}([a-zA-Z][\\w:-]{0,39})");

    private static final int MOST_SELECTED = 20;

    /** A style sheet of the mail, and its media. */
    record Sheet(String media, String css) {}

    private final String html;
    private final StringBuilder out;
    private final HtmlNames names;
    private final List<Sheet> sheets = new ArrayList<>();
    private final Set<String> selected;
    /** End tags that do not occur in the rest of the text. */
    private final Set<String> endless = new HashSet<>();

    private final OpenFormats formats = new OpenFormats();

    /** The parts of the HTML that are text, by their first and last positions; null unless they are recorded. */
    private final @Nullable List<Range> texts;

    /** A part of the HTML. */
    record Range(int start, int end) {}

    private int at;
    private int tables;

    /** The attributes of the current tag so far. */
    private final Set<String> seen = new HashSet<>();

    // The state of the current style sheet.
    private String media = "";
    private boolean isSheet;

    private HtmlTags(String html, @Nullable List<Range> texts) {
        this.html = html;
        this.texts = texts;
        this.out = new StringBuilder(html.length());
        this.names = new HtmlNames(html);
        this.selected = selected(html);
    }

    static HtmlTags of(String html) {
        return of(html, null);
    }

    /** @param texts receives the parts of the HTML that are text; null if they are not needed */
    static HtmlTags of(String html, @Nullable List<Range> texts) {
        HtmlTags tags = new HtmlTags(html, texts);
        tags.slim();
        return tags;
    }

    private void text(int end) {
        if (texts != null && end > at) {
            texts.add(new Range(at, end));
        }
    }

    public static String slim(String html) {
        return of(html).html();
    }

    String html() {
        return out.toString();
    }

    /** Returns the style sheets of the mail, which are no longer in the HTML. */
    List<Sheet> sheets() {
        return sheets;
    }

    /** Whether all formatting elements end where the parser ends them. */
    boolean isComplete() {
        return formats.isComplete();
    }

    /** Returns the attributes that selectors in any style sheet use. */
    private static Set<String> selected(String html) {
        Set<String> selected = new HashSet<>();
        int at = html.indexOf('<');
        while (at >= 0 && selected.size() < MOST_SELECTED) {
            if (Ascii.isAt(html, at, "<style")) {
                int end = html.indexOf("</", at);
                Matcher found = SELECTED.matcher(html).region(at, end < 0 ? html.length() : end);
                while (found.find() && selected.size() < MOST_SELECTED) {
                    selected.add(Ascii.lower(found.group(1)));
                }
                at = end < 0 ? -1 : html.indexOf('<', end);
            } else {
                at = html.indexOf('<', at + 1);
            }
        }
        return selected;
    }

    private void slim() {
        while (at < html.length()) {
            int tag = html.indexOf('<', at);
            if (tag < 0) {
                tag = html.length();
            }
            out.append(html, at, tag);
            text(tag);
            at = tag;
            if (at < html.length()) {
                markup();
            }
        }
    }

    private void markup() {
        if (html.startsWith("<!--", at)) {
            // The parser also treats <!--> and <!---> as complete comments.
            int end = html.indexOf("-->", at + 2);
            at = end < 0 ? html.length() : end + 3;
        } else if (isLetter(at + 1) || html.startsWith("/", at + 1) && isLetter(at + 2)) {
            String name = name();
            if (names.isElement(name)) {
                tag(name);
            } else {
                out.append("&lt;");
                text(at + 1);
                at++;
            }
        } else {
            text(at + 1);
            out.append(html.charAt(at++));
        }
    }

    private boolean isLetter(int index) {
        char letter = index < html.length() ? html.charAt(index) : ' ';
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
    }

    /** Returns the name in this tag in lower case, cut if it is too long. */
    private String name() {
        int from = html.charAt(at + 1) == '/' ? at + 2 : at + 1;
        int end = from;
        while (end < html.length() && end - from <= LONGEST_NAME && "</> \t\n\f\r".indexOf(html.charAt(end)) < 0) {
            end++;
        }
        return Ascii.lower(html.substring(from, end));
    }

    /** @param name in lower case */
    private void tag(String name) {
        int from = at++;
        boolean isEnd = html.charAt(at) == '/';
        skipUntil("</> \t\n\f\r", isEnd ? at + 1 : at);
        int before = out.length();
        out.append(formats.before(name, isEnd));
        int start = out.length();
        out.append(html, from, Math.min(at, from + 1 + LONGEST_NAME));
        if (!seen.isEmpty()) {
            seen.clear();
        }
        media = "";
        isSheet = true;
        // A tag that begins inside ends this one, as it does for the parser.
        while (at < html.length() && html.charAt(at) != '>' && html.charAt(at) != '<') {
            if (isBlank(at) || html.charAt(at) == '/') {
                at++;
            } else {
                attribute(isEnd);
            }
        }
        if (at >= html.length()) {
            // The tag is never closed, so it is dropped.
            out.setLength(before);
            return;
        }
        boolean isCutOff = html.charAt(at) == '<';
        out.append(html.charAt(at - 1) == '/' && !isEnd ? "/>" : ">");
        at += isCutOff ? 0 : 1;
        if (name.equals("table") && !isTable(isEnd)) {
            out.setLength(start);
        }
        if (WITHOUT_TAGS.contains(name) && !isEnd) {
            int content = at;
            skipTo("</" + name);
            if (name.equals("style") && isSheet) {
                sheets.add(new Sheet(media, html.substring(content, at)));
            }
        }
    }

    /** Whether the table tag is kept; tables that are nested too deeply are reduced to their text. */
    private boolean isTable(boolean isEnd) {
        tables += isEnd ? -1 : 1;
        boolean counts = isEnd ? tables < DEEPEST_TABLE : tables <= DEEPEST_TABLE;
        tables = Math.max(0, tables);
        return counts;
    }

    private void attribute(boolean isEnd) {
        int from = at;
        skipUntil("=/> \t\n\f\r", at + 1);
        String name = at - from > LONGEST_NAME ? "" : Ascii.lower(html.substring(from, at));
        int end = at;
        int value = at;
        while (isBlank(value)) {
            value++;
        }
        if (value < html.length() && html.charAt(value) == '=') {
            at = value + 1;
            while (isBlank(at)) {
                at++;
            }
            value = at;
            char quote = at < html.length() ? html.charAt(at) : '>';
            if (quote == '"' || quote == '\'') {
                int close = html.indexOf(quote, at + 1);
                at = close < 0 ? html.length() : close + 1;
            } else {
                skipUntil("> \t\n\f\r", at);
            }
            end = at;
        }
        if (isEnd) {
            return;
        }
        if ((READ.contains(name) || selected.contains(name))
                && (end - value <= LONGEST_VALUE || ADDRESSES.contains(name))
                && seen.add(name)) {
            out.append(' ').append(html, from, end);
        }
        if (name.equals("media") && media.isEmpty()) {
            media = CssScanner.decode(html.substring(value, Math.min(end, value + LONGEST_VALUE)));
        } else if (name.equals("type") && end > value) {
            String type = Ascii.lower(CssScanner.decode(html.substring(value, Math.min(end, value + LONGEST_NAME))));
            isSheet = type.isEmpty() || type.equals("text/css");
        }
    }

    private void skipUntil(String ends, int from) {
        at = from;
        while (at < html.length() && ends.indexOf(html.charAt(at)) < 0) {
            at++;
        }
    }

    /** Skips raw text up to its end tag; if there is none, nothing is skipped and the parser decides. */
    private void skipTo(String end) {
        if (endless.contains(end)) {
            return;
        }
        for (int i = html.indexOf('<', at); i >= 0; i = html.indexOf('<', i + 1)) {
            if (Ascii.isAt(html, i, end)) {
                at = i;
                return;
            }
        }
        endless.add(end);
    }

    private boolean isBlank(int index) {
        return index < html.length() && " \t\n\f\r".indexOf(html.charAt(index)) >= 0;
    }
}
