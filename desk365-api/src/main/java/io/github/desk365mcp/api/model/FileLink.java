package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that hangs on a ticket, a message or an article, with a link to fetch it. */
public final class FileLink extends JsonDocument {

    /** A view over these fields. */
    public FileLink(Map<String, ?> fields) {
        super(fields);
    }

    /** The name that people see. */
    public @Nullable String fileName() {
        return text("file_name");
    }

    /** In bytes. */
    public @Nullable Long fileSize() {
        return integer("file_size");
    }

    /** The media type. */
    public @Nullable String fileType() {
        return text("file_type");
    }

    /** When it was uploaded. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** A signed link that ends after one hour: fetch at once, and do not store it. It needs no API key; send none. */
    public @Nullable String attachmentUrl() {
        return text("attachment_url");
    }
}
