package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Removes invisible characters: those that a person does not see but a model reads, and those that change the direction
 * of text or control a terminal. Answers, error messages and file names contain none.
 *
 * <p>Joiners are kept only where they are needed: between two letters of a script that uses them (Persian and Hindi,
 * for example, read wrongly without them), and a zero-width joiner between two emoji. Variation selectors are always
 * removed: 256 of them can encode hidden text, and they change only the look of a character. Subdivision flags lose
 * their tags and become a black flag.
 */
public final class Invisible {

    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#(?:[xX]0*[0-9a-fA-F]{1,6}|0*[0-9]{1,7})|[a-zA-Z]{2,24});?");

    /** What a reference has between its ampersand and its semicolon. */
    private static final String UNFINISHED = "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** Scripts that use joiners. */
    private static final Set<Character.UnicodeScript> JOINED = Set.of(
            Character.UnicodeScript.ARABIC,
            Character.UnicodeScript.SYRIAC,
            Character.UnicodeScript.MONGOLIAN,
            Character.UnicodeScript.DEVANAGARI,
            Character.UnicodeScript.BENGALI,
            Character.UnicodeScript.GURMUKHI,
            Character.UnicodeScript.GUJARATI,
            Character.UnicodeScript.ORIYA,
            Character.UnicodeScript.TAMIL,
            Character.UnicodeScript.TELUGU,
            Character.UnicodeScript.KANNADA,
            Character.UnicodeScript.MALAYALAM,
            Character.UnicodeScript.SINHALA,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR);

    private Invisible() {}

    /** Returns the text without invisible characters; other kinds of line break become {@code \n}. */
    public static String strip(String text) {
        return rewrite(text, point -> isBreak(point) ? "\n" : point >= 0xD800 && point <= 0xDFFF ? "\uFFFD" : "");
    }

    /** Returns the name on one line and without invisible characters. */
    public static String stripName(String name) {
        String seen = strip(name);
        for (int i = 0; i < seen.length(); i++) {
            if (seen.charAt(i) < ' ') {
                return seen.replaceAll("[\\n\\r\\t]+", " ");
            }
        }
        return seen;
    }

    /** Replaces invisible characters by their code points, so that a person who approves the text sees them. */
    public static String mark(String text) {
        return rewrite(text, point -> String.format("[U+%04X]", point));
    }

    /** The same for a name, which is on one line. */
    public static String markName(String name) {
        return mark(name).replace("\r", "[U+000D]").replace("\n", "[U+000A]");
    }

    private static String rewrite(String text, IntFunction<String> hidden) {
        // Most texts have no invisible characters, and are not copied.
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder seen = null;
        int before = at == 0 ? 0 : text.charAt(at - 1);
        while (at < text.length()) {
            int start = at;
            int point = text.charAt(at);
            boolean stays = isPlain((char) point);
            if (stays) {
                at++;
            } else {
                point = text.codePointAt(at);
                at += Character.charCount(point);
                boolean isLineEnd = point == '\r' && at < text.length() && text.charAt(at) == '\n';
                stays = isJoiner(point) ? joins(before, point, nextSeen(text, at)) : !is(point) || isLineEnd;
            }
            if (stays) {
                before = point;
                if (seen != null) {
                    seen.appendCodePoint(point);
                }
            } else {
                seen = seen == null ? new StringBuilder(text.length()).append(text, 0, start) : seen;
                seen.append(hidden.apply(point));
                // Joiners do not join what is on two lines.
                before = isBreak(point) ? point : before;
            }
        }
        return seen == null ? text : seen.toString();
    }

    /** Whether a character needs no further check: it is printable or plain white space. */
    private static boolean isPlain(char letter) {
        return letter >= ' ' && letter < 0x7F || letter == '\n' || letter == '\t' || letter > 0xAD && letter < 0x300;
    }

