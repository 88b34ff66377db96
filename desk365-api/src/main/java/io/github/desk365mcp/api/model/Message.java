package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message of a ticket's conversation. */
public final class Message extends JsonDocument {

    /** A view over these fields. */
    public Message(Map<String, ?> fields) {
        super(fields);
    }

    /** Newer; one source. Null in older answers. */
    public @Nullable Long id() {
        return integer("id");
    }

    /** The ticket that it belongs to. After a merge, messages may keep the number that they had. */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** The address of who wrote it. */
    public @Nullable String createdBy() {
        return text("created_by");
    }

    /** The name of who wrote it. */
    public @Nullable String creatorName() {
        return text("creator_name");
    }

    /** "reply" or "note"; the word for a forward is unknown. */
    public @Nullable String type() {
        return text("type");
    }

    /** True: a public note, which the contact is sent (one source); false: a private one; null: no note. */
    public @Nullable Boolean publicNote() {
        return flag("public_note");
    }

    /** Who wrote it: "agent" was seen; the word for a contact is presumably "contact" (inferred). */
    public @Nullable String senderType() {
        return text("sender_type");
    }

    /** The addresses that had a copy. */
    public List<String> ccAddress() {
        return texts("cc_address");
    }

    /** The addresses that had a blind copy. */
    public List<String> bccAddress() {
        return texts("bcc_address");
    }

    /** The address that it was sent to. */
    public @Nullable String toAddress() {
        return text("to_address");
    }

    /** For a note: the addresses of the agents who were notified. */
    public List<String> notifiedAgents() {
        return texts("notified_agents");
    }

    /** HTML. */
    public @Nullable String body() {
        return text("body");
    }

    /** The body as plain text; presumably without line breaks, as descriptions are (inferred). */
    public @Nullable String bodyText() {
        return text("body_text");
    }

    /** How many files came with it. */
    public @Nullable Long attachmentsCount() {
        return integer("attachments_count");
    }

    /** Files that came with it; empty if there are none. */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }

    /** When it was written. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** Whether the e-mail could not be delivered. */
    public @Nullable Boolean deliveryFailed() {
        return flag("is_email_deliveribility_failiure");
    }

    /** The kind of bounce; which there are is unknown. */
    public @Nullable String emailBounceType() {
        return text("email_bounce_type");
    }

    /** What the mail server said when it bounced (inferred from the name). */
    public @Nullable String emailBounceStatus() {
        return text("email_bounce_status");
    }
}
