package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.time.Instant;

/** One message to import. The allowed types and sender types are presumably those of conversations (inferred). */
public final class ImportedMessage extends Input<ImportedMessage> {

    /**
     * Sets the kind of sender.
     *
     * @param senderType presumably {@code agent} or {@code contact} (inferred)
     * @return this
     */
    public ImportedMessage senderType(String senderType) {
        return set("sender_type", senderType);
    }

    /**
     * Sets when the message was written. That the service reads the time as UTC, in the format in which it sends times,
     * is inferred.
     *
     * @param createdOn the time
     * @return this
     */
    public ImportedMessage createdOn(Instant createdOn) {
        return set("created_on", Times.format(createdOn));
    }

    /**
     * Sets the author.
     *
     * @param createdBy the author's email address
     * @return this
     */
    public ImportedMessage createdBy(String createdBy) {
        return set("created_by", createdBy);
    }

    /**
     * Sets whether a note is public.
     *
     * @param publicNote false for a private note
     * @return this
     */
    public ImportedMessage publicNote(boolean publicNote) {
        return set("public_note", publicNote);
    }

    /**
     * Sets the agents who were notified about a note (inferred from the name).
     *
     * @param notifiedAgents the agents' email addresses
     * @return this
     */
    public ImportedMessage notifiedAgents(String... notifiedAgents) {
        return setJoined("notified_agents", notifiedAgents);
    }

    /**
     * Sets the addresses that received a copy.
     *
     * @param cc the email addresses
     * @return this
     */
    public ImportedMessage cc(String... cc) {
        return setJoined("cc_address", cc);
    }

    /**
     * Sets the addresses that received a blind copy.
     *
     * @param bcc the email addresses
     * @return this
     */
    public ImportedMessage bcc(String... bcc) {
        return setJoined("bcc_address", bcc);
    }

    /**
     * Sets the addresses that the message was sent to.
     *
     * @param to the email addresses
     * @return this
     */
    public ImportedMessage to(String... to) {
        return setJoined("to_address", to);
    }

    /**
     * Sets the message's attachments.
     *
     * @param attachmentUrls public links to the files
     * @return this
     */
    public ImportedMessage attachmentUrls(String... attachmentUrls) {
        return setJoined("attachment_public_urls", attachmentUrls);
    }

    /**
     * Creates a message.
     *
     * @param type presumably {@code reply} or {@code note} (inferred)
     * @param body the text as HTML
     */
    public ImportedMessage(String type, String body) {
        set("type", type);
        set("body", body);
    }
}
