package io.github.desk365mcp.api.model;

/** What a new article may have beside title and content. */
public final class NewArticle extends ArticleFields<NewArticle> {

    /** Nothing is set at first. */
    public NewArticle() {}

    /** The author's address, an agent. */
    public NewArticle createdBy(String createdBy) {
        return set("created_by_email", createdBy);
    }
}
