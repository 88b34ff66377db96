package io.github.desk365mcp.api.model;

/** Whether an article is published. Known from one source. */
public enum ArticleStatus implements Code {
    /** A draft, which can be neither read nor listed through the API. */
    DRAFT(0),
    /** Published, so readers can see it. */
    PUBLISHED(1),
    /** A draft of a published article. */
    DRAFT_OF_PUBLISHED(2);

    private final int code;

    ArticleStatus(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
