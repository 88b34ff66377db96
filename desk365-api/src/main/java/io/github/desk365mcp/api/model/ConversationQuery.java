package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Which messages of a ticket are wanted. Default: all, the oldest first. */
public final class ConversationQuery extends Input<ConversationQuery> {

    /** Nothing is set at first. */
    public ConversationQuery() {}

    /** Whether replies of contacts come along. */
    public ConversationQuery contactReplies(boolean contactReplies) {
        return setFlag("include_contact_replies", contactReplies);
    }

    /** Whether replies of agents come along. */
    public ConversationQuery agentReplies(boolean agentReplies) {
        return setFlag("include_agent_replies", agentReplies);
    }

    /** Whether private notes come along. */
    public ConversationQuery privateNotes(boolean privateNotes) {
        return setFlag("include_private_notes", privateNotes);
    }

    /** Whether public notes come along. */
    public ConversationQuery publicNotes(boolean publicNotes) {
        return setFlag("include_public_notes", publicNotes);
    }

    /** Whether forwards come along. */
    public ConversationQuery forwards(boolean forwards) {
        return setFlag("include_forward_messages", forwards);
    }

    /** The newest message first. */
    public ConversationQuery newestFirst() {
        return set("sort_by", "latest_on_top");
    }
}
