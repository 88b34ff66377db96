package io.github.desk365mcp.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.jspecify.annotations.Nullable;

/** Files as people attach them. */
@SuppressWarnings("exports") // Tests of other modules use it.
public final class TestFiles {

    private TestFiles() {}

    /** Arguments for a note or a reply with one file. */
    static Map<String, Object> message(String reference, String fileName) {
        return Map.of(
                "ticket_number",
                4052,
                "body",
                "See the file.",
                "attachments",
                List.of(Map.of("reference", reference, "file_name", fileName)));
    }

    /** A red left half and a blue right half. */
    public static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        return image;
    }

    /** No compressor makes this small. */
    static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(4063);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    public static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(format.equals("gif") ? indexed(image) : image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The encoder would search each pixel for the best palette, which takes seconds for a large image. */
    private static BufferedImage indexed(BufferedImage image) {
        BufferedImage indexed = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D graphics = indexed.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return indexed;
    }

    /** A JPEG that says how its camera was held. */
    static byte[] turned(byte[] jpeg, int orientation) {
        byte[] exif = ("Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0" + (char) orientation
                        + "\0\0\0\0\0\0")
                .getBytes(ISO_8859_1);
        ByteBuffer turned = ByteBuffer.allocate(jpeg.length + exif.length + 4);
        turned.put(jpeg, 0, 2);
        turned.putShort((short) 0xFFE1).putShort((short) (exif.length + 2)).put(exif);
        turned.put(jpeg, 2, jpeg.length - 2);
        return turned.array();
    }

    /** A PNG of a few kilobytes that says it has so many pixels, and has them. */
    static byte[] bomb(int width, int height) throws IOException {
        return png(width, height, 1, 0);
    }

    /** A square PNG with colors and transparency of 16 bits each. */
    public static byte[] deepPng(int side) throws IOException {
        return png(side, side, 16, 6);
    }

    private static byte[] png(int width, int height, int bits, int colors) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            byte[] row = new byte[colors == 6 ? width * bits / 2 + 1 : width / 8 + 1];
            for (int y = 0; y < height; y++) {
                deflated.write(row);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bits)
                        .put((byte) colors)
                        .array());
        chunk(png, "IDAT", pixels.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) throws IOException {
        byte[] body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(ISO_8859_1))
                .put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(body);
        png.write(ByteBuffer.allocate(4).putInt(data.length).array());
        png.write(body);
        png.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** A PDF with these words, a page each. */
    public static byte[] pdf(String... pages) {
        return locked(null, pages);
    }

    /** A PDF of less than a megabyte whose page decompresses to this many blanks. */
    public static byte[] pdfBomb(int blanks) {
        return pdfOfPieces(1, blanks);
    }

    /** A PDF whose page consists of several streams, each of which decompresses to this many blanks. */
    public static byte[] pdfOfPieces(int pieces, int blanks) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            COSStream content = document.getDocument().createCOSStream();
            content.setItem(COSName.FILTER, COSName.FLATE_DECODE);
            try (OutputStream raw = content.createRawOutputStream()) {
                raw.write(deflated(blanks));
            }
            page.setContents(Collections.nCopies(pieces, new PDStream(content)));
            document.save(bytes, CompressParameters.NO_COMPRESSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** This many blanks, compressed. */
    public static byte[] deflated(int blanks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream deflated = new DeflaterOutputStream(bytes)) {
            byte[] block = new byte[1_000_000];
            Arrays.fill(block, (byte) ' ');
            for (int written = 0; written < blanks; written += block.length) {
                deflated.write(block);
            }
        }
        return bytes.toByteArray();
    }

    static byte[] locked(@Nullable String password, String... pages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            for (String words : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    content.showText(words);
                    content.endText();
                }
            }
            if (password != null) {
                document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
            }
            document.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
