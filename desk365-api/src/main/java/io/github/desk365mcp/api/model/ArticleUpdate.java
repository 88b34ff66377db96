package io.github.desk365mcp.api.model;

/** Changes to an article; fields that are not set keep their values. */
public final class ArticleUpdate extends ArticleFields<ArticleUpdate> {

    /** Creates an input with no fields set. */
    public ArticleUpdate() {}

    /**
     * Renames the article. References to the old title presumably break (inferred).
     *
     * @param newTitle the new title
     * @return this
     */
    public ArticleUpdate rename(String newTitle) {
        return set("article_title", newTitle);
    }

    /**
     * Replaces the whole content. The service does not support inline images in articles written through the API.
     *
     * @param content the content as HTML
     * @return this
     */
    public ArticleUpdate content(String content) {
        return set("article_content", content);
    }
}
