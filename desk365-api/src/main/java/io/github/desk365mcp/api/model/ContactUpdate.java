package io.github.desk365mcp.api.model;

/** What changes in a contact; the rest stays as it is. The addresses cannot be changed. */
public final class ContactUpdate extends ContactFields<ContactUpdate> {

    /** Nothing is set at first. */
    public ContactUpdate() {}
}
