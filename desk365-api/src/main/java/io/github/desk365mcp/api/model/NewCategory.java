package io.github.desk365mcp.api.model;

/** Optional fields of a new category. */
public final class NewCategory extends CategoryFields<NewCategory> {

    /** Creates an input with no fields set. */
    public NewCategory() {}

    /**
     * Sets the author.
     *
     * @param createdBy the email address of an agent
     * @return this
     */
    public NewCategory createdBy(String createdBy) {
        return set("created_by_email", createdBy);
    }
}
