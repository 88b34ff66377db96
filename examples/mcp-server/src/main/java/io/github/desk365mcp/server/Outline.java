package io.github.desk365mcp.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a line of JSON shows while its bytes pass by: how many values it has, how deep they stand, and the id of a
 * request. Nothing of the line has to be kept for that, so it also tells of a line that is too long.
 */
final class Outline {

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
    private long values;

    void add(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            add(bytes[i]);
        }
    }

    private void add(byte b) {
        if (quoted) {
            keep(b);
            quoted = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return;
        }
        switch (b) {
            case ' ', '\t', '\r' -> {
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

    /** How many values there are at the most. */
    long values() {
        return values;
    }

    /** How many objects and arrays stand in each other. */
    int depth() {
        return deepest;
    }
}
