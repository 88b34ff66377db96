package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder in a category of the knowledge base. */
public final class Folder extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Folder(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the name of the category that contains the folder} */
    public @Nullable String parentCategoryName() {
        String parent = text("parent_category_name");
        return parent == null && ownName() != null ? text("category_name") : parent;
    }

    /** {@return the email address of the agent who created the folder} */
    public @Nullable String createdByEmail() {
        return text("created_by_email");
    }

    /** {@return when the folder was created} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** {@return the name} The service sends it as {@code category_name} (one source). */
    public String folderName() {
        String own = ownName();
        return own == null ? required("category_name", text("category_name")) : own;
    }

    /** With it, {@code category_name} is the category's. */
    private @Nullable String ownName() {
        String own = text("folder_name");
        return own == null || own.isBlank() ? null : own;
    }
}
