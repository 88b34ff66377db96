package io.github.desk365mcp.tools.host;

/**
 * What must happen before a call is carried out, from the least to the most strict; the strictest that applies wins.
 */
public enum Approval {

    /** The call is carried out at once. */
    ALLOW,

    /**
     * The model makes the call twice: the first call only returns a preview and an approval token, and the second, with
     * that token, is carried out. This prevents slips and wrong recipients, but does not stop a determined model.
     */
    STAGE,

    /**
     * A person must approve, asked through the host's {@link Confirmation}. Without one, the call waits as a
     * {@link PendingCall} if the policy has a place or a listener for it, or if the client shows it on a card; otherwise
     * it is refused.
     */
    CONFIRM,

    /** The call is refused; a tool all of whose calls are denied is not listed. */
    DENY
}
