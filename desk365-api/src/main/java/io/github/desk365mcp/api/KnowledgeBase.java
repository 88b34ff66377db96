package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Article;
import io.github.desk365mcp.api.model.ArticleTitles;
import io.github.desk365mcp.api.model.ArticleUpdate;
import io.github.desk365mcp.api.model.Category;
import io.github.desk365mcp.api.model.CategoryUpdate;
import io.github.desk365mcp.api.model.Deleted;
import io.github.desk365mcp.api.model.Folder;
import io.github.desk365mcp.api.model.FolderUpdate;
import io.github.desk365mcp.api.model.NewArticle;
import io.github.desk365mcp.api.model.NewCategory;
import io.github.desk365mcp.api.model.NewFolder;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Knowledge base articles and their categories and folders. All are identified by their exact names, so renaming one
 * presumably breaks references to it (inferred). Categories and folders cannot be listed; an article names those that
 * contain it.
 *
 * <p>Deletions cannot be undone through the API. What happens to the contents of a deleted category or folder is
 * unknown.
 */
public final class KnowledgeBase {

    private final Calls calls;

    KnowledgeBase(Calls calls) {
        this.calls = calls;
    }

    /** {@return the titles of all published articles, in one response} */
    public ArticleTitles articleTitles() {
        return calls.get(Operation.LIST_ARTICLES, Map.of(), ArticleTitles::new);
    }

    /**
     * Gets a published article.
     *
     * @param title the exact title of the article
     * @return the article
     */
    public Article article(String title) {
        return calls.get(Operation.GET_ARTICLE, title(title), Article::new);
    }

    /**
     * Creates an article. The service does not support inline images in articles written through the API. A draft
     * cannot be read afterwards.
     *
     * @param title the title
     * @param content the content as HTML
     * @param more sets optional fields
     * @return the new article
     */
    public Article createArticle(String title, String content, Consumer<NewArticle> more) {
        Map<String, Object> article =
                Input.filled(new NewArticle().set("article_title", title).set("article_content", content), more);
        return calls.write(Operation.CREATE_ARTICLE, Map.of(), article, Article::new);
    }

    /**
     * Updates an article; fields that are not set keep their values. Known from one source.
     *
     * @param title the current title; if two articles share it, which one is updated is unknown
     * @param changes sets the fields to change
     * @return the updated article
     */
    public Article updateArticle(String title, Consumer<ArticleUpdate> changes) {
        Map<String, Object> update = Input.filled(new ArticleUpdate(), changes);
        return calls.write(Operation.UPDATE_ARTICLE, title(title), update, Article::new);
    }

    /**
     * Deletes an article. Known from one source.
     *
     * @param title the exact title; if two articles share it, which one is deleted is unknown
     * @return the service's message
     */
    public Deleted deleteArticle(String title) {
        return calls.write(Operation.DELETE_ARTICLE, title(title), null, Deleted::new);
    }

    /**
     * Gets a category.
     *
     * @param categoryName the exact name of the category
     * @return the category
     */
    public Category category(String categoryName) {
        return calls.get(Operation.GET_CATEGORY, name(categoryName), Category::new);
    }

    /**
     * Creates a category. Known from one source.
     *
     * @param categoryName the name of the category
     * @param more sets optional fields
     * @return the new category
     */
    public Category createCategory(String categoryName, Consumer<NewCategory> more) {
        Map<String, Object> category = Input.filled(new NewCategory().set("category_name", categoryName), more);
        return calls.write(Operation.CREATE_CATEGORY, Map.of(), category, Category::new);
    }

    /**
     * Updates a category; fields that are not set keep their values. Known from one source.
     *
     * @param categoryName the current name of the category
     * @param changes sets the fields to change
     * @return the updated category
     */
    public Category updateCategory(String categoryName, Consumer<CategoryUpdate> changes) {
        Map<String, Object> update = Input.filled(new CategoryUpdate(), changes);
        return calls.write(Operation.UPDATE_CATEGORY, name(categoryName), update, Category::new);
    }

    /**
     * Deletes a category. Known from one source.
     *
     * @param categoryName the exact name of the category
     * @return the service's message
     */
    public Deleted deleteCategory(String categoryName) {
        return calls.write(Operation.DELETE_CATEGORY, name(categoryName), null, Deleted::new);
    }

    /**
     * Gets a folder.
     *
     * @param categoryName the exact name of the folder's category
     * @param folderName the exact name of the folder
     * @return the folder
     */
    public Folder folder(String categoryName, String folderName) {
        return calls.get(Operation.GET_FOLDER, name(categoryName, folderName), Folder::new);
    }

    /**
     * Creates a folder in a category. Known from one source.
     *
     * @param categoryName the name of the category
     * @param folderName the name of the folder
     * @param more sets optional fields
     * @return the new folder
     */
    public Folder createFolder(String categoryName, String folderName, Consumer<NewFolder> more) {
        Map<String, Object> folder =
                Input.filled(new NewFolder().set("category_name", categoryName).set("folder_name", folderName), more);
        return calls.write(Operation.CREATE_FOLDER, Map.of(), folder, Folder::new);
    }

    /**
     * Renames or moves a folder. Known from one source.
     *
     * @param categoryName the name of the folder's current category
     * @param folderName the current name of the folder
     * @param changes sets the fields to change
     * @return the updated folder
     */
    public Folder updateFolder(String categoryName, String folderName, Consumer<FolderUpdate> changes) {
        Map<String, Object> update = Input.filled(new FolderUpdate(), changes);
        return calls.write(Operation.UPDATE_FOLDER, name(categoryName, folderName), update, Folder::new);
    }

    /**
     * Deletes a folder. Known from one source.
     *
     * @param categoryName the exact name of the folder's category
     * @param folderName the exact name of the folder
     * @return the service's message
     */
    public Deleted deleteFolder(String categoryName, String folderName) {
        return calls.write(Operation.DELETE_FOLDER, name(categoryName, folderName), null, Deleted::new);
    }

    private static Map<String, Object> title(String title) {
        return Map.of("article_name", title);
    }

    private static Map<String, Object> name(String categoryName) {
        return Map.of("category_name", categoryName);
    }

    private static Map<String, Object> name(String categoryName, String folderName) {
        return Map.of("category_name", categoryName, "folder_name", folderName);
    }
}
