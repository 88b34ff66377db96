package io.github.desk365mcp.tools.internal.attachments;

/**
 * An image in a form that models take.
 *
 * @param bytes a PNG, JPEG or WebP file
 * @param done what was done to the original; empty if nothing was
 */
@SuppressWarnings("ArrayRecordComponent")
record Picture(byte[] bytes, String mediaType, int width, int height, String done) {

    @Override
    public String toString() {
        return "Picture[" + mediaType + ", " + width + " x " + height + ", " + bytes.length + " bytes]";
    }
}
