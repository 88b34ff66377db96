package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Decodes HTML character references in plain text, such as {@code &amp;}. */
public final class CharacterReferences {

    /** Only with the semicolon: {@code ?a=1&copy=2} is part of a URL. */
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:[a-zA-Z][a-zA-Z0-9]{1,24}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});");

    private CharacterReferences() {}

    /** Decodes each reference once: {@code &amp;lt;} becomes {@code &lt;}. Unknown names stay unchanged. */
    public static String decode(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        // Each reference is decoded once, since the parser is slow to start.
        Map<String, String> known = new HashMap<>();
        return REFERENCE
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(known.computeIfAbsent(found.group(), CharacterReferences::character)));
    }

    private static String character(String reference) {
        if (reference.charAt(1) == '#') {
            boolean isHex = reference.charAt(2) == 'x' || reference.charAt(2) == 'X';
            int code = Integer.parseInt(reference, isHex ? 3 : 2, reference.length() - 1, isHex ? 16 : 10);
            if (code >= ' ' && code < 0x7F || code >= 0xA0 && code < 0xD800) {
                return String.valueOf((char) code);
            }
        }
        return Parser.unescapeEntities(reference, false);
    }
}
