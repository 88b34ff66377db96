package io.github.desk365mcp.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file to upload: its name, media type, length if known, and a source that can be opened.
 *
 * <p>The bytes are read while the request is written, so memory use does not depend on the size of the file. Files of
 * any number, size and type are sent; the service's limits are unknown.
 *
 * <p>Immutable; its source may be opened several times.
 */
public final class Attachment {

    /**
     * The length of a source whose length is unknown. The upload is then chunked, and a source that ends early goes
     * unnoticed; {@link Spool} determines the length first. The value is not -1, because other APIs return -1 for a
     * length that they could not determine.
     */
    public static final long UNKNOWN_LENGTH = Long.MIN_VALUE;

    private static final String ANY_TYPE = "application/octet-stream";

    private final String name;
    private final String mediaType;
    private final long length;
    private final Source source;

    private Attachment(String name, String mediaType, long length, Source source) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an attachment needs a name");
        }
        if (!mediaType.matches("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(\\s*;[\\x20-\\x7e]*)?")) {
            throw new IllegalArgumentException("not a media type: " + mediaType.replaceAll("[^\\x20-\\x7e]", "?"));
        }
        if (length < 0 && length != UNKNOWN_LENGTH) {
            throw new IllegalArgumentException("an attachment's length must not be negative");
        }
        this.name = name;
        this.mediaType = mediaType;
        this.length = length;
        this.source = source;
    }

    /**
     * Creates an attachment from a source whose length is known.
     *
     * @param name the file name; it may contain any characters, which are escaped in the request, but a call
     *     refuses half a character (an unpaired surrogate)
     * @param mediaType for example {@code image/png}; a malformed parameter after it is not sent
     * @param length the length in bytes, or {@link #UNKNOWN_LENGTH}; if the source has fewer or more bytes, the upload
     *     fails
     * @param source the source of the content
     * @return the attachment
     * @throws IllegalArgumentException if the name is blank, the media type is not valid, or the length is negative
     */
    public static Attachment of(String name, String mediaType, long length, Source source) {
        return new Attachment(name, mediaType, length, source);
    }

    /**
     * Creates an attachment from a file. Its name is the file's name, and its media type is guessed from the name.
     *
     * @param file the file
     * @return the attachment
     * @throws IOException if the size of the file cannot be read
     */
    public static Attachment of(Path file) throws IOException {
        String type = Files.probeContentType(file);
        return new Attachment(
                String.valueOf(file.getFileName()),
                type == null ? ANY_TYPE : type.toLowerCase(Locale.ROOT),
                Files.size(file),
                () -> Files.newInputStream(file));
    }

    /**
     * Creates an attachment from bytes, which are not copied.
     *
     * @param name the file name
     * @param mediaType for example {@code image/png}
     * @param bytes the content
     * @return the attachment
     */
    public static Attachment of(String name, String mediaType, byte[] bytes) {
        return new Attachment(name, mediaType, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * Creates an attachment from a source whose length is unknown.
     *
     * @param name the file name
     * @param mediaType for example {@code image/png}
     * @param source the source of the content
     * @return the attachment
     */
    public static Attachment of(String name, String mediaType, Source source) {
        return new Attachment(name, mediaType, UNKNOWN_LENGTH, source);
    }

    /** {@return the file name} */
    public String name() {
        return name;
    }

    /** {@return the media type, for example {@code image/png}} */
    public String mediaType() {
        return mediaType;
    }

    /** {@return the length in bytes, or {@link #UNKNOWN_LENGTH}} */
    public long length() {
        return length;
    }

    /** {@return the source of the content, which is opened once per attempt and then closed} */
    public Source source() {
        return source;
    }

    /** {@return whether the length is known} */
    public boolean hasLength() {
        return length != UNKNOWN_LENGTH;
    }

    /** {@return the media type and the length, without the name, which may be a customer's text} */
    @Override
    public String toString() {
        return "Attachment[" + mediaType + ", " + (hasLength() ? length + " bytes]" : "length unknown]");
    }

    /** Opens the content of a file. */
    @FunctionalInterface
    public interface Source {

        /**
         * Opens the content.
         *
         * @return a new stream that starts at the first byte; the caller closes it
         * @throws IOException if the content cannot be opened
         */
        InputStream open() throws IOException;
    }
}
