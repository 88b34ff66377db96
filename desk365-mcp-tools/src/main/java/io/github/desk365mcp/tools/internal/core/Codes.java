package io.github.desk365mcp.tools.internal.core;

/** Codes of outcomes that more than one class knows. */
public final class Codes {

    public static final String OK = "ok";
    public static final String BUSY = "busy";
    public static final String CANCELLED = "cancelled";
    public static final String FOUND = "found";
    public static final String INVALID_ARGUMENTS = "invalid_arguments";
    public static final String NO_ANSWER = "no_answer";
    public static final String NOT_FOUND = "not_found";
    public static final String RATE_LIMITED = "rate_limited";
    public static final String UNAVAILABLE = "unavailable";
    public static final String UNKNOWN_OUTCOME = "unknown_outcome";
    public static final String UNKNOWN_TOOL = "unknown_tool";
    public static final String UNREADABLE_ANSWER = "unreadable_answer";

    private Codes() {}
}
