package io.github.desk365mcp.tools.host;

/** Values of {@link AuditRecord#outcome()} besides {@link ErrorCodes}. Later versions may add more. */
public final class Outcomes {

    /** The call was carried out. */
    public static final String OK = "ok";

    /** The call changed some of its records at most; its answer says what became of each. */
    public static final String PARTLY = "partly";

    /** The call returned a preview; it is carried out when it is made again with its approval token. */
    public static final String NEEDS_APPROVAL = "needs_approval";

    /** The call waits for a person's approval; see {@link PendingCalls}. */
    public static final String WAITING_FOR_APPROVAL = "waiting_for_approval";

    /** An equal call had been made before; its answer was returned again. */
    public static final String REPLAYED = "replayed";

    /** An earlier equal call, which got no response, had already made the record; it was found and returned. */
    public static final String FOUND = "found";

    /** There is no such tool for this caller. */
    public static final String UNKNOWN_TOOL = "unknown_tool";

    /** This library or a plug-in of the host failed. */
    public static final String FAULT = "fault";

    private Outcomes() {}
}
