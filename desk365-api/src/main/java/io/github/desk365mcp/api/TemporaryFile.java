package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is gone when it is closed. Not a {@link java.nio.channels.FileChannel}, which an interrupt of one reader
 * would close for all.
 */
final class TemporaryFile implements AutoCloseable {

    private final RandomAccessFile file;

    /** Null once the file has no name any more. */
    private final @Nullable Path path;

    private TemporaryFile(RandomAccessFile file, @Nullable Path path) {
        this.file = file;
        this.path = path;
    }

    /** Readable by its owner alone, as {@link Files#createTempFile} makes them. */
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
            // Windows keeps the name of an open file.
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

    /** Reads from the beginning, whatever others read; the file stays open when this is closed. */
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
