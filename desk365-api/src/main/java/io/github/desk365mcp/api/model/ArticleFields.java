package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/**
 * Fields that new articles and article updates share.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class ArticleFields<S extends ArticleFields<S>> extends Input<S>
        permits NewArticle, ArticleUpdate {

    /** Creates an input with no fields set. */
    ArticleFields() {}

    /**
     * Sets the category.
     *
     * @param category the name of a category
     * @return this
     */
    public S category(String category) {
        return set("category_name", category);
    }

    /**
     * Sets the folder.
     *
     * @param folder the name of a folder in the category
     * @return this
     */
    public S folder(String folder) {
        return set("folder_name", folder);
    }

    /**
     * Sets the status. Set it on new articles: the service's default is unknown.
     *
     * @param status the status
     * @return this
     */
    public S status(ArticleStatus status) {
        return set("status", status.code());
    }
}
