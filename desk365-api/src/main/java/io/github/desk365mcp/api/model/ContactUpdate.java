package io.github.desk365mcp.api.model;

/** Changes to a contact; fields that are not set keep their values. Email addresses cannot be changed. */
public final class ContactUpdate extends ContactFields<ContactUpdate> {

    /** Creates an input with no fields set. */
    public ContactUpdate() {}
}
