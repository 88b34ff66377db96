package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Optional fields of a new folder. */
public final class NewFolder extends Input<NewFolder> {

    /** Creates an input with no fields set. */
    public NewFolder() {}

    /**
     * Sets the author.
     *
     * @param createdBy the email address of an agent
     * @return this
     */
    public NewFolder createdBy(String createdBy) {
        return set("created_by_email", createdBy);
    }
}
