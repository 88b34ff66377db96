package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contact: a person who writes to the helpdesk.
 *
 * <p>Sources disagree on the names of the email fields in lists, and no list response was recorded; both names are
 * read.
 */
public final class Contact extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Contact(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the full name} */
    public @Nullable String name() {
        return text("name");
    }

    /** {@return the job title (inferred from the name)} */
    public @Nullable String title() {
        return text("title");
    }

    /** {@return the mobile number} */
    public @Nullable String mobile() {
        return text("mobile");
    }

    /** {@return the telephone number} */
    public @Nullable String phone() {
        return text("phone");
    }

    /** {@return the name of the contact's company} */
    public @Nullable String companyName() {
        return text("company_name");
    }

    /** {@return whether the contact was deleted} */
    public @Nullable Boolean isDeleted() {
        return flag("is_deleted");
    }

    /** {@return when the contact was created} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** {@return when the contact was last updated} */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }

    /** {@return the custom fields} Newer; known from one source. */
    public @Nullable JsonDocument customFields() {
        return document("custom_fields");
    }

    /** {@return the primary email address, which identifies the contact} */
    public String primaryEmail() {
        String email = text("primary_email");
        return required("primary_email", email == null ? text("email") : email);
    }

    /** {@return the other email addresses} */
    public List<String> secondaryEmails() {
        return texts(has("secondary_emails") ? "secondary_emails" : "secondary_email");
    }
}
