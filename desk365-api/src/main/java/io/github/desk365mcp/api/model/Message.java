package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message of a ticket's conversation. */
public final class Message extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Message(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the id} Newer and known from one source; null in older responses. */
    public @Nullable Long id() {
        return integer("id");
    }

    /** {@return the number of the ticket} Whether messages of a merged ticket keep the old number is unknown. */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** {@return the author's email address} */
    public @Nullable String createdBy() {
        return text("created_by");
    }

    /** {@return the author's name} */
    public @Nullable String creatorName() {
        return text("creator_name");
    }

    /** {@return {@code reply} or {@code note}; the value for a forwarded message is unknown} */
    public @Nullable String type() {
        return text("type");
    }

    /**
     * {@return true for a public note, which is mailed to the contact (one source), false for a private note, and null
     * if the message is not a note}
     */
    public @Nullable Boolean publicNote() {
        return flag("public_note");
    }

    /** {@return the kind of sender, {@code agent} or {@code contact}} */
    public @Nullable String senderType() {
        return text("sender_type");
    }

    /** {@return the email addresses that received a copy} */
    public List<String> ccAddress() {
        return texts("cc_address");
    }

    /** {@return the email addresses that received a blind copy} */
    public List<String> bccAddress() {
        return texts("bcc_address");
    }

    /** {@return the email address that the message was sent to} */
    public @Nullable String toAddress() {
        return text("to_address");
    }

    /** {@return the email addresses of the agents who were notified about a note} */
    public List<String> notifiedAgents() {
        return texts("notified_agents");
    }

    /** {@return the text as HTML} */
    public @Nullable String body() {
        return text("body");
    }

    /** {@return the text as plain text} Line breaks are presumably removed, as in ticket descriptions (inferred). */
    public @Nullable String bodyText() {
        return text("body_text");
    }

    /** {@return the number of attached files} */
    public @Nullable Long attachmentsCount() {
        return integer("attachments_count");
    }

    /** {@return the attached files, empty if there are none} */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }

    /** {@return when the message was written} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** {@return whether the email could not be delivered (inferred from the name)} */
    public @Nullable Boolean deliveryFailed() {
        return flag("is_email_deliveribility_failiure");
    }

    /** {@return the kind of bounce; its values are unknown} */
    public @Nullable String emailBounceType() {
        return text("email_bounce_type");
    }

    /** {@return the mail server's response to a bounced email (inferred from the name)} */
    public @Nullable String emailBounceStatus() {
        return text("email_bounce_status");
    }
}
