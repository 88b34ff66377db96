package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Which messages of a ticket are wanted. Default: all, the oldest first. */
public final class ConversationQuery extends Input<ConversationQuery> {

    /** Nothing is set at first. */
    public ConversationQuery() {}

    public ConversationQuery contactReplies(boolean contactReplies) {
        return setFlag("include_contact_replies", contactReplies);
    }

    public ConversationQuery agentReplies(boolean agentReplies) {
        return setFlag("include_agent_replies", agentReplies);
    }

    public ConversationQuery privateNotes(boolean privateNotes) {
        return setFlag("include_private_notes", privateNotes);
    }

    public ConversationQuery publicNotes(boolean publicNotes) {
        return setFlag("include_public_notes", publicNotes);
    }

    public ConversationQuery forwards(boolean forwards) {
        return setFlag("include_forward_messages", forwards);
    }

    /** The newest message first. */
    public ConversationQuery newestFirst() {
        return set("sort_by", "latest_on_top");
    }
}
