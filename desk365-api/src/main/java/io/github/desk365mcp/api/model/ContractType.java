package io.github.desk365mcp.api.model;

/** What a contract sells. Known from one source. */
public enum ContractType implements Code {
    /** A block of hours. */
    BLOCK_HOURS(2),
    /** A block of tickets. */
    BLOCK_TICKETS(3);

    private final int code;

    ContractType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
