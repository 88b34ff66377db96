package io.github.desk365mcp.tools.internal.text;

import io.github.desk365mcp.api.Attachment;

/** Checks names and media types of files. */
public final class FileNames {

    public static final int LONGEST = 255;

    private FileNames() {}

    public static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST
                && !name.matches("\\.+")
                && name.chars().noneMatch(letter -> "/\\\"".indexOf(letter) >= 0)
                // Invisible characters are not allowed either: a direction override makes an exe look like exe.jpg.
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
