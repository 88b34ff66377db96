package io.github.desk365mcp.tools.internal.attachments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * A parser that empties the streams which are too large once they are decompressed. PDFBox decompresses a stream into
 * memory, whatever its size, so a file of some kilobytes could use up the heap.
 *
 * <p>Images are emptied too: their text cannot be read.
 */
final class BoundedPdf extends PDFParser {

    /** Decompressed. Pages of drawings may need some megabytes. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final long MEMORY = 16L * 1024 * 1024;
    private static final long DISK = 256L * 1024 * 1024;

    private static final Set<COSName> IMAGES = Set.of(
            COSName.DCT_DECODE,
            COSName.DCT_DECODE_ABBREVIATION,
            COSName.JPX_DECODE,
            COSName.JBIG2_DECODE,
            COSName.CCITTFAX_DECODE,
            COSName.CCITTFAX_DECODE_ABBREVIATION);

    private boolean isCut;

    BoundedPdf(byte[] bytes) throws IOException {
        super(
                new RandomAccessReadBuffer(bytes),
                "",
                null,
                null,
                MemoryUsageSetting.setupMixed(MEMORY, MEMORY + DISK).streamCache);
    }

    /** Whether a stream that may have text was emptied so far. */
    boolean isCut() {
        return isCut;
    }

    /** Called for each stream, before it is decrypted. */
    @Override
    protected COSStream parseCOSStream(COSDictionary dictionary) throws IOException {
        COSStream stream = super.parseCOSStream(dictionary);
        if (securityHandler == null) {
            check(stream);
        }
        return stream;
    }

    /** Called for each object, after it is decrypted. */
    @Override
    protected synchronized COSBase parseObjectDynamically(COSObjectKey key, boolean mustBeThere) throws IOException {
        COSBase object = super.parseObjectDynamically(key, mustBeThere);
        if (securityHandler != null && object instanceof COSStream stream) {
            check(stream);
        }
        return object;
    }

    private void check(COSStream stream) throws IOException {
        long position = source.getPosition();
        try {
            List<COSName> filters = filters(stream);
            boolean isImage = COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE));
            if (isImage || filters.stream().anyMatch(IMAGES::contains)) {
                empty(stream);
            } else if (isTooLarge(stream, filters)) {
                empty(stream);
                isCut = true;
            }
        } finally {
            // The stream is read through the same source.
            source.seek(position);
        }
    }

    private static List<COSName> filters(COSStream stream) {
        COSBase given = stream.getFilters();
        List<COSName> filters = new ArrayList<>();
        if (given instanceof COSName one) {
            filters.add(one);
        } else if (given instanceof COSArray several) {
            for (int i = 0; i < several.size(); i++) {
                if (several.getObject(i) instanceof COSName one) {
                    filters.add(one);
                }
            }
        }
        return filters;
    }

    private static boolean isTooLarge(COSStream stream, List<COSName> filters) throws IOException {
        InputStream encoded = stream.createRawInputStream();
        for (int i = 0; i < filters.size(); i++) {
            boolean isLast = i == filters.size() - 1;
            Bounded decoded = new Bounded(isLast ? OutputStream.nullOutputStream() : new ByteArrayOutputStream());
            try (InputStream in = encoded) {
                FilterFactory.INSTANCE.getFilter(filters.get(i)).decode(in, decoded, stream, i);
            } catch (IOException | RuntimeException e) {
                // The limit, or damage: PDFBox reads what it can of a damaged stream.
            }
            if (decoded.isFull) {
                return true;
            }
            encoded = new ByteArrayInputStream(decoded.bytes());
        }
        return false;
    }

    private static void empty(COSStream stream) throws IOException {
        stream.removeItem(COSName.FILTER);
        stream.createRawOutputStream().close();
    }

    /** Ends decompression at the limit. */
    private static final class Bounded extends OutputStream {

        private final OutputStream out;
        private long written;
        private boolean isFull;

        Bounded(OutputStream out) {
            this.out = out;
        }

        byte[] bytes() {
            return out instanceof ByteArrayOutputStream kept ? kept.toByteArray() : new byte[0];
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            written += length;
            if (written > MOST_BYTES) {
                isFull = true;
                throw new IOException("The limit is reached");
            }
            out.write(bytes, offset, length);
        }
    }
}
