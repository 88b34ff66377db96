package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder in a category of the knowledge base. */
public final class Folder extends JsonDocument {

    /** A view over these fields. */
    public Folder(Map<String, ?> fields) {
        super(fields);
    }

    /** The category that it is in. */
    public @Nullable String parentCategoryName() {
        return text("parent_category_name");
    }

    /** The address of the agent who created it. */
    public @Nullable String createdByEmail() {
        return text("created_by_email");
    }

    /** When it was created. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** The name; the service sends it as {@code category_name}. */
    public String folderName() {
        return required("category_name", text(has("folder_name") ? "folder_name" : "category_name"));
    }
}
