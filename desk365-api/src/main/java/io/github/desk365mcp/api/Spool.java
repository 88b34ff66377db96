package io.github.desk365mcp.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A stored copy of a stream, so that the length and the hash of its bytes are known before an upload starts.
 *
 * <pre>{@code
 * try (Spool photo = Spool.of(stream, 25_000_000)) {
 *     desk.tickets().note(4052, "The photo", note -> {}, List.of(photo.attachment("monitor.jpg", "image/jpeg")));
 * }
 * }</pre>
 *
 * <p>Up to 1 MiB is kept in memory. Larger content goes to a temporary file that only its owner can read, and that is
 * deleted when the spool is closed. Where the system allows it, as Linux does, the file has no name from the start, so
 * it disappears even if the process ends first. Immutable. Several threads may read attachments until the spool is
 * closed.
 */
public final class Spool implements AutoCloseable {

    private static final int MOST_IN_MEMORY = 1024 * 1024;

    private final byte[] memory;
    private final @Nullable TemporaryFile file;
    private final long length;
    private final String sha256;

    private Spool(byte[] memory, @Nullable TemporaryFile file, long length, String sha256) {
        this.memory = memory;
        this.file = file;
        this.length = length;
        this.sha256 = sha256;
    }

    /**
     * Reads a stream to its end, without closing it.
     *
     * @param in the stream
     * @param mostBytes the maximum number of bytes
     * @return the spool
     * @throws TooLargeException if the stream has more bytes; a temporary file is then deleted
     * @throws IOException if the stream cannot be read, or does not fit on the disk; a temporary file is then deleted
     */
    public static Spool of(InputStream in, long mostBytes) throws IOException {
        MessageDigest digest = digest();
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        TemporaryFile file = null;
        long length = 0;
        boolean whole = false;
        try {
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                length += read;
                if (length > mostBytes) {
                    throw new TooLargeException("the stream has more than " + mostBytes + " bytes");
                }
                digest.update(buffer, 0, read);
                if (file == null && length > MOST_IN_MEMORY) {
                    file = TemporaryFile.create();
                    file.append(memory.toByteArray(), memory.size());
                    memory = new ByteArrayOutputStream(0);
                }
                if (file == null) {
                    memory.write(buffer, 0, read);
                } else {
                    file.append(buffer, read);
                }
            }
            whole = true;
            return new Spool(memory.toByteArray(), file, length, HexFormat.of().formatHex(digest.digest()));
        } finally {
            if (!whole && file != null) {
                file.close();
            }
        }
    }

    /** {@return the number of bytes} */
    public long length() {
        return length;
    }

    /** {@return the SHA-256 hash of the bytes, in lower-case hex} */
    public String sha256() {
        return sha256;
    }

    /**
     * Returns the bytes as an attachment that can be read until this spool is closed.
     *
     * @param name the file name
     * @param mediaType for example {@code image/png}
     * @return the attachment
     */
    public Attachment attachment(String name, String mediaType) {
        TemporaryFile kept = file;
        Attachment.Source source = kept == null ? () -> new ByteArrayInputStream(memory) : kept::stream;
        return Attachment.of(name, mediaType, length, source);
    }

    /** Deletes the temporary file, if there is one. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** {@return the number of bytes} */
    @Override
    public String toString() {
        return "Spool[" + length + " bytes]";
    }

    /** The stream given to {@link Spool#of} has more bytes than allowed. */
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1;

        TooLargeException(String message) {
            super(message);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
