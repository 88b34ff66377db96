package io.github.desk365mcp.api.model;

/** How urgent a ticket is. */
public enum Priority implements Code {
    LOW(1),
    MEDIUM(5),
    HIGH(10),
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
