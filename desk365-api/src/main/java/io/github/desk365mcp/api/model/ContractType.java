package io.github.desk365mcp.api.model;

/** What a contract sells. Known from one source. */
public enum ContractType implements Code {
    BLOCK_HOURS(2),
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
