package io.github.desk365mcp.api.model;

/** Optional fields of a new article. */
public final class NewArticle extends ArticleFields<NewArticle> {

    /** Creates an input with no fields set. */
    public NewArticle() {}

    /**
     * Sets the author.
     *
     * @param createdBy the email address of an agent
     * @return this
     */
    public NewArticle createdBy(String createdBy) {
        return set("created_by_email", createdBy);
    }
}
