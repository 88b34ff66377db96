package io.github.desk365mcp.tools.host;

/** The outcomes in {@link AuditRecord#outcome()} beside those of {@link ErrorCodes}. More may come. */
public final class Outcomes {

    /** The call was carried out. */
    public static final String OK = "ok";

    /** The call was previewed, and acts when it is made again with its approval. */
    public static final String NEEDS_APPROVAL = "needs_approval";

    /** An equal call had been made; its answer was given again. */
    public static final String REPLAYED = "replayed";

    /** What the call was to make was there already, from an equal call that got no answer. */
    public static final String FOUND = "found";

    /** There is no such tool for this caller. */
    public static final String UNKNOWN_TOOL = "unknown_tool";

    /** This library or a plug-in of the host has a fault. */
    public static final String FAULT = "fault";

    private Outcomes() {}
}
