package io.github.desk365mcp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Reads lines, and discards a line that is too long while reading it. Not thread-safe. */
final class LineReader {

    /**
     * A line without its line break.
     *
     * @param bytes the content; empty if the line was too long
     * @param length the length in bytes, even if the line was too long
     */
    @SuppressWarnings("ArrayRecordComponent") // Lines are never compared.
    record Line(byte[] bytes, long length, Outline outline) {}

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream input;
    private final LongPredicate fits;
    private final byte[] chunk = new byte[1 << 16];
    private int from;
    private int to;
    private boolean hasBegun;

    /** @param fits whether a line of this length fits; called repeatedly as the line grows */
    LineReader(InputStream input, LongPredicate fits) {
        this.input = input;
        this.fits = fits;
    }

    /** {@return the next line; null at the end of the input} */
    @Nullable
    Line next() throws IOException {
        Outline outline = new Outline();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long length = 0;
        while (from < to || fill()) {
            int end = from;
            while (end < to && chunk[end] != '\n') {
                end++;
            }
            outline.add(chunk, from, end);
            boolean fitted = kept.size() == length;
            length += end - from;
            if (fitted && fits.test(length)) {
                kept.write(chunk, from, end - from);
            } else if (kept.size() > 0) {
                kept = new ByteArrayOutputStream();
            }
            boolean ended = end < to;
            from = ended ? end + 1 : end;
            if (ended) {
                return new Line(kept.toByteArray(), length, outline);
            }
        }
        return length == 0 ? null : new Line(kept.toByteArray(), length, outline);
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, input.read(chunk));
        if (!hasBegun) {
            hasBegun = true;
            skipByteOrderMark();
        }
        return from < to || from > 0 && fill();
    }

    /** Some clients and shells on Windows write one before the first message. */
    private void skipByteOrderMark() throws IOException {
        while (to > 0 && to < BYTE_ORDER_MARK.length && beginsWithMark(to)) {
            int more = input.read(chunk, to, chunk.length - to);
            if (more <= 0) {
                return;
            }
            to += more;
        }
        if (to >= BYTE_ORDER_MARK.length && beginsWithMark(BYTE_ORDER_MARK.length)) {
            from = BYTE_ORDER_MARK.length;
        }
    }

    private boolean beginsWithMark(int length) {
        return Arrays.equals(chunk, 0, length, BYTE_ORDER_MARK, 0, length);
    }
}
