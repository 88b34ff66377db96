package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.time.Instant;

/** One message to import. Allowed types and senders are presumably those that conversations show (inferred). */
public final class ImportedMessage extends Input<ImportedMessage> {

    /** Presumably "agent" or "contact" (inferred). */
    public ImportedMessage senderType(String senderType) {
        return set("sender_type", senderType);
    }

    /** When it was written. That the service reads it as UTC, and in the form that it writes times in, is inferred. */
    public ImportedMessage createdOn(Instant createdOn) {
        return set("created_on", Times.format(createdOn));
    }

    /** The address of who wrote it. */
    public ImportedMessage createdBy(String createdBy) {
        return set("created_by", createdBy);
    }

    /** For a note: whether it is public. */
    public ImportedMessage publicNote(boolean publicNote) {
        return set("public_note", publicNote);
    }

    /** For a note: the addresses of the agents who were notified (inferred from the name). */
    public ImportedMessage notifiedAgents(String... notifiedAgents) {
        return setJoined("notified_agents", notifiedAgents);
    }

    /** The addresses that had a copy. */
    public ImportedMessage cc(String... cc) {
        return setJoined("cc_address", cc);
    }

    /** The addresses that had a blind copy. */
    public ImportedMessage bcc(String... bcc) {
        return setJoined("bcc_address", bcc);
    }

    /** The addresses that it was sent to. */
    public ImportedMessage to(String... to) {
        return setJoined("to_address", to);
    }

    /** Public links to files that belong to it. */
    public ImportedMessage attachmentUrls(String... attachmentUrls) {
        return setJoined("attachment_public_urls", attachmentUrls);
    }

    /**
     * A message.
     *
     * @param type presumably "reply" or "note" (inferred)
     * @param body HTML
     */
    public ImportedMessage(String type, String body) {
        set("type", type);
        set("body", body);
    }
}
