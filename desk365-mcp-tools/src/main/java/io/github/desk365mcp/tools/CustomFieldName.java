package io.github.desk365mcp.tools;

/** The name of a field of the account's own; the API puts cf_ before it. */
final class CustomFieldName {

    private static final String PREFIX = "cf_";

    private CustomFieldName() {}

    /** The name with the API's prefix. */
    static String of(String given) {
        if (given.isBlank() || given.startsWith(PREFIX)) {
            return given;
        }
        return PREFIX
                + (given.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) ? given.substring(PREFIX.length()) : given);
    }
}
