package io.github.desk365mcp.tools.internal.attachments;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.ServiceLoader;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes images small enough for models: at most 1,568 pixels on the long side, and at most a million characters in
 * base64. An image that is small enough already passes unchanged, but is decoded too: a broken one can end a conversation,
 * since the model's API refuses it each time.
 *
 * <p>Needs the module {@code java.desktop}, and an ImageIO plug-in for WebP.
 */
final class PictureReader {

    /** What models scale larger images down to. */
    static final int LONGEST_SIDE = 1_568;

    /** Base64 makes a million characters of them. */
    static final int MOST_BYTES = 750_000;

    /** A few kilobytes can hold billions, so the header is read first. */
    static final long MOST_PIXELS = 50_000_000;

    /** What the pixels of a decoded image take; a pixel has up to eight bytes. */
    private static final long MOST_DECODED_BYTES = 100_000_000;

    private static final float[] QUALITIES = {0.85f, 0.7f, 0.5f};

    private PictureReader() {}

    static Picture read(byte[] bytes, FileKind kind) throws UnreadableFileException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = reader(in, kind);
            try {
                reader.setInput(in, false, true);
                return read(bytes, kind, reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Decoders throw what they like at a broken file.
            throw new UnreadableFileException("The image is damaged, or of a kind that is not read here.");
        }
    }

    private static ImageReader reader(ImageInputStream in, FileKind kind) throws IOException, UnreadableFileException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (readers.hasNext()) {
            return readers.next();
        }
        // ImageIO looks for plug-ins with the loader of the thread that uses it first.
        for (ImageReaderSpi plugIn : ServiceLoader.load(ImageReaderSpi.class, PictureReader.class.getClassLoader())) {
            if (plugIn.canDecodeInput(in)) {
                return plugIn.createReaderInstance();
            }
        }
        throw new UnreadableFileException("This host has no decoder for " + kind.mediaType() + ".");
    }

    private static Picture read(byte[] bytes, FileKind kind, ImageReader reader)
            throws IOException, UnreadableFileException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw new UnreadableFileException("The image has " + width + " x " + height + " pixels, more than "
                    + MOST_PIXELS / 1_000_000 + " million.");
        }
        ImageReadParam param = reader.getDefaultReadParam();
        int bits = reader.getImageTypes(0).next().getColorModel().getPixelSize();
        int step = Math.max(1, Math.max(width, height) / (2 * LONGEST_SIDE));
        while ((long) width * height / step / step * bits / 8 > MOST_DECODED_BYTES) {
            step++;
        }
        param.setSourceSubsampling(step, step, 0, 0);
        BufferedImage decoded = reader.read(0, param);
        int orientation = kind == FileKind.JPEG ? Orientation.of(bytes) : 1;
        boolean moves = kind != FileKind.JPEG && kind != FileKind.PNG && reader.getNumImages(true) > 1;
        if (Math.max(width, height) <= LONGEST_SIDE
                && bytes.length <= MOST_BYTES
                && orientation == 1
                && !moves
                && kind != FileKind.GIF) {
            return new Picture(bytes, kind.mediaType(), width, height, "");
        }
        boolean turned = orientation > 4;
        Picture picture = encode(upright(decoded, orientation, turned ? height : width, turned ? width : height), kind);
        StringBuilder done = new StringBuilder();
        if (picture.width() != (turned ? height : width)) {
            done.append(" Scaled from ")
                    .append(turned ? height : width)
                    .append(" x ")
                    .append(turned ? width : height);
            done.append(" to ")
                    .append(picture.width())
                    .append(" x ")
                    .append(picture.height())
                    .append('.');
        }
        if (moves) {
            done.append(" The first frame of an animation.");
        }
        return new Picture(
                picture.bytes(),
                picture.mediaType(),
                picture.width(),
                picture.height(),
                done.toString().strip());
    }

    /** As it is to be seen, and at most {@link #LONGEST_SIDE} long. */
    private static BufferedImage upright(BufferedImage decoded, int orientation, int width, int height) {
        double scale = Math.min(1, LONGEST_SIDE / (double) Math.max(width, height));
        int w = Math.max(1, (int) Math.round(width * scale));
        int h = Math.max(1, (int) Math.round(height * scale));
        boolean turned = orientation > 4;
        BufferedImage small = scaled(decoded, turned ? h : w, turned ? w : h);
        if (orientation == 1) {
            return small;
        }
        AffineTransform turn = new AffineTransform();
        switch (orientation) {
            case 2 -> turn.setTransform(-1, 0, 0, 1, w, 0);
            case 3 -> turn.setTransform(-1, 0, 0, -1, w, h);
            case 4 -> turn.setTransform(1, 0, 0, -1, 0, h);
            case 5 -> turn.setTransform(0, 1, 1, 0, 0, 0);
            case 6 -> turn.setTransform(0, 1, -1, 0, w, 0);
            case 7 -> turn.setTransform(0, -1, -1, 0, w, h);
            default -> turn.setTransform(0, -1, 1, 0, 0, h);
        }
        BufferedImage upright = blank(w, h, small.getColorModel().hasAlpha());
        draw(upright, graphics -> graphics.drawImage(small, turn, null));
        return upright;
    }

    /** In steps of a half at most: each pixel counts then. */
    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        boolean alpha = image.getColorModel().hasAlpha();
        BufferedImage from = image;
        while (true) {
            int w = Math.max(width, (from.getWidth() + 1) / 2);
            int h = Math.max(height, (from.getHeight() + 1) / 2);
            BufferedImage source = from;
            BufferedImage to = blank(w, h, alpha);
            draw(to, graphics -> graphics.drawImage(source, 0, 0, w, h, null));
            if (w == width && h == height) {
                return to;
            }
            from = to;
        }
    }

    private static BufferedImage blank(int width, int height, boolean alpha) {
        return new BufferedImage(width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    }

    private interface Drawing {

        void on(Graphics2D graphics);
    }

    private static void draw(BufferedImage target, Drawing drawing) {
        Graphics2D graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            drawing.on(graphics);
        } finally {
            graphics.dispose();
        }
    }

    /** Screenshots stay PNG, which keeps their letters sharp, unless they are too large. */
    private static Picture encode(BufferedImage image, FileKind kind) throws IOException {
        if (kind != FileKind.JPEG) {
            byte[] png = png(image);
            if (png.length <= MOST_BYTES) {
                return new Picture(png, FileKind.PNG.mediaType(), image.getWidth(), image.getHeight(), "");
            }
        }
        BufferedImage opaque = image;
        if (image.getType() != BufferedImage.TYPE_INT_RGB) {
            opaque = blank(image.getWidth(), image.getHeight(), false);
            draw(opaque, graphics -> graphics.drawImage(image, 0, 0, Color.WHITE, null));
        }
        while (true) {
            for (float quality : QUALITIES) {
                byte[] jpeg = jpeg(opaque, quality);
                if (jpeg.length <= MOST_BYTES) {
                    return new Picture(jpeg, FileKind.JPEG.mediaType(), opaque.getWidth(), opaque.getHeight(), "");
                }
            }
            opaque = scaled(opaque, Math.max(1, opaque.getWidth() * 3 / 4), Math.max(1, opaque.getHeight() * 3 / 4));
        }
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        }
        return bytes.toByteArray();
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
