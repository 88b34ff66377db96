package io.github.desk365mcp.api.model;

/** How often unused hours roll over. Known from one source. */
public enum RolloverType implements Code {
    /** Every month. */
    MONTHLY(1);

    private final int code;

    RolloverType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
