package io.github.desk365mcp.tools.host;

/** The keys in {@code _meta} of definitions and results, with values as the tool reference describes them. */
public final class MetaKeys {

    private static final String PREFIX = "io.github.desk365mcp/";

    /** Of a definition: group, tags, calls, and marks. */
    public static final String TOOL = PREFIX + "tool";

    /** Of a definition: for each identifier, the tools and result paths that supply it. */
    public static final String IDENTIFIERS = PREFIX + "identifiers";

    /** Of a definition: which argument takes files, and how many, how large, of which types and forms. */
    public static final String ATTACHMENTS = PREFIX + "attachments";

    /** Of a definition: OpenAI's key for the arguments that ChatGPT fills files into. */
    public static final String FILE_PARAMS = "openai/fileParams";

    /** Of a result: arguments that were read in another form than they were written. */
    public static final String REPAIRS = PREFIX + "repairs";

    /** Of a result: which texts in it somebody outside wrote, by path, and who. */
    public static final String UNTRUSTED = PREFIX + "untrusted";

    /** Of a result: how many calls are left; what is derived is named under {@code estimated}. */
    public static final String RATE_LIMIT = PREFIX + "ratelimit";

    /** Of a result: the code of an error. */
    public static final String ERROR = PREFIX + "error";

    private MetaKeys() {}
}
