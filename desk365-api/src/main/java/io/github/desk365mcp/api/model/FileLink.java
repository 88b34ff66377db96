package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file attached to a ticket, a message or an article, with a link to download it. */
public final class FileLink extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public FileLink(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the file name} */
    public @Nullable String fileName() {
        return text("file_name");
    }

    /** {@return the size in bytes} */
    public @Nullable Long fileSize() {
        return integer("file_size");
    }

    /** {@return the media type} */
    public @Nullable String fileType() {
        return text("file_type");
    }

    /** {@return when the file was added (inferred from the name)} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /**
     * {@return a signed link that expires within an hour} Download the file at once and do not store the link. The link
     * needs no API key; do not send one.
     */
    public @Nullable String attachmentUrl() {
        return text("attachment_url");
    }
}
