package io.github.desk365mcp.tools;

/** How tools are named. Under either naming, a call by the other name works too. */
public enum Naming {
    /** The names of the hosted product, such as {@code get_single_desk_365_ticket_by_id}; at most 46 characters. */
    FULL,
    /** Names such as {@code get_ticket}, for hosts that put long prefixes before them; at most 32 characters. */
    SHORT
}
