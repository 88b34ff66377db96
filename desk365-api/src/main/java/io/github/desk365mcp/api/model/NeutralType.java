package io.github.desk365mcp.api.model;

/** What a neutral answer to a survey counts as; the meaning is inferred from the name. Known from one source. */
public enum NeutralType implements Code {
    /** Counted as positive. */
    POSITIVE(1),
    /** Counted as neither. */
    NEUTRAL(2),
    /** Counted as negative. */
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
