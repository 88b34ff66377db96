package io.github.desk365mcp.api.model;

/** The priority of a ticket. */
public enum Priority implements Code {
    /** Low. */
    LOW(1),
    /** Medium. */
    MEDIUM(5),
    /** High. */
    HIGH(10),
    /** Urgent, the highest. */
    URGENT(20);

    private final int code;

    Priority(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
