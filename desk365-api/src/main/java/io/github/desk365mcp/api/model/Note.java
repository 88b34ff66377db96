package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A note as it was added. */
public final class Note extends JsonDocument {

    /** A view over these fields. */
    public Note(Map<String, ?> fields) {
        super(fields);
    }

    /** Newer; one source. Null in older answers. */
    public @Nullable Long id() {
        return integer("id");
    }

    /** The ticket that it belongs to. */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** HTML. */
    public @Nullable String body() {
        return text("body");
    }

    /** True: agents alone can read it; false: the contact was sent it (one source). */
    public @Nullable Boolean privateNote() {
        return flag("private_note");
    }

    /** Agents who were told. */
    public List<String> notifyEmails() {
        return texts("notify_emails");
    }

    /** The contact, for a public note. */
    public @Nullable String toEmail() {
        return text("to_email");
    }

    /** Files that came with it; empty if there are none. */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }
}
