package io.github.desk365mcp.api.model;

/** The field that a list of contacts is sorted by. */
public enum ContactOrder implements Code {
    /** By name. */
    NAME(1),
    /** By job title (inferred from the name). */
    TITLE(2),
    /** By company. */
    COMPANY(3),
    /** By email address. */
    EMAIL(4);

    private final int code;

    ContactOrder(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
