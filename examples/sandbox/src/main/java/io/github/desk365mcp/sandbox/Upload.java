package io.github.desk365mcp.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A part of a form with its content.
 *
 * @param bytes the content, or null if it was too large to keep
 */
@SuppressWarnings("ArrayRecordComponent")
record Upload(Part part, byte @Nullable [] bytes) {

    @Override
    public String toString() {
        return "Upload[" + part + "]";
    }
}
