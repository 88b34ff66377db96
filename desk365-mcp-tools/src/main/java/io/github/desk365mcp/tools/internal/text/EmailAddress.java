package io.github.desk365mcp.tools.internal.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reduces an e-mail address to its bare form: {@code Jane Doe <jane.doe@contoso.example>}, {@code mailto:} links,
 * Markdown links, quotes and closing punctuation are accepted.
 *
 * <p>The letters of an address never change, not even their case: mail to another address reaches another person. A text
 * with two different addresses has no bare form.
 */
public final class EmailAddress {

    /** Includes a display name. */
    public static final int LONGEST_TEXT = 1_000;

    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_LABEL = 63;

    /** How deep forms can be nested, such as a link in quotes in angle brackets. */
    private static final int MOST_LAYERS = 12;

    private static final Pattern SCHEME = Pattern.compile("(?i)(?:mailto|smtp):(?://)?");
    private static final Pattern LABEL = Pattern.compile("(?i)(?:e-?mail|to|from|cc|bcc)\\s{0,9}:\\s{0,9}");
    private static final Pattern DOMAIN_LABEL =
            Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}_-]*[\\p{L}\\p{M}\\p{N}])?");
    private static final Pattern DIGITS = Pattern.compile("\\p{N}+");
    private static final Pattern MARKDOWN_LINK = Pattern.compile(
            "(?s)!?\\[([^\\[\\]]*)]\\(\\s{0,9}<?([^()<>\\s]*)>?(?:\\s{1,9}[\"'][^\"']*[\"'])?\\s{0,9}\\)");
    private static final Pattern HTML_LINK =
            Pattern.compile("(?is)<a\\s[^<>]*?href\\s{0,9}=\\s{0,9}[\"']?([^\"'<>\\s]*)[^<>]*>([^<>]*)</a\\s{0,9}>");
    private static final Pattern NAMED = Pattern.compile("(?s)([^<>]*)<([^<>]*)>");
    private static final Pattern IN_BRACKETS = Pattern.compile("(?s)([^()\\[\\]]*)[(\\[]([^()\\[\\]]*)[)\\]]");
    private static final Pattern LIKE_AN_ADDRESS = Pattern.compile("[^\\s<>()\\[\\]\",;:@]+@[^\\s<>()\\[\\]\",;:@]+");

    /** An escape that Markdown does not show. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\([_*.@+~`-])");

    private static final List<String> PAIRS =
            List.of("\"\"", "''", "``", "**", "__", "“”", "‘’", "„“", "«»", "‹›", "<>", "()", "[]", "{}");

    /** Never valid at the start of an address. */
    private static final String BEFORE = "<>()[]\",;:“”„«»‹›";

    /** Never valid at the end of an address. */
    private static final String AFTER = BEFORE + ".!?'`’‘}";

    /** Not valid before the @; the last two are other forms of it. */
    private static final String NOT_ALLOWED = "()<>[]:;\\,\"\uFF20\uFE6B";

    private EmailAddress() {}

    /** Returns the bare address; the same text if it does not have exactly one reading. */
    public static String bare(String given) {
        if (isBare(given)) {
            return given;
        }
        String bare = unwrapped(given);
        return isBare(bare) ? bare : given;
    }

    /** Whether a text is a bare address. */
    public static boolean isBare(String text) {
        return wrongWith(text) == null;
    }

    /** Returns why a text has no bare address, as a clause; null if it has one. */
    public static @Nullable String fault(String given) {
        return isBare(given) ? null : wrongWith(unwrapped(given));
    }

    private static String unwrapped(String given) {
        if (given.length() > LONGEST_TEXT) {
            return given;
        }
        String text = ESCAPE.matcher(CharacterReferences.decode(given)).replaceAll("$1");
        for (int i = 0; i < MOST_LAYERS; i++) {
            String inner = inner(trimmed(text));
            if (inner.equals(text)) {
                break;
            }
            text = inner;
        }
        return text;
    }

    private static String inner(String text) {
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.lookingAt()) {
            return ofUri(text.substring(scheme.end()));
        }
        Matcher label = LABEL.matcher(text);
        if (label.lookingAt()) {
            return text.substring(label.end());
        }
        Matcher link = MARKDOWN_LINK.matcher(text);
        if (link.matches()) {
            return either(link.group(1), link.group(2), text);
        }
        link = HTML_LINK.matcher(text);
        if (link.matches()) {
            return either(link.group(2), link.group(1), text);
        }
        for (String pair : PAIRS) {
            if (text.length() > 2
                    && text.charAt(0) == pair.charAt(0)
                    && text.charAt(text.length() - 1) == pair.charAt(1)) {
                String within = text.substring(1, text.length() - 1);
                if (within.indexOf(pair.charAt(0)) < 0 || pair.charAt(0) == pair.charAt(1) && within.indexOf('<') < 0) {
                    return within;
                }
            }
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return agrees(named.group(1), named.group(2)) ? named.group(2) : text;
        }
        named = IN_BRACKETS.matcher(text);
        if (named.matches()) {
            return either(named.group(1), named.group(2), text);
        }
        return text;
    }

    /** Returns the part that has an address; the whole text if both have different ones, or neither has one. */
    private static String either(String label, String target, String whole) {
        boolean inLabel = label.indexOf('@') >= 0;
        boolean inTarget = target.indexOf('@') >= 0 || target.contains("%40");
        if (inTarget) {
            return agrees(label, target) ? target : whole;
        }
        return inLabel ? label : whole;
    }

    /** Whether a display name contains no other address than the one that it belongs to. */
    private static boolean agrees(String name, String address) {
        Matcher found = LIKE_AN_ADDRESS.matcher(name);
        while (found.find()) {
            if (!Ascii.isSame(trimmed(found.group()), unwrapped(address))) {
                return false;
            }
        }
        return true;
    }

    /** Reads the part of a {@code mailto:} URI after the scheme. A subject is dropped, further recipients are not. */
    private static String ofUri(String uri) {
        int query = uri.indexOf('?');
        String address = uri;
        if (query >= 0) {
            String rest = Ascii.lower(uri.substring(query));
            if (rest.matches("(?s).*(?:@|%40|[?&](?:to|cc|bcc)=).*")) {
                return uri;
            }
            address = uri.substring(0, query);
        }
        try {
            return address.indexOf('%') < 0
                    ? address
                    : URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /** Removes blanks, invisible characters and punctuation from both ends, but no half of a pair. */
    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isAround(text.charAt(from))) {
            from++;
        }
        while (from < to && isAround(text.charAt(to - 1))) {
            to--;
        }
        String core = text.substring(from, to);
        if (!core.isEmpty() && isOpen(core, core.charAt(0), BEFORE)) {
            return trimmed(core.substring(1));
        }
        return !core.isEmpty() && isOpen(core, core.charAt(core.length() - 1), AFTER)
                ? trimmed(core.substring(0, core.length() - 1))
                : core;
    }

    /** Whether a character at an end is punctuation whose other half is missing, or that has none. */
    private static boolean isOpen(String text, char end, String punctuation) {
        if (punctuation.indexOf(end) < 0) {
            return false;
        }
        for (String pair : PAIRS) {
            int half = pair.indexOf(end);
            if (half >= 0) {
                char other = pair.charAt(1 - half);
                long others = text.chars().filter(letter -> letter == other).count();
                if (others >= (other == end ? 2 : 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isAround(char letter) {
        return Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || Invisible.strip(String.valueOf(letter)).isEmpty();
    }

    /** Returns what is wrong with a bare address, as a clause; null if nothing is. */
    private static @Nullable String wrongWith(String address) {
        int at = address.indexOf('@');
        if (at < 0) {
            return "it has no @";
        }
        if (address.length() > LONGEST) {
            return "it is too long";
        }
        int hidden = hidden(address);
        if (hidden >= 0) {
            return String.format("it contains the invisible character U+%04X", hidden);
        }
        if (at != address.lastIndexOf('@')) {
            return "it has more than one address";
        }
        if (address.codePoints().anyMatch(letter -> Character.isWhitespace(letter) || Character.isSpaceChar(letter))) {
            return "it contains a blank";
        }
        String local = address.substring(0, at);
        String domain = address.substring(at + 1);
        if (local.isEmpty() || domain.isEmpty()) {
            return "there is nothing " + (local.isEmpty() ? "before" : "after") + " the @";
        }
        if (local.length() > LONGEST_LOCAL_PART) {
            return "the part before the @ is too long";
        }
        if (!areParts(local)) {
            return "a full stop is at the start or end of the part before the @, or doubled";
        }
        if (local.chars().anyMatch(letter -> NOT_ALLOWED.indexOf(letter) >= 0)) {
            return "the part before the @ contains a character that is not allowed";
        }
        return wrongWithDomain(domain);
    }

    private static @Nullable String wrongWithDomain(String domain) {
        if (domain.indexOf('.') < 0) {
            return "the part after the @ is not a whole domain name";
        }
        if (!areParts(domain)) {
            return "a full stop is at the start or end of the part after the @, or doubled";
        }
        String last = "";
        for (String label : domain.split("\\.")) {
            if (label.length() > LONGEST_LABEL || !DOMAIN_LABEL.matcher(label).matches()) {
                return "the part after the @ is not a domain name";
            }
            last = label;
        }
        return DIGITS.matcher(last).matches() ? "the part after the @ is not a domain name" : null;
    }

    private static boolean areParts(String text) {
        return !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
    }

    /** Returns the first invisible character; -1 if there is none. */
    private static int hidden(String text) {
        if (Invisible.strip(text).equals(text)) {
            return -1;
        }
        return text.codePoints()
                .filter(point -> !Character.isWhitespace(point)
                        && !Invisible.strip(Character.toString(point)).equals(Character.toString(point)))
                .findFirst()
                .orElse(-1);
    }
}
