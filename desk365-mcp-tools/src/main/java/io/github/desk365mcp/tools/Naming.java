package io.github.desk365mcp.tools;

/** How tools are named. A tool can be called by its other name too. */
public enum Naming {
    /** The names of the hosted product, such as {@code get_single_desk_365_ticket_by_id}; at most 46 characters. */
    FULL,
    /** Names such as {@code get_ticket}, for hosts that add long prefixes; at most 32 characters. */
    SHORT
}
