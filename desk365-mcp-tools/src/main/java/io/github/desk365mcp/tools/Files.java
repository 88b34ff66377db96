package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.Param.param;
import static io.github.desk365mcp.tools.Type.TEXT;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files in arguments: small ones, written into the argument itself. */
final class Files {

    static final int MOST_BYTES = 128 * 1024;
    static final int MOST_FILES = 10;

    private static final Param<String> REFERENCE = param("reference", TEXT)
            .says("A data: URI, or base64; up to 128 KiB.")
            .required()
            .example("data:text/plain;base64,aGVsbG8=");
    private static final Param<String> FILE_NAME =
            param("file_name", TEXT).says("With its ending.").required().example("note.txt");
    private static final Param<String> MEDIA_TYPE =
            param("media_type", TEXT).says("Such as image/png.").example("text/plain");

    static final Param<List<Map<String, Object>>> ATTACHMENTS = param(
                    "attachments", Type.objects(REFERENCE, FILE_NAME, MEDIA_TYPE))
            .says("The files to send along, up to 10.")
            .required()
            .example(List.of(example()));

    private Files() {}

    private static Map<String, Object> example() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("reference", "data:text/plain;base64,aGVsbG8=");
        file.put("file_name", "note.txt");
        file.put("media_type", "text/plain");
        return file;
    }

    /** What a program must know that fills the argument in for a model. */
    static Map<String, Object> hints() {
        Map<String, Object> hints = new LinkedHashMap<>();
        hints.put("argument", ATTACHMENTS.name());
        hints.put("most_files", MOST_FILES);
        hints.put("most_bytes", MOST_BYTES);
        hints.put("forms", List.of("data-uri", "base64"));
        return hints;
    }

    /** What was uploaded, beside what the service answered: a file that arrived short is noticed. */
    record Uploaded(JsonDocument answer, List<Map<String, Object>> files) {}

    /** Does an upload with the files of a call, and tells what they were. */
    static Uploaded send(Arguments in, Upload upload) {
        List<Map<String, Object>> items = in.need(ATTACHMENTS);
        if (items.isEmpty() || items.size() > MOST_FILES) {
            throw refused("attachments takes 1 to " + MOST_FILES + " files, not " + items.size() + ".");
        }
        List<Attachment> attachments = new ArrayList<>();
        List<Map<String, Object>> told = new ArrayList<>();
        for (Map<String, Object> item : items) {
            String name = text(item, "file_name");
            Inline inline = Inline.of(name, text(item, "reference"));
            String type = item.get("media_type") instanceof String given ? given : inline.mediaType;
            try {
                attachments.add(Attachment.of(name, type, inline.bytes));
            } catch (IllegalArgumentException e) {
                throw refused("In attachments, " + e.getMessage() + ".");
            }
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("file_name", name);
            file.put("media_type", type);
            file.put("file_size", inline.bytes.length);
            file.put("sha256", sha256(inline.bytes));
            told.add(file);
        }
        return new Uploaded(upload.send(attachments), told);
    }

    /** Sends files to the helpdesk. */
    interface Upload {
        JsonDocument send(List<Attachment> attachments);
    }

    private static String text(Map<String, Object> item, String name) {
        return String.valueOf(item.get(name));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RefusedException refused(String says) {
        return new RefusedException("invalid_arguments", "Nothing was sent. " + says);
    }

    /** Bytes that stand in the argument. */
    private static final class Inline {

        private final String mediaType;
        private final byte[] bytes;

        private Inline(String mediaType, byte[] bytes) {
            this.mediaType = mediaType;
            this.bytes = bytes;
        }

        static Inline of(String name, String reference) {
            String data = reference.strip();
            String mediaType = "application/octet-stream";
            boolean base64 = true;
            if (data.regionMatches(true, 0, "data:", 0, 5)) {
                int comma = data.indexOf(',');
                if (comma < 0 || comma == data.length() - 1) {
                    throw refused("The data: URI of " + name + " has no data.");
                }
                String head = data.substring(5, comma);
                base64 = head.endsWith(";base64");
                String type = base64 ? head.substring(0, head.length() - 7) : head;
                mediaType = type.isEmpty() ? "text/plain" : type;
                data = data.substring(comma + 1);
            }
            if (data.length() > MOST_BYTES * 3) {
                throw refused(name + " is larger than 128 KiB.");
            }
            byte[] bytes = base64 ? decoded(name, data) : unescaped(name, data);
            if (bytes.length > MOST_BYTES) {
                throw refused(name + " is larger than 128 KiB.");
            }
            if (bytes.length == 0) {
                throw refused(name + " is empty.");
            }
            return new Inline(mediaType, bytes);
        }

        private static byte[] decoded(String name, String data) {
            try {
                return Base64.getDecoder().decode(data);
            } catch (IllegalArgumentException e) {
                throw refused("The reference of " + name
                        + " is neither base64 nor a data: URI; this host takes no paths and no other addresses.");
            }
        }

        private static byte[] unescaped(String name, String data) {
            try {
                return java.net.URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw refused("The data: URI of " + name + " is badly escaped.");
            }
        }
    }
}
