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
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.io.RandomAccessStreamCache;
import org.apache.pdfbox.io.RandomAccessStreamCache.StreamCacheCreateFunction;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * Opens a PDF whose streams are empty if they would be too large once they are decompressed. PDFBox decompresses a
 * stream into memory, whatever its size, so a file of some kilobytes could use up the heap.
 */
final class BoundedPdf extends PDFParser {

    /** The limit for one stream, decompressed. Pages with drawings have some megabytes. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final long MEMORY = 16L * 1024 * 1024;
    private static final long DISK = 256L * 1024 * 1024;

    /** Formats of images, which are not decompressed at all. */
    private static final Set<COSName> IMAGES = Set.of(
            COSName.DCT_DECODE,
            COSName.DCT_DECODE_ABBREVIATION,
            COSName.JPX_DECODE,
            COSName.JBIG2_DECODE,
            COSName.CCITTFAX_DECODE,
            COSName.CCITTFAX_DECODE_ABBREVIATION);

    private boolean isCut;

    BoundedPdf(byte[] bytes) throws IOException {
        super(new RandomAccessReadBuffer(bytes), "", null, null, IOUtils.createMemoryOnlyStreamCache());
        document.close();
        document = new Document(MemoryUsageSetting.setupMixed(MEMORY, MEMORY + DISK).streamCache);
    }

    /** Whether a stream was too large so far. */
    boolean isCut() {
        return isCut;
    }

    /** Reports that a part is not read. */
    void cut() {
        isCut = true;
    }

    /** Returns the size of an object, decompressed; 0 if it is not a stream. */
    static long size(COSBase object) throws IOException {
        return object instanceof Stream stream ? stream.decodedSize() : 0;
    }

    /** Creates the streams. */
    private final class Document extends COSDocument {

        private final RandomAccessStreamCache cache;

        Document(StreamCacheCreateFunction caches) throws IOException {
            super(caches, BoundedPdf.this);
            cache = caches.create();
        }

        @Override
        public COSStream createCOSStream(COSDictionary dictionary, long start, long length) throws IOException {
            COSStream stream = new Stream(cache, createRandomAccessReadView(start, length));
            dictionary.forEach(stream::setItem);
            stream.setKey(dictionary.getKey());
            return stream;
        }

        @Override
        public void close() throws IOException {
            super.close();
            cache.close();
        }
    }

    /** A stream that measures itself before it is decompressed into memory. */
    private final class Stream extends COSStream {

        private static final long UNKNOWN = -1;

        private long decodedSize = UNKNOWN;

        Stream(RandomAccessStreamCache cache, RandomAccessReadView content) throws IOException {
            super(cache, content);
        }

        /** Decryption writes the content anew. */
        @Override
        public OutputStream createRawOutputStream() throws IOException {
            decodedSize = UNKNOWN;
            return super.createRawOutputStream();
        }

        @Override
        public COSInputStream createInputStream(DecodeOptions options) throws IOException {
            decodedSize();
            return super.createInputStream(options);
        }

        @Override
        public RandomAccessRead createView() throws IOException {
            decodedSize();
            return super.createView();
        }

        private long decodedSize() throws IOException {
            if (decodedSize == UNKNOWN) {
                long measured = measured();
                if (measured > MOST_BYTES) {
                    cut();
                    removeItem(COSName.FILTER);
                    createRawOutputStream().close();
                    measured = 0;
                }
                decodedSize = measured;
            }
            return decodedSize;
        }

        /** Returns a size above the limit for any stream that is too large, and for an image. */
        private long measured() throws IOException {
            List<COSName> filters = filters();
            if (filters.stream().anyMatch(IMAGES::contains)) {
                return Long.MAX_VALUE;
            }
            InputStream encoded = createRawInputStream();
            long written = getLength();
            for (int i = 0; i < filters.size(); i++) {
                boolean isLast = i == filters.size() - 1;
                Limited decoded = new Limited(isLast ? OutputStream.nullOutputStream() : new ByteArrayOutputStream());
                try (InputStream in = encoded) {
                    FilterFactory.INSTANCE.getFilter(filters.get(i)).decode(in, decoded, this, i);
                } catch (IOException | RuntimeException e) {
                    // The limit, or damage: PDFBox reads what it can of a damaged stream.
                }
                written = decoded.written;
                if (written > MOST_BYTES) {
                    return written;
                }
                encoded = new ByteArrayInputStream(decoded.bytes());
            }
            return written;
        }

        private List<COSName> filters() {
            List<COSName> filters = new ArrayList<>();
            COSBase given = getFilters();
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
    }

    /** Ends decompression at the limit. */
    private static final class Limited extends OutputStream {

        private final OutputStream out;
        private long written;

        Limited(OutputStream out) {
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
                throw new IOException("The limit is reached");
            }
            out.write(bytes, offset, length);
        }
    }
}
