package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/**
 * What new articles and changes of articles have in common.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class ArticleFields<S extends ArticleFields<S>> extends Input<S>
        permits NewArticle, ArticleUpdate {

    /** Nothing is set at first. */
    ArticleFields() {}

    /** The name of a category. */
    public S category(String category) {
        return set("category_name", category);
    }

    /** The name of a folder in the category. */
    public S folder(String folder) {
        return set("folder_name", folder);
    }

    /** For a new article, the default is what the service chooses, which is unknown; set it. */
    public S status(ArticleStatus status) {
        return set("status", status.code());
    }
}
