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
 * Articles, and the categories and folders that they are in. All are known by their exact names, so renaming one
 * presumably breaks what refers to it (inferred). Categories and folders cannot be listed: an article tells where it is.
 *
 * <p>What is deleted cannot be brought back here. What becomes of what a deleted category or folder holds is unknown.
 */
public final class KnowledgeBase {

    private final Calls calls;

    KnowledgeBase(Calls calls) {
        this.calls = calls;
    }

    /** The titles of all published articles, at once. */
    public ArticleTitles articleTitles() {
        return calls.get(Operation.LIST_ARTICLES, Map.of(), ArticleTitles::new);
    }

    /** The published article with this exact title. */
    public Article article(String title) {
        return calls.get(Operation.GET_ARTICLE, title(title), Article::new);
    }

    /**
     * Writes an article. The service has no inline images for API-written articles. A draft cannot be read afterwards.
     *
     * @param content HTML
     */
    public Article createArticle(String title, String content, Consumer<NewArticle> more) {
        Map<String, Object> article =
                Input.filled(new NewArticle().set("article_title", title).set("article_content", content), more);
        return calls.write(Operation.CREATE_ARTICLE, Map.of(), article, Article::new);
    }

    /**
     * Changes what the lambda sets, and leaves the rest. One source.
     *
     * @param title the present title; which article is meant if two have it is unknown
     */
    public Article updateArticle(String title, Consumer<ArticleUpdate> changes) {
        Map<String, Object> update = Input.filled(new ArticleUpdate(), changes);
        return calls.write(Operation.UPDATE_ARTICLE, title(title), update, Article::new);
    }

    /** Deletes the article with this exact title; which one if two have it is unknown. One source. */
    public Deleted deleteArticle(String title) {
        return calls.write(Operation.DELETE_ARTICLE, title(title), null, Deleted::new);
    }

    /** The category with this exact name. */
    public Category category(String categoryName) {
        return calls.get(Operation.GET_CATEGORY, name(categoryName), Category::new);
    }

    /** Adds a category. One source. */
    public Category createCategory(String categoryName, Consumer<NewCategory> more) {
        Map<String, Object> category = Input.filled(new NewCategory().set("category_name", categoryName), more);
        return calls.write(Operation.CREATE_CATEGORY, Map.of(), category, Category::new);
    }

    /**
     * Changes what the lambda sets, and leaves the rest. One source.
     *
     * @param categoryName the present name
     */
    public Category updateCategory(String categoryName, Consumer<CategoryUpdate> changes) {
        Map<String, Object> update = Input.filled(new CategoryUpdate(), changes);
        return calls.write(Operation.UPDATE_CATEGORY, name(categoryName), update, Category::new);
    }

    /** Deletes the category with this exact name. One source. */
    public Deleted deleteCategory(String categoryName) {
        return calls.write(Operation.DELETE_CATEGORY, name(categoryName), null, Deleted::new);
    }

    /** The folder with this exact name in a category. */
    public Folder folder(String categoryName, String folderName) {
        return calls.get(Operation.GET_FOLDER, name(categoryName, folderName), Folder::new);
    }

    /** Adds a folder to a category. One source. */
    public Folder createFolder(String categoryName, String folderName, Consumer<NewFolder> more) {
        Map<String, Object> folder =
                Input.filled(new NewFolder().set("category_name", categoryName).set("folder_name", folderName), more);
        return calls.write(Operation.CREATE_FOLDER, Map.of(), folder, Folder::new);
    }

    /**
     * Renames or moves a folder. One source.
     *
     * @param categoryName the category that it is in
     * @param folderName the present name
     */
    public Folder updateFolder(String categoryName, String folderName, Consumer<FolderUpdate> changes) {
        Map<String, Object> update = Input.filled(new FolderUpdate(), changes);
        return calls.write(Operation.UPDATE_FOLDER, name(categoryName, folderName), update, Folder::new);
    }

    /** Deletes the folder with this exact name in a category. One source. */
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
