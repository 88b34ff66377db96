package io.github.desk365mcp.tools.host;

/** What a tool does, as {@link AuditRecord#effect()} and the keys of {@link Approvals#settings()} say it. */
public final class Effects {

    /** It only reads. */
    public static final String READ = "read";

    /** It adds something. */
    public static final String CREATE = "create";

    /** It changes something. */
    public static final String UPDATE = "update";

    /** It deletes something. */
    public static final String DELETE = "delete";

    /** In settings of approval: calls that e-mail somebody outside, or let them in on mail. */
    public static final String MAIL = "mail";

    /** In audits: there is no such tool. */
    public static final String UNKNOWN = "unknown";

    private Effects() {}
}
