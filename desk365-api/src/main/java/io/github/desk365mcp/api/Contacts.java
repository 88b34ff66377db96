package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Contact;
import io.github.desk365mcp.api.model.ContactQuery;
import io.github.desk365mcp.api.model.ContactUpdate;
import io.github.desk365mcp.api.model.NewContact;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The people who write to the helpdesk. A contact is known by its primary address, and cannot be deleted. */
public final class Contacts {

    private final Calls calls;

    Contacts(Calls calls) {
        this.calls = calls;
    }

    /** All contacts, by name, in pages of 30. */
    public Paged<Contact> list() {
        return list(query -> {});
    }

    /** The contacts that match, in pages of 30. */
    public Paged<Contact> list(Consumer<ContactQuery> query) {
        return calls.paged(Operation.LIST_CONTACTS, Input.filled(new ContactQuery(), query), "content", Contact::new);
    }

    /** The contact with this primary address. */
    public Contact get(String primaryEmail) {
        return calls.get(Operation.GET_CONTACT, Map.of("primary_email", primaryEmail), Contact::new);
    }

    /** The contact with this secondary address. Newer; known from one source. */
    public Contact getBySecondaryEmail(String secondaryEmail) {
        return calls.get(Operation.GET_CONTACT, Map.of("secondary_email", secondaryEmail), Contact::new);
    }

    /** Adds a contact. What comes back are perhaps only the fields that were sent. */
    public Contact create(String primaryEmail, Consumer<NewContact> more) {
        return calls.write(Operation.CREATE_CONTACT, Map.of(), newContact(primaryEmail, more), Contact::new);
    }

    /**
     * Adds a contact and sends files along. Unverified: one source names the operation, and its path is taken by
     * analogy from tickets; {@link Desk365Client.Builder#path} changes it. Without files use
     * {@link #create(String, Consumer)}.
     */
    public Contact create(String primaryEmail, Consumer<NewContact> more, List<Attachment> attachments) {
        Map<String, Object> contact = newContact(primaryEmail, more);
        return calls.upload(Operation.CREATE_CONTACT_WITH_ATTACHMENT, Map.of(), contact, attachments, Contact::new);
    }

    private static Map<String, Object> newContact(String primaryEmail, Consumer<NewContact> more) {
        return Input.filled(new NewContact().set("primary_email", primaryEmail), more);
    }

    /**
     * Changes what the lambda sets, and leaves the rest. What comes back are perhaps only the fields that were sent.
     *
     * @param primaryEmail spaces around it are left out
     */
    public Contact update(String primaryEmail, Consumer<ContactUpdate> changes) {
        Map<String, Object> update = Input.filled(new ContactUpdate(), changes);
        return calls.write(
                Operation.UPDATE_CONTACT, Map.of("primary_email", primaryEmail.strip()), update, Contact::new);
    }
}
