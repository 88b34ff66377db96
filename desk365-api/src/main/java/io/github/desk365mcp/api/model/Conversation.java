package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All messages of a ticket except its description, in one response without paging. */
public final class Conversation extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Conversation(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the number of messages} */
    public @Nullable Long count() {
        return integer("count");
    }

    /** {@return the number of replies by agents} */
    public @Nullable Long agentReplyCount() {
        return integer("agent_reply_count");
    }

    /** {@return the number of replies by contacts} */
    public @Nullable Long contactReplyCount() {
        return integer("contact_reply_count");
    }

    /** {@return the number of public notes} */
    public @Nullable Long publicNoteCount() {
        return integer("public_note_count");
    }

    /** {@return the number of private notes} */
    public @Nullable Long privateNoteCount() {
        return integer("private_note_count");
    }

    /** {@return the number of forwarded messages} */
    public @Nullable Long forwardMessageCount() {
        return integer("forward_message_count");
    }

    /** {@return the messages, in the requested order} */
    public List<Message> messages() {
        return required("conversations", has("conversations") ? objects("conversations", Message::new) : null);
    }
}
