package io.github.desk365mcp.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Articles of the knowledge base. Drafts can be written, but neither listed nor read. If two articles have the same
 * title, the older one is found.
 */
final class ArticleRoutes {

    private static final int PUBLISHED = 1;

    private static final Set<String> CHANGES =
            Set.of("article_title", "article_content", "category_name", "folder_name", "status");

    private static final Set<String> NEW =
            Set.of("article_title", "article_content", "category_name", "folder_name", "status", "created_by_email");

    private final Helpdesk helpdesk;

    ArticleRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void addTo(Routes routes) {
        // The trailing slash is part of the path.
        routes.get("/kb/article/", this::titles);
        routes.get("/kb/article/details", this::details);
        routes.post("/kb/article/create", this::create);
        routes.put("/kb/article/update", this::update);
        routes.delete("/kb/article/delete", this::delete);
    }

    private List<ObjectNode> published() {
        return helpdesk.articles.stream()
                .filter(article -> article.path("status").asInt() == PUBLISHED)
                .toList();
    }

    private Answer titles(Request request) {
        List<String> titles = published().stream()
                .map(article -> article.path("article_title").asString())
                .toList();
        return Answer.ok(Json.object().put("count", titles.size()).set("article_titles", Json.texts(titles)));
    }

    private Answer details(Request request) {
        return Answer.ok(Helpdesk.get(published(), "article_title", request.required("article_name")));
    }

    private Answer create(Request request) {
        Body body = request.body(NEW);
        String author = body.text("created_by_email");
        ObjectNode article = newArticle(
                body.required("article_title", Guess.NAME_NEEDED, ""),
                author == null
                        ? helpdesk.account().keyOwner()
                        : helpdesk.account().agent(author, "created_by_email"),
                helpdesk.now());
        article.put("status", 0);
        write(article, body);
        helpdesk.articles.add(article);
        return Answer.ok(article);
    }

    static ObjectNode newArticle(String title, String author, String createdOn) {
        ObjectNode article = Json.object()
                .put("article_title", title)
                .put("article_content", "")
                .put("article_content_text", "")
                .putNull("category_name")
                .putNull("folder_name")
                .put("has_attachments", false);
        article.putArray("attachments");
        article.put("created_by_email", author)
                .put("updated_by_email", author)
                .put("created_on", createdOn)
                .put("updated_on", createdOn)
                .put("article_views", 0)
                .put("article_likes", 0)
                .put("article_dislikes", 0)
                .put("status", PUBLISHED);
        setTitle(article, title);
        return article;
    }

    private static void setTitle(ObjectNode article, String title) {
        String slug = URLEncoder.encode(title.replace(' ', '-'), StandardCharsets.UTF_8);
        article.put("article_title", title)
                .put("agent_url", "https://desk.example/app/kb/" + slug)
                .put("support_url", "https://support.desk.example/kb/" + slug);
    }

    static void setContent(ObjectNode article, String html) {
        article.put("article_content", html).put("article_content_text", HtmlText.of(html));
    }

    private Answer update(Request request) {
        ObjectNode article = Helpdesk.get(helpdesk.articles, "article_title", request.required("article_name"));
        Body body = request.body(CHANGES);
        write(article, body);
        article.put("updated_by_email", helpdesk.account().keyOwner()).put("updated_on", helpdesk.now());
        return Answer.ok(article);
    }

    private void write(ObjectNode article, Body body) {
        String category = body.has("category_name") ? body.text("category_name") : Json.text(article, "category_name");
        String folder = body.has("folder_name") ? body.text("folder_name") : Json.text(article, "folder_name");
        helpdesk.rules()
                .refuseIf(
                        category == null
                                || folder == null
                                || FolderRoutes.find(helpdesk, category, folder).isEmpty(),
                        Guess.PARENT_EXISTS,
                        "Invalid value '" + category + "' / '" + folder + "' for category_name and folder_name");
        int status = body.code("status", article.path("status").asInt(), 0, 1, 2);
        String title = body.has("article_title") ? body.required("article_title", Guess.NAME_NEEDED, "") : null;
        String content = body.text("article_content");

        article.put("category_name", category).put("folder_name", folder).put("status", status);
        if (title != null) {
            setTitle(article, title);
        }
        if (content != null) {
            setContent(article, content);
        }
    }

    private Answer delete(Request request) {
        helpdesk.articles.remove(Helpdesk.get(helpdesk.articles, "article_title", request.required("article_name")));
        return Answer.ok(Json.object().put("message", "Article deleted successfully"));
    }
}
