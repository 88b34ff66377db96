package io.github.desk365mcp.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Scans a message while its bytes are read. It finds the id of a request, and whether the parsed message would use far
 * more memory than its text. It does not keep the message, so it also works for a message that is too long.
 */
final class Outline {

    /** More than any call needs. A parsed small value uses twenty times the memory of its text. */
    private static final int MOST_VALUES = 200_000;

    private static final int MOST_LEVELS = 200;

    /** A longer id is not reported. */
    private static final int LONGEST = 256;

    /** The current token at the outermost level: a key, or a value that is neither an object nor an array. */
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
        // JSON in UTF-8 has no zero bytes. UTF-16 has them; a parser would accept it, but this scan cannot read it.
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

    /** {@return the id of the request, as JSON; empty if the message is not a request or the id is too long} */
    String id() {
        return asks ? id : "";
    }

    /** {@return about how many values the message has, also those in objects and arrays} */
    int values() {
        return values;
    }

    boolean isBlank() {
        return blank;
    }

    /** {@return why this message must not be parsed; null if it can be parsed} */
    @Nullable
    String refusal() {
        if (otherEncoding) {
            return "This is not JSON in UTF-8.";
        }
        if (values > MOST_VALUES) {
            return "This message has more than " + MOST_VALUES + " values. Nothing was done; send less at a time.";
        }
        return deepest > MOST_LEVELS
                ? "This message is nested deeper than " + MOST_LEVELS + " levels. Nothing was done."
                : null;
    }
}
