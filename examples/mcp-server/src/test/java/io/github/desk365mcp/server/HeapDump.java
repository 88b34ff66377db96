package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The arrays of bytes in a heap dump: the texts of strings in Latin-1, and the buffers. */
final class HeapDump {

    private static final int PART = 0x0C;
    private static final int SEGMENT = 0x1C;
    private static final int BYTES = 8;

    /** The sizes of the records by which an identifier of eight bytes is followed, in the order of the format's tags. */
    private static final int[] ROOTS = {0, 8, 8, 8, 4, 0, 4, 0, 8};

    private HeapDump() {}

    /** Returns the arrays that contain a text. */
    static List<String> arraysWith(Path file, String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (in.readByte() != 0) {
                // The name of the format.
            }
            in.skipNBytes(12);
            while (true) {
                int tag;
                try {
                    tag = in.readUnsignedByte();
                } catch (EOFException end) {
                    return found;
                }
                in.skipNBytes(4);
                long length = Integer.toUnsignedLong(in.readInt());
                if (tag == PART || tag == SEGMENT) {
                    readSegment(in, length, text, found);
                } else {
                    in.skipNBytes(length);
                }
            }
        }
    }

    private static void readSegment(DataInputStream in, long length, String text, List<String> found)
            throws IOException {
        for (long left = length; left > 0; ) {
            int tag = in.readUnsignedByte();
            left -= 1;
            switch (tag) {
                case 0xFF, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08 -> {
                    int size = 8 + (tag == 0xFF ? 0 : ROOTS[tag]);
                    in.skipNBytes(size);
                    left -= size;
                }
                case 0x20 -> left -= skipClass(in);
                case 0x21 -> {
                    in.skipNBytes(20);
                    int size = in.readInt();
                    in.skipNBytes(size);
                    left -= 24 + size;
                }
                case 0x22 -> {
                    in.skipNBytes(12);
                    int size = 8 + 8 * in.readInt();
                    in.skipNBytes(size);
                    left -= 16 + size;
                }
                case 0x23 -> {
                    in.skipNBytes(12);
                    int elements = in.readInt();
                    int type = in.readUnsignedByte();
                    byte[] bytes = new byte[type == BYTES ? elements : 0];
                    in.readFully(bytes);
                    in.skipNBytes(type == BYTES ? 0 : (long) elements * size(type));
                    left -= 17 + (long) elements * size(type);
                    String array = new String(bytes, ISO_8859_1);
                    if (array.contains(text)) {
                        found.add(array);
                    }
                }
                default -> throw new IOException("The dump has an unknown record " + tag);
            }
        }
    }

    private static long skipClass(DataInputStream in) throws IOException {
        in.skipNBytes(64);
        int constants = in.readUnsignedShort();
        long read = 66;
        for (int i = 0; i < constants; i++) {
            in.skipNBytes(2);
            read += 2 + skipValue(in);
        }
        int statics = in.readUnsignedShort();
        read += 2;
        for (int i = 0; i < statics; i++) {
            in.skipNBytes(8);
            read += 8 + skipValue(in);
        }
        int fields = in.readUnsignedShort();
        in.skipNBytes(9L * fields);
        return read + 2 + 9L * fields;
    }

    private static long skipValue(DataInputStream in) throws IOException {
        int size = size(in.readUnsignedByte());
        in.skipNBytes(size);
        return 1 + size;
    }

    private static int size(int type) throws IOException {
        return switch (type) {
            case 2, 7, 11 -> 8;
            case 4, 8 -> 1;
            case 5, 9 -> 2;
            case 6, 10 -> 4;
            default -> throw new IOException("The dump has an unknown type " + type);
        };
    }
}
