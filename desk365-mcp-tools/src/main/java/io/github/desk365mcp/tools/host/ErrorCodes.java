package io.github.desk365mcp.tools.host;

/**
 * Error codes of {@link io.github.desk365mcp.tools.ToolResult#errorCode()} and {@link AuditRecord#outcome()}. Later
 * versions may add more.
 */
public final class ErrorCodes {

    /** The policy's end has passed. */
    public static final String ACCESS_ENDED = "access_ended";

    /** The approval token is wrong, used, expired, or for another call. */
    public static final String APPROVAL_NOT_GOOD = "approval_not_good";

    /** A file could not be read. */
    public static final String ATTACHMENT_FAILED = "attachment_failed";

    /** The call got no turn in the queue; it can be made again. */
    public static final String BUSY = "busy";

    /** The host cancelled the call, and nothing was changed. */
    public static final String CANCELLED = "cancelled";

    /** The service already has a record of that name. */
    public static final String CONFLICT = "conflict";

    /** The policy denies the call. */
    public static final String DENIED = "denied";

    /** The service refuses access with this API key (403). */
    public static final String FORBIDDEN = "forbidden";

    /** An argument is missing, unknown or has a wrong value; nothing was sent. */
    public static final String INVALID_ARGUMENTS = "invalid_arguments";

    /** The message repeats what its recipient must not see, and the policy refuses that; nothing was sent. */
    public static final String LEAK = "leak";

    /** The session has read text written by outsiders, and the policy locks its writes. */
    public static final String LOCKED = "locked";

    /** A body must be given as HTML. */
    public static final String NEEDS_HTML = "needs_html";

    /** The service could not be reached, and nothing was changed. */
    public static final String NO_ANSWER = "no_answer";

    /** The preview needed for an approval could not be made. */
    public static final String NO_PREVIEW = "no_preview";

    /** The host has no helpdesk for this call, or the call's grant is for another one. */
    public static final String NO_TENANT = "no_tenant";

    /** No person agreed to the call. */
    public static final String NOT_CONFIRMED = "not_confirmed";

    /**
     * The count would be wrong and is withheld: the service ignored a filter, or it cannot filter by an argument and not all
     * rows were read.
     */
    public static final String NOT_FILTERED = "not_filtered";

    /** There is no such record. */
    public static final String NOT_FOUND = "not_found";

    /** The calls of the plan are used up for now. */
    public static final String RATE_LIMITED = "rate_limited";

    /** The text to change is no longer the one that the preview showed; nothing was changed. */
    public static final String RECORD_CHANGED = "record_changed";

    /** The recipient is no longer the one shown in the preview. */
    public static final String RECIPIENT_CHANGED = "recipient_changed";

    /** The service redirected the request; redirects are not followed. */
    public static final String REDIRECTED = "redirected";

    /** The service refused the request. */
    public static final String REFUSED = "refused";

    /** The host does not know the caller. */
    public static final String UNAUTHENTICATED = "unauthenticated";

    /** The service refuses the API key (401). */
    public static final String UNAUTHORIZED = "unauthorized";

    /** The service failed (5xx). */
    public static final String UNAVAILABLE = "unavailable";

    /** It is unknown whether the change was made. */
    public static final String UNKNOWN_OUTCOME = "unknown_outcome";

    /** The response of the service could not be read. */
    public static final String UNREADABLE_ANSWER = "unreadable_answer";

    private ErrorCodes() {}
}
