package io.github.desk365mcp.api.model;

/** Who sees a category in the support portal. */
public enum PortalVisibility implements Code {
    /** Nobody. */
    HIDDEN(1),
    /** All visitors. */
    EVERYONE(2),
    /** Users who signed in. */
    SIGNED_IN(3),
    /** Users of listed companies who signed in. */
    COMPANIES(4);

    private final int code;

    PortalVisibility(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
