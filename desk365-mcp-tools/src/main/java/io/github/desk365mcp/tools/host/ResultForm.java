package io.github.desk365mcp.tools.host;

/** Where a result has the answer: as structured content, as text, or both. The default is {@link #BOTH}. */
public enum ResultForm {

    /** As {@code structuredContent} and as compact JSON text, for clients that read only one of them. */
    BOTH,

    /**
     * Only as {@code structuredContent}, for a host that shows it to its model; {@code content} has no text. With the
     * official Java SDK, which would otherwise fill in the whole answer, the text refers to {@code structuredContent}.
     */
    STRUCTURED_ONLY,

    /** Only as JSON text; definitions have no output schema. */
    TEXT_ONLY,

    /** As {@code structuredContent}; the text is a one-line summary for a person. */
    SUMMARY
}
