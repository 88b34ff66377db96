package io.github.desk365mcp.tools.internal.text;

/** The name of a custom field; the API prefixes it with {@code cf_}. */
public final class CustomFieldName {

    private static final String PREFIX = "cf_";

    private CustomFieldName() {}

    /** Whether the name has the API's prefix, in upper or lower case. */
    public static boolean isPrefixed(String given) {
        return Ascii.startsWith(given, PREFIX);
    }

    /** Returns the name with the API's prefix. */
    public static String of(String given) {
        if (given.isBlank() || given.startsWith(PREFIX)) {
            return given;
        }
        return PREFIX + (isPrefixed(given) ? given.substring(PREFIX.length()) : given);
    }
}
