package io.github.desk365mcp.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a message shows while its bytes pass by: whether it would take far more memory as values than as text, and the id
 * of a request. Nothing of the message has to be kept for that, so it also tells of one that is too long.
 */
final class Outline {

    /** More than any call has use for: a small value takes twenty times the memory of its text. */
    private static final int MOST_VALUES = 200_000;

    private static final int MOST_LEVELS = 200;

    /** A longer id is not told. */
    private static final int LONGEST = 256;

    /** What stands between two marks at the outermost level: a key, or a value that is no object and no array. */
    private final ByteArrayOutputStream word = new ByteArrayOutputStream();

    private String key = "";
    private String id = "";
    private boolean asks;
    private boolean blank = true;
    private boolean quoted;
    private boolean escaped;
    private int depth;
    private int deepest;
    private int values;
    private boolean otherEncoding;

    void add(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            add(bytes[i]);
        }
    }

    private void add(byte b) {
        // Never in JSON in UTF-8, always in that of UTF-16, which a parser takes, and whose marks are hidden here.
        otherEncoding |= b == 0;
        if (quoted) {
            keep(b);
            quoted = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return;
        }
        switch (b) {
            case ' ', '\t', '\r', '\n' -> {
                return;
            }
            case '{', '[' -> {
                values++;
                depth++;
                deepest = Math.max(deepest, depth);
            }
            case '}', ']' -> {
                endOfMember();
                depth--;
            }
            case ',' -> {
                values++;
                endOfMember();
            }
            case ':' -> {
                if (depth == 1) {
                    key = word();
                }
            }
            default -> {
                quoted = b == '"';
                keep(b);
            }
        }
        blank = false;
    }

    private void keep(byte b) {
        if (depth == 1 && word.size() <= LONGEST) {
            word.write(b);
        }
    }

    private void endOfMember() {
        if (depth == 1) {
            String value = word();
            if (key.equals("\"id\"")) {
                id = value;
            }
            asks |= key.equals("\"method\"");
            key = "";
        }
    }

    private String word() {
        String read = word.size() <= LONGEST ? word.toString(StandardCharsets.UTF_8) : "";
        word.reset();
        return read;
    }

    /** The id as it stands there; empty unless this is a request, whose id it makes sense to answer. */
    String id() {
        return asks ? id : "";
    }

    boolean isBlank() {
        return blank;
    }

    /** Why this must not be parsed; null if it may. */
    @Nullable
    String refusal() {
        if (otherEncoding) {
            return "This is not JSON in UTF-8.";
        }
        if (values > MOST_VALUES) {
            return "This message has more than " + MOST_VALUES + " values. Nothing was done; send less at once.";
        }
        return deepest > MOST_LEVELS
                ? "This message is nested deeper than " + MOST_LEVELS + " levels. Nothing was done."
                : null;
    }
}
