package io.github.desk365mcp.tools.internal.core;

/** Codes of outcomes that more than one class knows. */
public final class Codes {

    public static final String OK = "ok";
    public static final String FOUND = "found";
    public static final String UNKNOWN_TOOL = "unknown_tool";

    private Codes() {}
}
