package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** What a new article may have beside title and content. */
public final class NewArticle extends Input<NewArticle> {

    /** Nothing is set at first. */
    public NewArticle() {}

    /** The name of a category. */
    public NewArticle category(String category) {
        return set("category_name", category);
    }

    /** The name of a folder in the category. */
    public NewArticle folder(String folder) {
        return set("folder_name", folder);
    }

    /** Default: what the service chooses, which is unknown; set it. */
    public NewArticle status(ArticleStatus status) {
        return set("status", status.code());
    }

    /** The author's address, an agent. */
    public NewArticle createdBy(String createdBy) {
        return set("created_by_email", createdBy);
    }
}
