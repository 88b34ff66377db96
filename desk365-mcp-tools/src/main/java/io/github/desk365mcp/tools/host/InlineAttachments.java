package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.FileNames;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves files in the argument itself. Decoding is strict, because models lose characters in long texts. */
final class InlineAttachments implements AttachmentResolver {

    static final int MOST_BYTES = 128 * 1024;

    /** Percent-encoding triples the length. */
    private static final int LONGEST = MOST_BYTES * 3 + 200;

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]*={0,2}");

    /** A shorter text without padding could be a word, a handle or a path. */
    private static final int SURELY_BASE64 = 64;

    @Override
    public @Nullable Attachment resolve(String reference, CallContext context) {
        String given = reference.strip();
        boolean uri = Ascii.startsWith(given, "data:");
        if (!uri && !isBase64(given)) {
            return null;
        }
        if (given.length() > LONGEST) {
            throw tooLarge();
        }
        String mediaType = "application/octet-stream";
        byte[] bytes;
        if (uri) {
            int comma = given.indexOf(',');
            if (comma < 0 || comma == given.length() - 1) {
                throw new AttachmentRefusedException("The data: URI has no data after a comma.");
            }
            String head = given.substring(5, comma);
            boolean base64 = Ascii.isSame(head.substring(Math.max(0, head.length() - 7)), ";base64");
            String type = base64 ? head.substring(0, head.length() - 7) : head;
            mediaType = type.isEmpty() || type.startsWith(";") ? "text/plain" + type : type;
            if (!FileNames.isMediaType(mediaType)) {
                throw new AttachmentRefusedException("A data: URI begins with a media type, such as image/png; it has "
                        + Text.brief(mediaType) + ".");
            }
            String data = given.substring(comma + 1);
            bytes = base64 ? decoded(data) : unescaped(data);
        } else {
            bytes = decoded(given);
        }
        if (bytes.length > MOST_BYTES) {
            throw tooLarge();
        }
        return Attachment.of("file", mediaType, bytes);
    }

    private static boolean isBase64(String text) {
        return (text.endsWith("=") || text.length() >= SURELY_BASE64)
                && BASE64.matcher(text).matches();
    }

    /** Accepts both alphabets. Text that differs from what an encoder writes has lost characters. */
    private static byte[] decoded(String written) {
        String data = (written.indexOf('%') < 0 ? written : new String(unescaped(written), StandardCharsets.UTF_8))
                .replace('-', '+')
                .replace('_', '/');
        try {
            byte[] bytes = Base64.getDecoder().decode(data);
            String again = Base64.getEncoder().encodeToString(bytes);
            if (again.equals(data)) {
                return bytes;
            }
            if (data.indexOf('=') < 0 && again.startsWith(data)) {
                // It may also be cut off, so it is not accepted.
                String padding = again.substring(data.length());
                throw new AttachmentRefusedException("The base64 (" + data.length() + " characters) has no padding, so"
                        + " its end may be missing. If it is complete, add " + padding + " at the end; otherwise write"
                        + " it again in full.");
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new AttachmentRefusedException("The base64 (" + data.length()
                + " characters) is incomplete or damaged. Write it again in full, without line breaks.");
    }

    private static byte[] unescaped(String data) {
        byte[] text = data.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            if (text[i] != '%') {
                bytes.write(text[i]);
            } else if (i + 2 < text.length && HexFormat.isHexDigit(text[i + 1]) && HexFormat.isHexDigit(text[i + 2])) {
                bytes.write(HexFormat.fromHexDigit(text[i + 1]) << 4 | HexFormat.fromHexDigit(text[i + 2]));
                i += 2;
            } else {
                throw new AttachmentRefusedException("The data: URI has a % that is not an escape; write %25 instead.");
            }
        }
        return bytes.toByteArray();
    }

    private static AttachmentRefusedException tooLarge() {
        return new AttachmentRefusedException(
                "It is larger than " + Text.bytes(MOST_BYTES) + ", the limit for a file in an argument.");
    }

    @Override
    public String form() {
        return "a data: URI, or base64";
    }

    @Override
    public List<String> formNames() {
        return List.of("data-uri", "base64");
    }

    @Override
    public long mostBytes() {
        return MOST_BYTES;
    }
}
