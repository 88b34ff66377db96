package io.github.desk365mcp.tools.host;

/** In which of MCP's two places an answer stands; default is {@link #BOTH}. */
public enum ResultForm {

    /** As {@code structuredContent}, and the same as compact JSON in the text, for clients that read one of them. */
    BOTH,

    /**
     * As {@code structuredContent} alone, for a host that shows it to its model; the content has no text then. On the
     * official Java SDK, which would fill in the whole answer, the text points there.
     */
    STRUCTURED_ONLY,

    /** As JSON in the text alone; the definitions have no output schema then. */
    TEXT_ONLY,

    /** As {@code structuredContent}; the text is one line that tells a person what came. */
    SUMMARY
}
