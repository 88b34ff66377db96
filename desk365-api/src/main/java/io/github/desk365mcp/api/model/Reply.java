package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reply as it was sent. The service does not say which agent it is credited to. */
public final class Reply extends JsonDocument {

    /** A view over these fields. */
    public Reply(Map<String, ?> fields) {
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

    /** The mailbox that it was sent from. */
    public @Nullable String fromEmail() {
        return text("from_email");
    }

    /** The contact. */
    public @Nullable String toEmail() {
        return text("to_email");
    }

    /** The addresses that got a copy. */
    public List<String> ccEmails() {
        return texts("cc_emails");
    }

    /** The addresses that got a blind copy. */
    public List<String> bccEmails() {
        return texts("bcc_emails");
    }

    /** Files that came with it; empty if there are none. */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }
}
