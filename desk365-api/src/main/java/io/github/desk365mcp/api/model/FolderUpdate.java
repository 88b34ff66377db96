package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Changes to a folder; fields that are not set keep their values. */
public final class FolderUpdate extends Input<FolderUpdate> {

    /** Creates an input with no fields set. */
    public FolderUpdate() {}

    /**
     * Renames the folder. References to the old name presumably break (inferred).
     *
     * @param newName the new name
     * @return this
     */
    public FolderUpdate rename(String newName) {
        return set("folder_name", newName);
    }

    /**
     * Moves the folder to another category.
     *
     * @param category the name of the category
     * @return this
     */
    public FolderUpdate moveTo(String category) {
        return set("category_name", category);
    }
}
