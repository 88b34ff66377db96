package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Article;
import io.github.desk365mcp.api.model.ArticleTitles;
import io.github.desk365mcp.api.model.Category;
import io.github.desk365mcp.api.model.Folder;
import io.github.desk365mcp.api.model.NewArticle;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Articles, and the categories and folders that they are in. All are known by their exact names, so renaming one breaks
 * what refers to it. Categories and folders cannot be listed: an article tells where it is.
 */
public final class KnowledgeBase {

    private final Desk365Client desk;

    KnowledgeBase(Desk365Client desk) {
        this.desk = desk;
    }

    /** The titles of all published articles, at once. */
    public ArticleTitles articleTitles() {
        return desk.get(Operation.LIST_ARTICLES, Map.of(), ArticleTitles::new);
    }

    /** The published article with this exact title. */
    public Article article(String title) {
        return desk.get(Operation.GET_ARTICLE, Map.of("article_name", title), Article::new);
    }

    /**
     * Writes an article. The service has no inline images for API-written articles. A draft cannot be read afterwards.
     *
     * @param content HTML
     */
    public Article createArticle(String title, String content, Consumer<NewArticle> more) {
        Map<String, Object> article =
                Input.filled(new NewArticle().set("article_title", title).set("article_content", content), more);
        return desk.write(Operation.CREATE_ARTICLE, Map.of(), article, Article::new);
    }

    /** The category with this exact name. */
    public Category category(String categoryName) {
        return desk.get(Operation.GET_CATEGORY, Map.of("category_name", categoryName), Category::new);
    }

    /** The folder with this exact name in a category. */
    public Folder folder(String categoryName, String folderName) {
        return desk.get(
                Operation.GET_FOLDER, Map.of("category_name", categoryName, "folder_name", folderName), Folder::new);
    }
}
