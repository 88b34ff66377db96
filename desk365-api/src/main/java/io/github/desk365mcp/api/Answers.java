package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;

/** Reads response bodies as objects. */
final class Answers {

    private static final int LONGEST_TEXT = 64 * 1024;

    private static final ByteString BYTE_ORDER_MARK = ByteString.of((byte) 0xEF, (byte) 0xBB, (byte) 0xBF);

    private Answers() {}

    /**
     * Reads the JSON object of a response. An array is returned under {@code content}, plain text under
     * {@code message}.
     */
    static Map<String, ?> read(String operation, Response response, boolean mayBeText) throws IOException {
        BufferedSource source = response.body().source();
        int first = first(source);
        InputStream in = Json.bounded(source.inputStream());
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
            return Map.of("message", decoded(operation, text));
        }
        Object value;
        try {
            value = Json.read(in);
        } catch (Json.Malformed e) {
            throw new InvalidResponseException(operation + ": the response is " + e.getMessage(), e);
        }
        return value instanceof FrozenMap map ? map : Map.of("content", value == null ? List.of() : value);
    }

    /** Bytes that are no text are no message either: nobody could tell what they say. */
    private static String decoded(String operation, byte[] text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            throw new InvalidResponseException(operation + ": the response is neither JSON nor text in UTF-8", e);
        }
    }

    /**
     * Returns the first byte after white space, without reading it; -1 if there is none. JSON has no byte order mark,
     * but some servers and gateways write one.
     */
    private static int first(BufferedSource source) throws IOException {
        if (source.rangeEquals(0, BYTE_ORDER_MARK)) {
            source.skip(BYTE_ORDER_MARK.size());
        }
        for (long skipped = 0; source.request(1); skipped++) {
            Json.checkLength(skipped);
            byte first = source.getBuffer().getByte(0);
            if (!Character.isWhitespace(first)) {
                return first & 0xff;
            }
            source.skip(1);
        }
        return -1;
    }
}
