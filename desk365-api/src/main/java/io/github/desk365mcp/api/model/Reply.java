package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reply, as returned after it was sent. The service does not return the agent. */
public final class Reply extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Reply(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the id} Newer and known from one source; null in older responses. */
    public @Nullable Long id() {
        return integer("id");
    }

    /** {@return the number of the ticket} */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** {@return the text as HTML} */
    public @Nullable String body() {
        return text("body");
    }

    /** {@return the mailbox that the reply was sent from} */
    public @Nullable String fromEmail() {
        return text("from_email");
    }

    /** {@return the contact's email address} */
    public @Nullable String toEmail() {
        return text("to_email");
    }

    /** {@return the email addresses that received a copy} */
    public List<String> ccEmails() {
        return texts("cc_emails");
    }

    /** {@return the email addresses that received a blind copy} */
    public List<String> bccEmails() {
        return texts("bcc_emails");
    }

    /** {@return the attached files, empty if there are none} */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }
}
