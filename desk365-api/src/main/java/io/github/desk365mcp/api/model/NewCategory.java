package io.github.desk365mcp.api.model;

/** What a new category may have beside its name. */
public final class NewCategory extends CategoryFields<NewCategory> {

    /** Nothing is set at first. */
    public NewCategory() {}

    /** The author's address, an agent. */
    public NewCategory createdBy(String createdBy) {
        return set("created_by_email", createdBy);
    }
}
