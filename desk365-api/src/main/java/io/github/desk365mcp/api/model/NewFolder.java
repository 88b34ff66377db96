package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** What a new folder may have beside its category and name. */
public final class NewFolder extends Input<NewFolder> {

    /** Nothing is set at first. */
    public NewFolder() {}

    /** The author's address, an agent. */
    public NewFolder createdBy(String createdBy) {
        return set("created_by_email", createdBy);
    }
}
