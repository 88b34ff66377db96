package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** What a note may have beside its body. A note is private unless {@link #visibleToContact()} is called. */
public final class NewNote extends Input<NewNote> {

    /** Nothing is set at first. */
    public NewNote() {}

    /** The author. Default: the owner of the API key. */
    public NewNote agent(String agent) {
        return set("agent_email", agent);
    }

    /** Addresses of agents who are told; by e-mail, as it seems (inferred). */
    public NewNote notifyAgents(String... notifyAgents) {
        return setJoined("notify_emails", notifyAgents);
    }

    /** Makes the note public: the contact is sent it by e-mail (one source). */
    public NewNote visibleToContact() {
        return setFlag("private_note", false);
    }
}
