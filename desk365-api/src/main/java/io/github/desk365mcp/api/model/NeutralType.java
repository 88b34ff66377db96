package io.github.desk365mcp.api.model;

/** How a neutral survey response is classified (inferred from the name). Known from one source. */
public enum NeutralType implements Code {
    /** As positive. */
    POSITIVE(1),
    /** As neither positive nor negative. */
    NEUTRAL(2),
    /** As negative. */
    NEGATIVE(3);

    private final int code;

    NeutralType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
