package io.github.desk365mcp.api.model;

/** When a survey is sent. Known from one source. */
public enum NotifyType implements Code {
    /** When the ticket is resolved. */
    RESOLVED(7),
    /** When the ticket is closed. */
    CLOSED(8);

    private final int code;

    NotifyType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
