package io.github.desk365mcp.tools.host;

/**
 * What happens to a reply or a public note that repeats words, numbers or identifiers of an internal note, or of what
 * another customer wrote, that the same session has read; see {@link Policy#leaks}.
 */
public enum Leaks {

    /** The preview quotes both places. A call that needs no approval has no preview, so it is sent. */
    WARN,

    /** The call is refused. */
    REFUSE,

    /** Nothing is compared, and nothing is remembered. */
    OFF
}
