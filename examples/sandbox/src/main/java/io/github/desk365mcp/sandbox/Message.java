package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply, note or forward on a ticket: its fields in the shape of a response, and its files. It never changes after it
 * was added, so copies of a ticket share it.
 */
final class Message {

    /** The five kinds that the service counts separately and can leave out. */
    enum Kind {
        AGENT_REPLY("agent_reply_count", "include_agent_replies"),
        CONTACT_REPLY("contact_reply_count", "include_contact_replies"),
        PUBLIC_NOTE("public_note_count", "include_public_notes"),
        PRIVATE_NOTE("private_note_count", "include_private_notes"),
        FORWARD("forward_message_count", "include_forward_messages");

        final String count;
        final String flag;

        Kind(String count, String flag) {
            this.count = count;
            this.flag = flag;
        }
    }

    final ObjectNode fields;
    final List<StoredFile> files = new ArrayList<>();

    private Message(ObjectNode fields) {
        this.fields = fields;
    }

    static Message of(
            int ticketNumber, Kind kind, String authorEmail, String authorName, String body, String createdOn) {
        ObjectNode fields = Json.object()
                .put("ticket_number", ticketNumber)
                .put("created_by", authorEmail)
                .put("creator_name", authorName);
        switch (kind) {
            case PUBLIC_NOTE, PRIVATE_NOTE -> fields.put("type", "note").put("public_note", kind == Kind.PUBLIC_NOTE);
            case FORWARD -> fields.put("type", "forward").putNull("public_note");
            default -> fields.put("type", "reply").putNull("public_note");
        }
        fields.put("sender_type", kind == Kind.CONTACT_REPLY ? "contact" : "agent")
                .putNull("cc_address")
                .putNull("bcc_address")
                .putNull("to_address")
                .putNull("notified_agents")
                .put("body", body)
                .put("body_text", HtmlText.of(body))
                .put("attachments_count", 0);
        fields.putArray("attachments");
        fields.put("created_on", createdOn)
                .put("is_email_deliveribility_failiure", false)
                .putNull("email_bounce_type")
                .putNull("email_bounce_status");
        return new Message(fields);
    }

    Kind kind() {
        return switch (fields.path("type").asString()) {
            case "note" -> fields.path("public_note").asBoolean() ? Kind.PUBLIC_NOTE : Kind.PRIVATE_NOTE;
            case "forward" -> Kind.FORWARD;
            default -> fields.path("sender_type").asString().equals("contact") ? Kind.CONTACT_REPLY : Kind.AGENT_REPLY;
        };
    }

    String createdOn() {
        return fields.path("created_on").asString();
    }

    String text() {
        return fields.path("body_text").asString();
    }
}
