package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Optional fields of a reply. */
public final class NewReply extends Input<NewReply> {

    /** Creates an input with no fields set. */
    public NewReply() {}

    /**
     * Sets the addresses that receive a copy.
     *
     * @param cc the email addresses
     * @return this
     */
    public NewReply cc(String... cc) {
        return setJoined("cc_emails", cc);
    }

    /**
     * Sets the addresses that receive a blind copy.
     *
     * @param bcc the email addresses
     * @return this
     */
    public NewReply bcc(String... bcc) {
        return setJoined("bcc_emails", bcc);
    }

    /**
     * Sets the agent who replies, by default the owner of the API key.
     *
     * @param agent the email address of an agent
     * @return this
     */
    public NewReply agent(String agent) {
        return set("agent_email", agent);
    }

    /**
     * Sets the support mailbox that sends the reply, by default the account's.
     *
     * @param from the email address of the mailbox
     * @return this
     */
    public NewReply from(String from) {
        return set("from_email", from);
    }

    /**
     * Sets whether addresses that were copied before are copied again (inferred from the name).
     *
     * @param includePreviousCcs false by default
     * @return this
     */
    public NewReply includePreviousCcs(boolean includePreviousCcs) {
        return setFlag("include_prev_ccs", includePreviousCcs);
    }

    /**
     * Sets whether earlier messages are quoted (inferred from the name).
     *
     * @param includePreviousMessages false by default
     * @return this
     */
    public NewReply includePreviousMessages(boolean includePreviousMessages) {
        return setFlag("include_prev_messages", includePreviousMessages);
    }
}
