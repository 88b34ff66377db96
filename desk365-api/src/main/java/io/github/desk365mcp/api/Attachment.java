package io.github.desk365mcp.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file to upload: a name, a media type, a length, and a source that can be opened.
 *
 * <p>The bytes are read when the request is written, so memory does not grow with the file. Any number, size and type
 * is passed on; the limits of the service are unknown.
 *
 * @param name the file name that people see; any characters, as they are escaped on the wire
 * @param mediaType for example {@code image/png}
 * @param length in bytes; a source that holds fewer or more ends the upload with an error
 * @param source opened once for each attempt, and closed
 */
public record Attachment(String name, String mediaType, long length, Source source) {

    private static final String ANY_TYPE = "application/octet-stream";

    /** Checks name, type and length. */
    public Attachment {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an attachment needs a name");
        }
        if (!mediaType.matches("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(\\s*;[\\x20-\\x7e]*)?")) {
            throw new IllegalArgumentException("no media type: " + mediaType.replaceAll("[^\\x20-\\x7e]", "?"));
        }
        if (length < 0) {
            throw new IllegalArgumentException("an attachment's length must be known");
        }
    }

    /** The file, under its own name; the media type is guessed from the name. */
    public static Attachment of(Path file) throws IOException {
        String type = Files.probeContentType(file);
        return new Attachment(
                String.valueOf(file.getFileName()),
                type == null ? ANY_TYPE : type.toLowerCase(Locale.ROOT),
                Files.size(file),
                () -> Files.newInputStream(file));
    }

    /** These bytes, which are not copied. */
    public static Attachment of(String name, String mediaType, byte[] bytes) {
        return new Attachment(name, mediaType, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /** Name, media type and length. */
    @Override
    public String toString() {
        return "Attachment[" + mediaType + ", " + length + " bytes]";
    }

    /** Opens the bytes. */
    @FunctionalInterface
    public interface Source {

        /** A fresh stream from the first byte; the caller closes it. */
        InputStream open() throws IOException;
    }
}
