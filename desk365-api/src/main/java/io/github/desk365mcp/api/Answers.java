package io.github.desk365mcp.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import okhttp3.Response;

/** Reads response bodies as objects. */
final class Answers {

    private static final int LONGEST_TEXT = 64 * 1024;

    private Answers() {}

    /**
     * Reads the JSON object of a response. An array is returned under {@code content}, plain text under
     * {@code message}.
     */
    static Map<String, ?> read(String operation, Response response, boolean mayBeText) throws IOException {
        InputStream in = new BufferedInputStream(Json.bounded(response.body().byteStream()));
        skipByteOrderMark(in);
        int first;
        do {
            in.mark(1);
            first = in.read();
        } while (Character.isWhitespace(first));
        in.reset();
        if (first == '<') {
            throw new InvalidResponseException(operation + ": the response is an HTML page, not JSON");
        }
        if (first != '{' && first != '[') {
            if (!mayBeText) {
                if (first < 0) {
                    return Map.of();
                }
                throw new InvalidResponseException(operation + ": the response is plain text, not JSON");
            }
            byte[] text = in.readNBytes(LONGEST_TEXT + 1);
            if (text.length > LONGEST_TEXT) {
                throw new InvalidResponseException(operation + ": the response is long plain text, not JSON");
            }
            return Map.of("message", new String(text, StandardCharsets.UTF_8).strip());
        }
        Object value;
        try {
            value = Json.read(in);
        } catch (Json.Malformed e) {
            throw new InvalidResponseException(operation + ": the response is " + e.getMessage(), e);
        }
        return value instanceof FrozenMap map ? map : Map.of("content", value == null ? List.of() : value);
    }

    /** JSON has no byte order mark, but some servers and gateways write one. */
    private static void skipByteOrderMark(InputStream in) throws IOException {
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
    }
}
