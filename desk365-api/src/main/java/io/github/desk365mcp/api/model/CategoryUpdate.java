package io.github.desk365mcp.api.model;

/** Changes to a category; fields that are not set keep their values. */
public final class CategoryUpdate extends CategoryFields<CategoryUpdate> {

    /** Creates an input with no fields set. */
    public CategoryUpdate() {}

    /**
     * Renames the category. References to the old name presumably break (inferred).
     *
     * @param newName the new name
     * @return this
     */
    public CategoryUpdate rename(String newName) {
        return set("category_name", newName);
    }
}
