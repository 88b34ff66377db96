package io.github.desk365mcp.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A file of a ticket or a message.
 *
 * @param bytes the content, or null if it was too large to keep
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredFile(int id, String name, String type, long size, byte @Nullable [] bytes, String createdOn) {

    @Override
    public String toString() {
        return "StoredFile[" + id + ", " + name + ", " + type + ", " + size + " bytes, " + createdOn + "]";
    }
}
