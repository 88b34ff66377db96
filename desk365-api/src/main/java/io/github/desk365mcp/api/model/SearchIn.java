package io.github.desk365mcp.api.model;

/** Where a search looks. Known from one source. */
public enum SearchIn implements Code {
    SUBJECT_AND_NUMBER(1),
    DESCRIPTION(2),
    CONVERSATIONS(3),
    ATTACHMENT_NAMES(4),
    CUSTOM_FIELDS(5),
    /** Names of contacts and companies. */
    CONTACT_AND_COMPANY(6),
    /** Archived tickets too. */
    ARCHIVED(7);

    private final int code;

    SearchIn(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
