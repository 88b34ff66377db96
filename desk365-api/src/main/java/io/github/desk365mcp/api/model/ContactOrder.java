package io.github.desk365mcp.api.model;

/** What contacts are ordered by. */
public enum ContactOrder implements Code {
    NAME(1),
    TITLE(2),
    COMPANY(3),
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
