package io.github.desk365mcp.tools.internal.text;

import io.github.desk365mcp.api.Attachment;

/** Which names and media types a file may have. */
public final class FileNames {

    public static final int LONGEST = 255;

    private FileNames() {}

    public static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST
                && !name.matches("\\.+")
                && name.chars().noneMatch(letter -> "/\\\"".indexOf(letter) >= 0)
                // What is not seen, too: an override of the direction makes exe.jpg of an exe.
                && Invisible.stripName(name).equals(name);
    }

    public static boolean isMediaType(String type) {
        try {
            return Attachment.of("a", type, new byte[0]).hasLength();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
