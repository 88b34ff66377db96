package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Which messages of a ticket are returned. By default all are, oldest first. */
public final class ConversationQuery extends Input<ConversationQuery> {

    /** Creates an input with no fields set. */
    public ConversationQuery() {}

    /**
     * Sets whether replies by contacts are included.
     *
     * @param contactReplies true by default
     * @return this
     */
    public ConversationQuery contactReplies(boolean contactReplies) {
        return setFlag("include_contact_replies", contactReplies);
    }

    /**
     * Sets whether replies by agents are included.
     *
     * @param agentReplies true by default
     * @return this
     */
    public ConversationQuery agentReplies(boolean agentReplies) {
        return setFlag("include_agent_replies", agentReplies);
    }

    /**
     * Sets whether private notes are included.
     *
     * @param privateNotes true by default
     * @return this
     */
    public ConversationQuery privateNotes(boolean privateNotes) {
        return setFlag("include_private_notes", privateNotes);
    }

    /**
     * Sets whether public notes are included.
     *
     * @param publicNotes true by default
     * @return this
     */
    public ConversationQuery publicNotes(boolean publicNotes) {
        return setFlag("include_public_notes", publicNotes);
    }

    /**
     * Sets whether forwarded messages are included.
     *
     * @param forwards true by default
     * @return this
     */
    public ConversationQuery forwards(boolean forwards) {
        return setFlag("include_forward_messages", forwards);
    }

    /**
     * Puts the newest message first instead of the oldest.
     *
     * @return this
     */
    public ConversationQuery newestFirst() {
        return set("sort_by", "latest_on_top");
    }
}
