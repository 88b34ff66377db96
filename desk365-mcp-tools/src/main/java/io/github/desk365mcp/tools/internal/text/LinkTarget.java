package io.github.desk365mcp.tools.internal.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The target of a link, and whether the text must show it. */
final class LinkTarget {

    private static final Pattern SCHEME = Pattern.compile("(?i)^[a-z][a-z0-9+.-]{0,29}:(?://)?");
    /** Schemes whose target is not worth showing. */
    private static final Pattern NOWHERE =
            Pattern.compile("(?i)^(?:#|$|(?:javascript|vbscript|data|cid|mid|about|blob|x-[a-z-]+|[a-z]:$):?)");

    private static final List<String> NUMBERS = List.of("tel:", "sms:", "callto:", "fax:");
    private static final String MAIL = "mailto:";
    private static final Pattern BREAKS = Pattern.compile("[\\t\\n\\r]");

    private LinkTarget() {}

    /** Returns the target; null if there is none to show. */
    static @Nullable String of(String attribute) {
        String target = BREAKS.matcher(attribute).replaceAll("").strip();
        return NOWHERE.matcher(target).lookingAt() ? null : target;
    }

    /** Whether the words of a link already show its target. */
    static boolean isIn(String words, String target) {
        if (words.isEmpty()) {
            return false;
        }
        if (NUMBERS.stream().anyMatch(scheme -> Ascii.startsWith(target, scheme))) {
            return digits(words).equals(digits(target));
        }
        String bare = bare(target);
        String said = bare(words);
        if (Ascii.startsWith(target, MAIL)) {
            return Ascii.isSame(bare, said);
        }
        // Host names are case-insensitive; paths are not.
        int path = bare.indexOf('/');
        int host = path < 0 ? bare.length() : path;
        return bare.length() == said.length()
                && Ascii.isSame(bare.substring(0, host), said.substring(0, host))
                && bare.substring(host).equals(said.substring(host));
    }

    private static String digits(String number) {
        return number.replaceAll("[^0-9+*#,;]", "");
    }

    private static String bare(String address) {
        String bare = address;
        if (address.indexOf(':') > 0) {
            Matcher scheme = SCHEME.matcher(address);
            bare = scheme.lookingAt() ? address.substring(scheme.end()) : address;
        }
        int end = bare.length();
        while (end > 0 && bare.charAt(end - 1) == '/') {
            end--;
        }
        return bare.substring(0, end);
    }
}
