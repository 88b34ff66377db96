package io.github.desk365mcp.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import okhttp3.Response;

/** Answers as objects. */
final class Answers {

    private static final int LONGEST_TEXT = 64 * 1024;

    private Answers() {}

    /** The object that was answered; an array is put under {@code content}, a text under {@code message}. */
    static Map<String, ?> read(String operation, Response response, boolean mayBeText) throws IOException {
        InputStream in = new BufferedInputStream(Json.bounded(response.body().byteStream()));
        int first;
        do {
            in.mark(1);
            first = in.read();
        } while (Character.isWhitespace(first));
        in.reset();
        if (first == '<') {
            throw new InvalidResponseException(operation + ": the answer is a page, not JSON");
        }
        if (first != '{' && first != '[') {
            if (!mayBeText) {
                if (first < 0) {
                    return Map.of();
                }
                throw new InvalidResponseException(operation + ": the answer is a text, not JSON");
            }
            byte[] text = in.readNBytes(LONGEST_TEXT + 1);
            if (text.length > LONGEST_TEXT) {
                throw new InvalidResponseException(operation + ": the answer is a long text, not JSON");
            }
            return Map.of("message", new String(text, StandardCharsets.UTF_8).strip());
        }
        Object value;
        try {
            value = Json.read(in);
        } catch (Json.Malformed e) {
            throw new InvalidResponseException(operation + ": the answer is " + e.getMessage(), e);
        }
        return value instanceof FrozenMap map ? map : Map.of("content", value == null ? List.of() : value);
    }
}
