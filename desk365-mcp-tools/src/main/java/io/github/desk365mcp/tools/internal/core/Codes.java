package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.Outcomes;

/** Outcomes that several internal classes use. */
public final class Codes {

    public static final String OK = Outcomes.OK;
    public static final String UNKNOWN_TOOL = Outcomes.UNKNOWN_TOOL;

    private Codes() {}
}
