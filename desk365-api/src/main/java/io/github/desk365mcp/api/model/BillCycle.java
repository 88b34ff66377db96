package io.github.desk365mcp.api.model;

/** How often a contract is billed. Known from one source. */
public enum BillCycle implements Code {
    /** Every month. */
    MONTHLY(1),
    /** Once for the length of the contract. */
    CONTRACT_LENGTH(2);

    private final int code;

    BillCycle(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
