package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Attachment;

/** Which names and media types a file may have. */
final class FileNames {

    static final int LONGEST = 255;

    private FileNames() {}

    static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST
                && !name.matches("\\.+")
                && name.codePoints().noneMatch(FileNames::isUnfitForNames);
    }

    /** Separators, quotes, and what is not seen: an override of the direction makes {@code exe.jpg} of an {@code exe}. */
    private static boolean isUnfitForNames(int character) {
        int type = Character.getType(character);
        return "/\\\"".indexOf(character) >= 0
                || type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || character >= 0x202a && character <= 0x202e
                || character >= 0x2066 && character <= 0x2069;
    }

    static boolean isMediaType(String type) {
        try {
            return Attachment.of("a", type, new byte[0]).hasLength();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
