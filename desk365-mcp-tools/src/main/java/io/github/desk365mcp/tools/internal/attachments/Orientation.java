package io.github.desk365mcp.tools.internal.attachments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera held an image: the EXIF orientation of a JPEG, from 1 (as it is) to 8. */
final class Orientation {

    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int TAG = 0x0112;
    private static final int EXIF = 0x45786966;
    private static final int ENTRY = 12;

    private Orientation() {}

    /** The orientation of a JPEG; 1 if it does not say, or not readably. */
    static int of(byte[] jpeg) {
        try {
            return find(ByteBuffer.wrap(jpeg));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return 1;
        }
    }

    private static int find(ByteBuffer jpeg) {
        int at = 2;
        while ((jpeg.get(at) & 0xFF) == 0xFF) {
            int marker = jpeg.get(at + 1) & 0xFF;
            if (marker == START_OF_SCAN) {
                return 1;
            }
            int length = jpeg.getShort(at + 2) & 0xFFFF;
            if (marker == APP1 && length > 16 && jpeg.getInt(at + 4) == EXIF) {
                return inTiff(jpeg.slice(at + 10, length - 8));
            }
            at += 2 + length;
        }
        return 1;
    }

    private static int inTiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY;
            if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
                int value = tiff.getShort(entry + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
