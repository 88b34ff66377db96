package io.github.desk365mcp.tools.internal.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of JSON text in UTF-8 without writing it: answers are measured often, and written once. */
final class JsonLength {

    private JsonLength() {}

    /** Returns the bytes of the compact JSON text of a plain value. */
    static int of(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return ofText(text.toString());
        }
        if (value instanceof Map<?, ?> fields) {
            int bytes = 1;
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                bytes += ofText(String.valueOf(field.getKey())) + of(field.getValue()) + 2;
            }
            return Math.max(bytes, 2);
        }
        if (value instanceof Iterable<?> items) {
            int bytes = 1;
            for (Object item : items) {
                bytes += of(item) + 1;
            }
            return Math.max(bytes, 2);
        }
        // Numbers, true, false and null.
        return String.valueOf(value).length();
    }

    private static int ofText(String text) {
        int bytes = text.length() + 2;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < ' ' || letter >= 0x80 || letter == '"' || letter == '\\') {
                bytes += ofOther(letter) - 1;
            }
        }
        return bytes;
    }

    /** The bytes of a character that is escaped or not ASCII. */
    private static int ofOther(char letter) {
        if (letter < ' ') {
            return switch (letter) {
                case '\b', '\t', '\n', '\f', '\r' -> 2;
                default -> 6;
            };
        }
        return letter < 0x80 ? 2 : inUtf8(letter);
    }

    /** Returns the bytes of a character in UTF-8; each half of a surrogate pair counts as two. */
    static int inUtf8(char letter) {
        return letter < 0x80 ? 1 : letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
    }
}
