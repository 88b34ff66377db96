package io.github.desk365mcp.api.model;

/** What changes in an article; the rest stays as it is. */
public final class ArticleUpdate extends ArticleFields<ArticleUpdate> {

    /** Nothing is set at first. */
    public ArticleUpdate() {}

    /** The new title. What refers to the old one presumably breaks (inferred). */
    public ArticleUpdate rename(String newTitle) {
        return set("article_title", newTitle);
    }

    /** HTML. Replaces the whole text; the service has no inline images for API-written articles. */
    public ArticleUpdate content(String content) {
        return set("article_content", content);
    }
}
