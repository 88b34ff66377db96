package io.github.desk365mcp.tools.internal.text;

/** The name of a field of the account's own; the API puts cf_ before it. */
public final class CustomFieldName {

    private static final String PREFIX = "cf_";

    private CustomFieldName() {}

    /** Whether the name has the API's prefix, in any case. */
    public static boolean isPrefixed(String given) {
        return Ascii.startsWith(given, PREFIX);
    }

    /** The name with the API's prefix. */
    public static String of(String given) {
        if (given.isBlank() || given.startsWith(PREFIX)) {
            return given;
        }
        return PREFIX + (isPrefixed(given) ? given.substring(PREFIX.length()) : given);
    }
}
