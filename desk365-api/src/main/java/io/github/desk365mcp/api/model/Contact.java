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

    public @Nullable String name() {
        return text("name");
    }

    /** The job title. */
    public @Nullable String title() {
        return text("title");
    }

    public @Nullable String mobile() {
        return text("mobile");
    }

    public @Nullable String phone() {
        return text("phone");
    }

    public @Nullable String companyName() {
        return text("company_name");
    }

    public @Nullable Boolean isDeleted() {
        return flag("is_deleted");
    }

    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }

    /** Newer; one source. */
    public @Nullable JsonDocument customFields() {
        return object("custom_fields");
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
