package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All messages of a ticket, without its description. They come at once; there is no paging. */
public final class Conversation extends JsonDocument {

    /** A view over these fields. */
    public Conversation(Map<String, ?> fields) {
        super(fields);
    }

    /** How many messages. */
    public @Nullable Long count() {
        return integer("count");
    }

    /** How many replies of agents it has. */
    public @Nullable Long agentReplyCount() {
        return integer("agent_reply_count");
    }

    /** How many replies of contacts it has. */
    public @Nullable Long contactReplyCount() {
        return integer("contact_reply_count");
    }

    /** How many public notes it has. */
    public @Nullable Long publicNoteCount() {
        return integer("public_note_count");
    }

    /** How many private notes it has. */
    public @Nullable Long privateNoteCount() {
        return integer("private_note_count");
    }

    /** How many forwards it has. */
    public @Nullable Long forwardMessageCount() {
        return integer("forward_message_count");
    }

    /** In the order that was asked for. */
    public List<Message> messages() {
        return required("conversations", has("conversations") ? objects("conversations", Message::new) : null);
    }
}
