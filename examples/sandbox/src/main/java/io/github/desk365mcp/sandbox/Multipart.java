package io.github.desk365mcp.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/** Reads {@code multipart/form-data} while it arrives, so that a gigabyte fits through a small heap. */
final class Multipart {

    /** The largest content of a part that is kept. Of a larger part, only the size and the digest are kept. */
    static final int KEPT = 16 * 1024 * 1024;

    private Multipart() {}

    static boolean matches(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /**
     * Adds the parts while they arrive. The parts before an error are kept.
     *
     * @throws FileUploadException if the form is malformed; a broken connection is another exception
     */
    static void read(InputStream body, String contentType, List<Upload> uploads) throws IOException {
        String boundary = parameters(contentType).get("boundary");
        if (boundary == null) {
            throw new FileUploadException("The multipart request has no boundary");
        }
        MultipartInput input = MultipartInput.builder()
                .setInputStream(body)
                .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                .get();
        input.setHeaderCharset(StandardCharsets.UTF_8);
        if (!input.skipPreamble()) {
            throw new FileUploadException("The multipart request has no part");
        }
        for (boolean more = true; more; more = input.readBoundary()) {
            Map<String, String> headers = headers(input.readHeaders());
            try (InputStream content = input.newInputStream()) {
                uploads.add(upload(headers, content));
            }
        }
    }

    private static Upload upload(Map<String, String> headers, InputStream content) throws IOException {
        MessageDigest digest = sha256();
        // In pieces, because a buffer that grows by doubling would need three times the space.
        List<byte[]> kept = new ArrayList<>();
        long size = 0;
        byte[] buffer = new byte[64 * 1024];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            digest.update(buffer, 0, n);
            size += n;
            if (size <= KEPT) {
                kept.add(Arrays.copyOf(buffer, n));
            } else {
                kept.clear();
            }
        }
        byte[] bytes = size <= KEPT ? join(kept, (int) size) : null;
        Map<String, String> disposition = parameters(headers.getOrDefault("content-disposition", ""));
        String fileName = fileName(disposition.get("filename"));
        String text = fileName == null && bytes != null ? new String(bytes, StandardCharsets.UTF_8) : null;
        Part part = new Part(
                disposition.getOrDefault("name", ""),
                fileName,
                headers.get("content-type"),
                size,
                HexFormat.of().formatHex(digest.digest()),
                text);
        return new Upload(part, bytes);
    }

    private static byte[] join(List<byte[]> pieces, int size) {
        ByteBuffer whole = ByteBuffer.allocate(size);
        pieces.forEach(whole::put);
        return whole.array();
    }

    /** Decodes the characters that browsers and HTTP libraries escape in a quoted file name. */
    private static @Nullable String fileName(@Nullable String sent) {
        return sent == null
                ? null
                : sent.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    private static Map<String, String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }

    private static Map<String, String> headers(String block) {
        Map<String, String> headers = new HashMap<>();
        block.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        return headers;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
