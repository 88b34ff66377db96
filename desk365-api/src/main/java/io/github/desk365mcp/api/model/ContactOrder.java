package io.github.desk365mcp.api.model;

/** What contacts are ordered by. */
public enum ContactOrder implements Code {
    /** By name. */
    NAME(1),
    /** By job title. */
    TITLE(2),
    /** By company. */
    COMPANY(3),
    /** By e-mail address. */
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
