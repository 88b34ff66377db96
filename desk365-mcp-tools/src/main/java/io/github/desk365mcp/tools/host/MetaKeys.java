package io.github.desk365mcp.tools.host;

/** Keys in the {@code _meta} of definitions and results; the tool reference describes their values. */
public final class MetaKeys {

    private static final String PREFIX = "io.github.desk365mcp/";

    /** Of a definition: group, tags, cost in calls, and marks such as {@code unverified}. */
    public static final String TOOL = PREFIX + "tool";

    /** Of a definition: for each identifier, the tools and result paths that supply it. */
    public static final String IDENTIFIERS = PREFIX + "identifiers";

    /**
     * Of a definition: the argument that takes files, and the number, size, media types and forms of files that it
     * accepts.
     */
    public static final String ATTACHMENTS = PREFIX + "attachments";

    /** Of a definition: OpenAI's key for the arguments that ChatGPT fills with files. */
    public static final String FILE_PARAMS = "openai/fileParams";

    /** Of a result: arguments that were read differently from how they were written. */
    public static final String REPAIRS = PREFIX + "repairs";

    /** Of a result: the paths of texts that outsiders wrote, with their writers. */
    public static final String UNTRUSTED = PREFIX + "untrusted";

    /** Of a result: how many calls are left; values not read from the service are listed under {@code estimated}. */
    public static final String RATE_LIMIT = PREFIX + "ratelimit";

    /**
     * Of a result for a client with approval cards: the {@link PendingCall} that waits, with its identifier, title, end
     * and preview.
     */
    public static final String PENDING_CALL = PREFIX + "pending_call";

    /** Of a result: the code of an error. */
    public static final String ERROR = PREFIX + "error";

    private MetaKeys() {}
}
