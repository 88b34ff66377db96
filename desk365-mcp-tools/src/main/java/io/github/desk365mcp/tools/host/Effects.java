package io.github.desk365mcp.tools.host;

/** What a tool does: values of {@link AuditRecord#effect()} and keys of {@link Approvals#settings()}. */
public final class Effects {

    /** The tool only reads. */
    public static final String READ = "read";

    /** The tool adds something. */
    public static final String CREATE = "create";

    /** The tool changes something. */
    public static final String UPDATE = "update";

    /** The tool deletes something. */
    public static final String DELETE = "delete";

    /** Only in {@link Approvals}: calls that e-mail an outsider, or give one access to later mail. */
    public static final String MAIL = "mail";

    /** Only in {@link Approvals}: calls that change, or may change, what customers see in the knowledge base. */
    public static final String PUBLISH = "publish";

    /** Only in audit records: there is no such tool. */
    public static final String UNKNOWN = "unknown";

    private Effects() {}
}
