package io.github.desk365mcp.tools.internal.attachments;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file, and its charset: by the byte order mark, else UTF-8 if it is valid, else windows-1252.
 *
 * @param charset the name of the charset
 */
record TextFile(String text, String charset) {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    static TextFile of(byte[] bytes) {
        Charset marked = mark(bytes);
        if (marked != null) {
            String text = new String(bytes, marked);
            return new TextFile(text.startsWith("\uFEFF") ? text.substring(1) : text, marked.name());
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new TextFile(text, StandardCharsets.UTF_8.name());
        } catch (CharacterCodingException e) {
            return new TextFile(new String(bytes, WINDOWS), WINDOWS.name());
        }
    }

    /** The charset that a byte order mark names; null if there is none. */
    static @Nullable Charset mark(byte[] bytes) {
        int first = bytes.length < 3 ? 0 : (bytes[0] & 0xFF) << 16 | (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF;
        if (first == 0xEFBBBF) {
            return StandardCharsets.UTF_8;
        }
        int two = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        if (two == 0xFFFE) {
            boolean is32 = bytes.length >= 4 && bytes[2] == 0 && bytes[3] == 0;
            return is32 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
        }
        return two == 0xFEFF ? StandardCharsets.UTF_16BE : null;
    }
}
