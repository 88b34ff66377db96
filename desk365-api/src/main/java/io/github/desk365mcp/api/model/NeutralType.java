package io.github.desk365mcp.api.model;

/** What a neutral answer to a survey counts as; the meaning is inferred from the name. Known from one source. */
public enum NeutralType implements Code {
    POSITIVE(1),
    NEUTRAL(2),
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
