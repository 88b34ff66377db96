package io.github.desk365mcp.sandbox;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts HTML to plain text as the service does: tags and line breaks are removed, without a replacement. */
final class HtmlText {

    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#?\\w{1,8});");
    private static final Map<String, String> NAMED =
            Map.of("nbsp", " ", "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    private HtmlText() {}

    static String of(String html) {
        String text = TAG.matcher(html).replaceAll("").replaceAll("\\R", "");
        return ENTITY.matcher(text)
                .replaceAll(entity -> Matcher.quoteReplacement(decode(entity.group(1), entity.group())))
                .strip();
    }

    private static String decode(String entity, String asWritten) {
        if (!entity.startsWith("#")) {
            return NAMED.getOrDefault(entity, asWritten);
        }
        boolean hex = entity.startsWith("#x");
        try {
            int code = hex ? Integer.parseInt(entity.substring(2), 16) : Integer.parseInt(entity.substring(1));
            return Character.toString(code);
        } catch (IllegalArgumentException e) {
            return asWritten;
        }
    }
}
