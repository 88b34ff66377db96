package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Optional fields of a note. A note is private unless {@link #visibleToContact()} is called. */
public final class NewNote extends Input<NewNote> {

    /** Creates an input with no fields set. */
    public NewNote() {}

    /**
     * Sets the author, by default the owner of the API key.
     *
     * @param agent the email address of an agent
     * @return this
     */
    public NewNote agent(String agent) {
        return set("agent_email", agent);
    }

    /**
     * Notifies agents about the note, presumably by email (inferred).
     *
     * @param notifyAgents the agents' email addresses
     * @return this
     */
    public NewNote notifyAgents(String... notifyAgents) {
        return setJoined("notify_emails", notifyAgents);
    }

    /**
     * Makes the note public. The service mails public notes to the contact (one source).
     *
     * @return this
     */
    public NewNote visibleToContact() {
        return setFlag("private_note", false);
    }
}
