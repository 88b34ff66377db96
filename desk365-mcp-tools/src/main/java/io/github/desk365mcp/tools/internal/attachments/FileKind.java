package io.github.desk365mcp.tools.internal.attachments;

import io.github.desk365mcp.tools.internal.text.Ascii;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a file is, by its first bytes: the media type and the name are what its sender says. */
enum FileKind {
    PNG("image/png"),
    JPEG("image/jpeg"),
    GIF("image/gif"),
    WEBP("image/webp"),
    PDF("application/pdf"),
    MAIL("message/rfc822"),
    HTML("text/html"),
    TEXT("text/plain"),
    OTHER("application/octet-stream");

    /** PDF readers look for the header in the first kilobyte. */
    private static final int PDF_HEADER_WITHIN = 1_024;

    private static final int SAMPLE = 64 * 1024;

    private final String mediaType;

    FileKind(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    boolean isImage() {
        return ordinal() <= WEBP.ordinal();
    }

    static FileKind of(byte[] bytes, @Nullable String declared, String name) {
        if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) {
            return GIF;
        }
        if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
            return WEBP;
        }
        String beginning = new String(bytes, 0, Math.min(bytes.length, PDF_HEADER_WITHIN), StandardCharsets.ISO_8859_1);
        if (beginning.contains("%PDF-")) {
            return PDF;
        }
        if (!isText(bytes)) {
            return OTHER;
        }
        String type =
                declared == null ? "" : Ascii.lower(declared).split(";", 2)[0].strip();
        String ending = Ascii.lower(name.substring(name.lastIndexOf('.') + 1));
        if (type.equals(MAIL.mediaType) || ending.equals("eml")) {
            return MAIL;
        }
        return type.equals(HTML.mediaType) || ending.equals("html") || ending.equals("htm") ? HTML : TEXT;
    }

    private static boolean begins(byte[] bytes, int at, String signature) {
        if (bytes.length < at + signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if ((bytes[at + i] & 0xFF) != signature.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Text has no zero bytes, except in UTF-16 and UTF-32, which begin with a mark, and next to no control characters. */
    private static boolean isText(byte[] bytes) {
        if (TextFile.mark(bytes) != null) {
            return true;
        }
        int length = Math.min(bytes.length, SAMPLE);
        int controls = 0;
        for (int i = 0; i < length; i++) {
            int one = bytes[i] & 0xFF;
            if (one == 0) {
                return false;
            }
            if (one < ' ' && one != '\n' && one != '\r' && one != '\t' && one != '\f' && one != 0x1B) {
                controls++;
            }
        }
        return controls * 100 <= length;
    }
}
