package io.github.desk365mcp.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file to upload: a name, a media type, a length where it is known, and a source that can be opened.
 *
 * <p>The bytes are read when the request is written, so memory does not grow with the file. Any number, size and type
 * is passed on; the limits of the service are unknown.
 *
 * @param name the file name that people see; any characters, as they are escaped on the wire
 * @param mediaType for example {@code image/png}
 * @param length in bytes, or {@link #UNKNOWN_LENGTH}; a source that holds fewer or more ends the upload with an error
 * @param source opened once for each attempt, and closed
 */
public record Attachment(String name, String mediaType, long length, Source source) {

    /**
     * Says that a length is not known. The upload is chunked then, and a source that ends early is not noticed;
     * {@link Spool} finds the length first. It is not -1, which many a failed look-up answers.
     */
    public static final long UNKNOWN_LENGTH = Long.MIN_VALUE;

    private static final String ANY_TYPE = "application/octet-stream";

    /** Checks name, type and length. */
    public Attachment {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an attachment needs a name");
        }
        if (!mediaType.matches("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(\\s*;[\\x20-\\x7e]*)?")) {
            throw new IllegalArgumentException("no media type: " + mediaType.replaceAll("[^\\x20-\\x7e]", "?"));
        }
        if (length < 0 && length != UNKNOWN_LENGTH) {
            throw new IllegalArgumentException("an attachment's length must not be negative");
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

    /** A stream whose length is not known before its end. */
    public static Attachment of(String name, String mediaType, Source source) {
        return new Attachment(name, mediaType, UNKNOWN_LENGTH, source);
    }

    /** Whether the length is known. */
    public boolean hasLength() {
        return length != UNKNOWN_LENGTH;
    }

    /** Media type and length; the name may be a customer's. */
    @Override
    public String toString() {
        return "Attachment[" + mediaType + ", " + (hasLength() ? length + " bytes]" : "length unknown]");
    }

    /** Opens the bytes. */
    @FunctionalInterface
    public interface Source {

        /** A fresh stream from the first byte; the caller closes it. */
        InputStream open() throws IOException;
    }
}
