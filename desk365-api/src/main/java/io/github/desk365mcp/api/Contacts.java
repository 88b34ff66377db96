package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Contact;
import io.github.desk365mcp.api.model.ContactQuery;
import java.util.Map;
import java.util.function.Consumer;

/** The people who write to the helpdesk. A contact is known by its primary address, and cannot be deleted. */
public final class Contacts {

    private final Desk365Client desk;

    Contacts(Desk365Client desk) {
        this.desk = desk;
    }

    /** All contacts, by name, in pages of 30. */
    public Paged<Contact> list() {
        return list(query -> {});
    }

    /** The contacts that match, in pages of 30. */
    public Paged<Contact> list(Consumer<ContactQuery> query) {
        return desk.paged(Operation.LIST_CONTACTS, Input.filled(new ContactQuery(), query), "content", Contact::new);
    }

    /** The contact with this primary address. */
    public Contact get(String primaryEmail) {
        return desk.get(Operation.GET_CONTACT, Map.of("primary_email", primaryEmail), Contact::new);
    }

    /** The contact with this secondary address. Newer; known from one source. */
    public Contact getBySecondaryEmail(String secondaryEmail) {
        return desk.get(Operation.GET_CONTACT, Map.of("secondary_email", secondaryEmail), Contact::new);
    }
}