    /** Returns the next visible code point or line break; 0 if there is none. */
    private static int nextSeen(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!is(point) || isBreak(point)) {
                return point;
            }
            at += Character.charCount(point);
        }
        return 0;
    }

    private static boolean isJoiner(int point) {
        return point == NON_JOINER || point == JOINER;
    }

    private static boolean joins(int before, int joiner, int after) {
        return joiner == JOINER && isEmoji(before) && isEmoji(after) || isJoined(before) && isJoined(after);
    }

    private static boolean isJoined(int point) {
        return (Character.isLetter(point)
                        || Character.getType(point) == Character.NON_SPACING_MARK
                        || Character.getType(point) == Character.COMBINING_SPACING_MARK)
                && JOINED.contains(Character.UnicodeScript.of(point));
    }

    private static boolean isEmoji(int point) {
        return point >= 0x1F000 && point <= 0x1FAFF
                || point >= 0x2190 && point <= 0x21FF
                || point >= 0x2300 && point <= 0x23FF
                || point >= 0x2600 && point <= 0x27BF
                || point >= 0x2B00 && point <= 0x2BFF;
    }

    private static boolean isBreak(int point) {
        return point == '\r' || point == 0x0B || point == 0x0C || point == 0x85 || point == 0x2028 || point == 0x2029;
    }

    /** Returns a JSON value without invisible characters in its strings and field names: the same value, if it has none. */
    public static Object stripIn(Object value) {
        if (value instanceof String text) {
            return strip(text);
        }
        if (value instanceof List<?> list) {
            return stripInList(list);
        }
        return value instanceof Map<?, ?> map ? stripInMap(map) : value;
    }

    private static List<?> stripInList(List<?> list) {
        List<@Nullable Object> seen = null;
        int at = 0;
        for (Object item : list) {
            Object shown = item == null ? null : stripIn(item);
            if (seen == null && shown != item) {
                seen = new ArrayList<>(list.subList(0, at));
            }
            if (seen != null) {
                seen.add(shown);
            }
            at++;
        }
        return seen == null ? list : seen;
    }

    /** If two names become equal, the one that had no invisible characters keeps its name. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> stripInMap(Map<?, ?> map) {
        Map<String, @Nullable Object> seen = null;
        Set<String> taken = null;
        Map<String, Integer> numbers = Map.of();
        int at = 0;
        for (Map.Entry<?, ?> field : map.entrySet()) {
            String given = String.valueOf(field.getKey());
            String name = stripName(given);
            Object shown = field.getValue() == null ? null : stripIn(field.getValue());
            if (seen == null && (!name.equals(given) || shown != field.getValue())) {
                seen = first(map, at);
            }
            if (!name.equals(given)) {
                if (taken == null) {
                    numbers = new HashMap<>();
                    taken = new HashSet<>();
                    for (Object key : map.keySet()) {
                        taken.add(String.valueOf(key));
                    }
                }
                String read = name;
                while (!taken.add(name)) {
                    // Goes on from the last number of this name: to start again at 2 would take quadratic time.
                    name = read + " (" + numbers.merge(read, 2, (number, two) -> number + 1) + ")";
                }
            }
            if (seen != null) {
                seen.put(name, shown);
            }
            at++;
        }
        return seen == null ? (Map<String, Object>) map : seen;
    }

    private static Map<String, @Nullable Object> first(Map<?, ?> map, int fields) {
        Map<String, @Nullable Object> first = new LinkedHashMap<>();
        map.entrySet().stream()
                .limit(fields)
                .forEach(field -> first.put(String.valueOf(field.getKey()), field.getValue()));
        return first;
    }

    /** Returns HTML without invisible characters, including those written as character references. */
    static String stripInHtml(String html) {
        String seen = strip(html);
        StringBuilder kept = new StringBuilder();
        int from = 0;
        Matcher reference = REFERENCE.matcher(seen);
        while (reference.find()) {
            String read = Parser.unescapeEntities(reference.group(), false);
            String rest = strip(read);
            if (!read.equals(reference.group()) && !rest.equals(read)) {
                int before = kept.length();
                kept.append(seen, from, reference.start());
                close(kept, before);
                // "&shyly" is a soft hyphen and two letters.
                kept.append(rest);
                from = reference.end();
            }
        }
        return from == 0 ? seen : kept.append(seen, from, seen.length()).toString();
    }

    /**
     * Ends an unfinished reference at the end of a text: with what follows a removed one, it would become another one.
     *
     * @param before where the text begins that was not looked at before
     */
    private static void close(StringBuilder text, int before) {
        int at = text.length();
        while (at > before && UNFINISHED.indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        if (at > before && text.charAt(at - 1) == '&') {
            String open = text.substring(at - 1);
            if (Parser.unescapeEntities(open, false).equals(open)) {
                text.insert(at, "amp;");
            } else {
                text.append(';');
            }
        }
    }

    /** Whether a code point is invisible, at least in most places. */
    static boolean isOften(int point) {
        return is(point) || isJoiner(point);
    }

    /** Whether a code point is always invisible, unlike joiners. */
    private static boolean is(int point) {
        if (point < 0xA0) {
            return point < 0x20 && point != '\n' && point != '\t' || point >= 0x7F;
        }
        return switch (Character.getType(point)) {
            case Character.FORMAT -> !isJoiner(point) && !isSign(point);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> isIgnorable(point);
        };
    }

    /** The visible format characters: Arabic, Syriac and Kaithi signs, most of which enclose numbers. */
    private static boolean isSign(int point) {
        return point >= 0x0600 && point <= 0x0605
                || point == 0x06DD
                || point == 0x070F
                || point == 0x0890
                || point == 0x0891
                || point == 0x08E2
                || point == 0x110BD
                || point == 0x110CD;
    }

    /**
     * Unicode's Default_Ignorable_Code_Point except format characters, plus noncharacters and blank characters that are
     * not spaces.
     */
    private static boolean isIgnorable(int point) {
        return switch (point) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0, 0x16FE4, 0x1D159 -> true;
            default ->
                point >= 0x180B && point <= 0x180F
                        || point >= 0xFE00 && point <= 0xFE0F
                        || point >= 0xFDD0 && point <= 0xFDEF
                        || point >= 0xFFF0 && point <= 0xFFFB
                        || point >= 0x1BCA0 && point <= 0x1BCA3
                        || point >= 0x1D173 && point <= 0x1D17A
                        || point >= 0xE0000 && point <= 0xE0FFF
                        || (point & 0xFFFE) == 0xFFFE;
        };
    }
}
