package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Contact;
import io.github.desk365mcp.api.model.ContactQuery;
import io.github.desk365mcp.api.model.ContactUpdate;
import io.github.desk365mcp.api.model.NewContact;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The contacts: people who write to the helpdesk. A contact is identified by its primary email address and cannot be
 * deleted.
 */
public final class Contacts {

    private final Calls calls;

    Contacts(Calls calls) {
        this.calls = calls;
    }

    /** {@return all contacts, by name, in pages of 30} */
    public Paged<Contact> list() {
        return list(query -> {});
    }

    /**
     * Lists contacts in pages of 30.
     *
     * @param query sets filters and the order
     * @return the matching contacts
     */
    public Paged<Contact> list(Consumer<ContactQuery> query) {
        return calls.paged(Operation.LIST_CONTACTS, Input.filled(new ContactQuery(), query), "content", Contact::new);
    }

    /**
     * Gets a contact.
     *
     * @param primaryEmail the contact's primary email address
     * @return the contact
     */
    public Contact get(String primaryEmail) {
        return calls.get(Operation.GET_CONTACT, Map.of("primary_email", primaryEmail), Contact::new);
    }

    /**
     * Gets a contact by another of its email addresses. Newer; known from one source.
     *
     * @param secondaryEmail one of the contact's secondary email addresses
     * @return the contact
     */
    public Contact getBySecondaryEmail(String secondaryEmail) {
        return calls.get(Operation.GET_CONTACT, Map.of("secondary_email", secondaryEmail), Contact::new);
    }

    /**
     * Creates a contact.
     *
     * @param primaryEmail the contact's primary email address
     * @param more sets optional fields
     * @return the new contact, possibly with only the fields that were sent
     */
    public Contact create(String primaryEmail, Consumer<NewContact> more) {
        return calls.write(Operation.CREATE_CONTACT, Map.of(), newContact(primaryEmail, more), Contact::new);
    }

    /**
     * Creates a contact and uploads files. To create one without files, use {@link #create(String, Consumer)}.
     *
     * <p>Unverified: one source names this operation; its path is assumed by analogy with tickets.
     * {@link Desk365Client.Builder#path} changes the path.
     *
     * @param primaryEmail the contact's primary email address
     * @param more sets optional fields
     * @param attachments the files, at least one
     * @return the new contact
     */
    public Contact create(String primaryEmail, Consumer<NewContact> more, List<Attachment> attachments) {
        Map<String, Object> contact = newContact(primaryEmail, more);
        return calls.upload(Operation.CREATE_CONTACT_WITH_ATTACHMENT, Map.of(), contact, attachments, Contact::new);
    }

    private static Map<String, Object> newContact(String primaryEmail, Consumer<NewContact> more) {
        return Input.filled(new NewContact().set("primary_email", primaryEmail), more);
    }

    /**
     * Updates a contact; fields that are not set keep their values.
     *
     * @param primaryEmail the contact's primary email address; surrounding spaces are removed
     * @param changes sets the fields to change
     * @return the updated contact, possibly with only the fields that were sent
     */
    public Contact update(String primaryEmail, Consumer<ContactUpdate> changes) {
        Map<String, Object> update = Input.filled(new ContactUpdate(), changes);
        return calls.write(
                Operation.UPDATE_CONTACT, Map.of("primary_email", primaryEmail.strip()), update, Contact::new);
    }
}
