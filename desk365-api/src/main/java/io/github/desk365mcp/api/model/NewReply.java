package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** What a reply may have beside its body. */
public final class NewReply extends Input<NewReply> {

    /** Nothing is set at first. */
    public NewReply() {}

    /** The addresses that get a copy. */
    public NewReply cc(String... cc) {
        return setJoined("cc_emails", cc);
    }

    /** The addresses that get a blind copy. */
    public NewReply bcc(String... bcc) {
        return setJoined("bcc_emails", bcc);
    }

    /** The agent it is from. Default: the owner of the API key. */
    public NewReply agent(String agent) {
        return set("agent_email", agent);
    }

    /** The support mailbox it is sent from. Default: the account's. */
    public NewReply from(String from) {
        return set("from_email", from);
    }

    /** Whether those in copy before are again (inferred from the name). Default no. */
    public NewReply includePreviousCcs(boolean includePreviousCcs) {
        return setFlag("include_prev_ccs", includePreviousCcs);
    }

    /** Whether the thread is quoted (inferred from the name). Default no. */
    public NewReply includePreviousMessages(boolean includePreviousMessages) {
        return setFlag("include_prev_messages", includePreviousMessages);
    }
}
