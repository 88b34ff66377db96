package io.github.desk365mcp.api.model;

/** What changes in a category; the rest stays as it is. */
public final class CategoryUpdate extends CategoryFields<CategoryUpdate> {

    /** Nothing is set at first. */
    public CategoryUpdate() {}

    /** The new name. What refers to the old one presumably breaks (inferred). */
    public CategoryUpdate rename(String newName) {
        return set("category_name", newName);
    }
}
