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
                .replaceAll(found -> Matcher.quoteReplacement(
                        known.computeIfAbsent(found.group(), reference -> Parser.unescapeEntities(reference, false))));
    }
}
