package io.github.desk365mcp.tools.host;

/** What must happen before a call acts. In the order of strictness: of several that apply, the last one wins. */
public enum Approval {

    /** Nothing. */
    ALLOW,

    /**
     * The same call twice: the first one answers with a preview and a token, and only a second one with that token acts.
     * It guards against slips and wrong recipients, not against a model that means it.
     */
    STAGE,

    /** A person agrees, whom the host asks by {@link Confirmation}. Without one nobody agrees. */
    CONFIRM,

    /** It never acts; a tool of which that is true for every call is not listed. */
    DENY
}
