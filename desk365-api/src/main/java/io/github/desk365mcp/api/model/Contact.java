package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contact: a person who writes to the helpdesk.
 *
 * <p>Sources name the addresses in lists in two ways, and no list was recorded; both are read. */
public final class Contact extends JsonDocument {

    /** A view over these fields. */
    public Contact(Map<String, ?> fields) {
        super(fields);
    }

    /** The full name. */
    public @Nullable String name() {
        return text("name");
    }

    /** The job title. */
    public @Nullable String title() {
        return text("title");
    }

    /** The mobile number. */
    public @Nullable String mobile() {
        return text("mobile");
    }

    /** The telephone number. */
    public @Nullable String phone() {
        return text("phone");
    }

    /** The company that the contact belongs to. */
    public @Nullable String companyName() {
        return text("company_name");
    }

    /** Whether it was deleted. */
    public @Nullable Boolean isDeleted() {
        return flag("is_deleted");
    }

    /** When it was created. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** When it was updated last. */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }

    /** Newer; one source. */
    public @Nullable JsonDocument customFields() {
        return document("custom_fields");
    }

    /** The address by which the contact is found. */
    public String primaryEmail() {
        String email = text("primary_email");
        return required("primary_email", email == null ? text("email") : email);
    }

    /** Further addresses. */
    public List<String> secondaryEmails() {
        return texts(has("secondary_emails") ? "secondary_emails" : "secondary_email");
    }
}
