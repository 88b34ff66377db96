package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** What changes in a folder; the rest stays as it is. */
public final class FolderUpdate extends Input<FolderUpdate> {

    /** Nothing is set at first. */
    public FolderUpdate() {}

    /** The new name. What refers to the old one presumably breaks (inferred). */
    public FolderUpdate rename(String newName) {
        return set("folder_name", newName);
    }

    /** Moves the folder to this category. */
    public FolderUpdate moveTo(String category) {
        return set("category_name", category);
    }
}
