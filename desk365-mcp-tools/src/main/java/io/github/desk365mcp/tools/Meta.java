package io.github.desk365mcp.tools;

/** Our keys in {@code _meta}, of definitions and of results. */
final class Meta {

    private static final String PREFIX = "io.github.desk365mcp/";

    /** Of a definition: group, tags, calls, and marks. */
    static final String TOOL = PREFIX + "tool";

    /** Of a definition: for each identifier, the tools and result paths that supply it. */
    static final String IDENTIFIERS = PREFIX + "identifiers";

    /** Of a definition: which argument takes files, and how many, how large, of which types and forms. */
    static final String ATTACHMENTS = PREFIX + "attachments";

    /** Of a definition: OpenAI's key for the arguments that ChatGPT fills files into. */
    static final String FILE_PARAMS = "openai/fileParams";

    /** Of a result: what was read otherwise than written. */
    static final String REPAIRS = PREFIX + "repairs";

    /** Of a result: which texts in it somebody outside wrote, by path, and who. */
    static final String UNTRUSTED = PREFIX + "untrusted";

    /** Of a result: how many calls are left; what is derived is named under {@code estimated}. */
    static final String RATE_LIMIT = PREFIX + "ratelimit";

    /** Of a result: the code of an error. */
    static final String ERROR = PREFIX + "error";

    private Meta() {}
}
