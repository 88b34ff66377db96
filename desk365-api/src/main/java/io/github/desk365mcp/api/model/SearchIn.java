package io.github.desk365mcp.api.model;

/** Where a ticket search looks. Known from one source. */
public enum SearchIn implements Code {
    /** The subject and the ticket number. */
    SUBJECT_AND_NUMBER(1),
    /** The description. */
    DESCRIPTION(2),
    /** Replies and notes. */
    CONVERSATIONS(3),
    /** The names of attached files. */
    ATTACHMENT_NAMES(4),
    /** The custom fields. */
    CUSTOM_FIELDS(5),
    /** The names of contacts and companies. */
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
