package io.github.desk365mcp.api.model;

/** Optional fields of a new contact. */
public final class NewContact extends ContactFields<NewContact> {

    /** Creates an input with no fields set. */
    public NewContact() {}

    /**
     * Sets the other email addresses. That they are separated by commas is known from one source.
     *
     * @param secondaryEmails the email addresses
     * @return this
     */
    public NewContact secondaryEmails(String... secondaryEmails) {
        return setJoined("secondary_emails", secondaryEmails);
    }
}
