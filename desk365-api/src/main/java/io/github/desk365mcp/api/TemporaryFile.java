package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is deleted when it is closed. It does not use a {@link java.nio.channels.FileChannel}, because
 * interrupting one reader would close the channel for all readers.
 */
final class TemporaryFile implements AutoCloseable {

    private final RandomAccessFile file;

    /** Null if the file no longer has a name. */
    private final @Nullable Path path;

    private TemporaryFile(RandomAccessFile file, @Nullable Path path) {
        this.file = file;
        this.path = path;
    }

    /** Creates a file that only its owner can read, as {@link Files#createTempFile} does. */
    static TemporaryFile create() throws IOException {
        Path path = Files.createTempFile("desk365-", ".spool");
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        return new TemporaryFile(file, nameless(path) ? null : path);
    }

    private static boolean nameless(Path path) {
        try {
            Files.delete(path);
            return true;
        } catch (IOException e) {
            // Windows does not delete an open file.
            return false;
        }
    }

    void append(byte[] bytes, int length) throws IOException {
        file.write(bytes, 0, length);
    }

    private synchronized int read(long position, byte[] bytes, int offset, int most) throws IOException {
        file.seek(position);
        return file.read(bytes, offset, most);
    }

    /** Reads from the beginning, independently of other readers. Closing the stream does not close the file. */
    InputStream stream() {
        return new InputStream() {

            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int most) throws IOException {
                int read = TemporaryFile.this.read(position, bytes, offset, most);
                position += Math.max(0, read);
                return read;
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }
}
