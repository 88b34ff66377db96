package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A note, as returned after it was added. */
public final class Note extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Note(Map<String, ?> fields) {
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

    /** {@return true if only agents can read the note, false if it was mailed to the contact (one source)} */
    public @Nullable Boolean privateNote() {
        return flag("private_note");
    }

    /** {@return the email addresses of the agents who were notified} */
    public List<String> notifyEmails() {
        return texts("notify_emails");
    }

    /** {@return the contact's email address if the note is public, otherwise null} */
    public @Nullable String toEmail() {
        return text("to_email");
    }

    /** {@return the attached files, empty if there are none} */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }
}
