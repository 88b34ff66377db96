package io.github.desk365mcp.api.model;

/** What a new contact may have beside its primary address. */
public final class NewContact extends ContactFields<NewContact> {

    /** Nothing is set at first. */
    public NewContact() {}

    /** Further addresses. That commas part them is known from one source. */
    public NewContact secondaryEmails(String... secondaryEmails) {
        return setJoined("secondary_emails", secondaryEmails);
    }
}
