package io.github.desk365mcp.api.model;

/** Who can see a category in the support portal. Known from one source. */
public enum PortalVisibility implements Code {
    /** Nobody. */
    HIDDEN(1),
    /** All visitors. */
    EVERYONE(2),
    /** Users who are signed in. */
    SIGNED_IN(3),
    /** Users of the listed companies who are signed in. */
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
