package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.code;
import static io.github.desk365mcp.tools.internal.core.Field.flag;
import static io.github.desk365mcp.tools.internal.core.Field.html;
import static io.github.desk365mcp.tools.internal.core.Field.integer;
import static io.github.desk365mcp.tools.internal.core.Field.objects;
import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Field.time;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.ArticleFields;
import io.github.desk365mcp.api.model.ArticleStatus;
import io.github.desk365mcp.api.model.ArticleTitles;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.List;
import java.util.Map;

/** Tools for the articles of the knowledge base. */
public final class ArticlePage extends CataloguePage {

    /** The tools that previews know: the one that creates an article, and the one that reads it. */
    public static final String CREATE = "create_a_desk_365_kb_article";

    public static final String READER = "get_single_desk_365_kb_article_by_id";

    private static final RecordMapping TITLE = RecordMapping.of(text("article_name"));

    static final RecordMapping ARTICLE = RecordMapping.of(
            text("article_title").as("article_name"),
            html("article_content"),
            text("article_content_text").as("article_content").added(),
            text("category_name"),
            text("folder_name"),
            code("status", ArticleStatus.class),
            flag("has_attachments"),
            objects("attachments", TicketShapes.FILE),
            TicketShapes.inlineImages(),
            text("created_by_email"),
            text("updated_by_email"),
            time("created_on"),
            time("updated_on"),
            integer("article_views").named(),
            integer("article_likes").named(),
            integer("article_dislikes").named(),
            text("agent_url"),
            text("support_url"));

    private static final Param<String> NAME = identifier("article_name", TEXT)
            .description("Its exact title.")
            .foundIn("list_all_desk_365_kb_articles", "articles[].article_name")
            .example("Reset your password yourself")
            .alsoKnownAs("id")
            .about(VocabularyKind.ARTICLE);
    static final Param<String> NEW_NAME = param("article_name", Type.NAME)
            .description("A new title.")
            .required()
            .alsoKnownAs("article_title", "title", "name");
    private static final Param<String> RENAMED = param("new_article_name", Type.NAME)
            .about(Param.Change.SETS, "article_name")
            .description("Renames it; the old name is gone.")
            .alsoKnownAs("article_title");
    private static final Param<String> CONTENT = param("article_content", TEXT)
            .description("HTML, without inline images.")
            .example("<p>Restart the till.</p>");
    private static final Param<List<Map<String, Object>>> REPLACE = Passages.of(CONTENT);
    private static final Param<String> WHOLE_CONTENT = CONTENT.description("All of it: HTML, without inline images.");
    private static final Param<String> NEW_CONTENT = CONTENT.typed(Type.BODY).required();
    private static final Param<String> CATEGORY = KnowledgeBasePage.CATEGORY_NAME.description("An existing category.");
    private static final Param<String> FOLDER = KnowledgeBasePage.FOLDER_NAME.description("A folder in that category.");
    static final Param<ArticleStatus> STATUS = param("status", Type.code(ArticleStatus.DRAFT, ArticleStatus.PUBLISHED));

    private static final String DRAFTS =
            "An article that was created as a draft exists but cannot be read; do not create it again.";

    ArticlePage() {
        super("knowledge_base");
    }

    @Override
    void write() {
        lists("list_all_desk_365_kb_articles", "list_kb_articles")
                .title("List knowledge-base articles")
                .description("Lists the titles of all published articles, not drafts.")
                .seeAlso("For text and folder use get_single_desk_365_kb_article_by_id.")
                .answers(Answer.all("articles", TITLE))
                .handler((desk, in) -> articles(desk.knowledgeBase().articleTitles()));

        gets(READER, "get_kb_article")
                .title("Read a knowledge-base article")
                .description("Gets a published article, no draft: text, folder, links; article_views with fields.")
                .takes(NAME.alsoKnownAs("id", "article_title", "title", "name"))
                .whenMissing(DRAFTS)
                .answers(ARTICLE)
                .handler((desk, in) -> desk.knowledgeBase().article(in.need(NAME)));

        creates(CREATE, "create_kb_article")
                .title("Create a knowledge-base article")
                .description("Creates an article: a draft, visible only in the Desk365 app, unless status is"
                        + " published.")
                .takes(NEW_NAME, NEW_CONTENT, CATEGORY, FOLDER)
                .takes(
                        STATUS.description("Default draft; published shows it to readers immediately."),
                        KnowledgeBasePage.AUTHOR)
                .publishes(in -> in.get(STATUS) == ArticleStatus.PUBLISHED)
                .answers(ARTICLE)
                .findsAgain(ARTICLE, LostWriteFinder::article, LostWriteFinder::isPublished)
                .handler((desk, in) -> desk.knowledgeBase()
                        .createArticle(in.need(NEW_NAME), in.need(NEW_CONTENT), more -> {
                            // Sent explicitly, since the service's default status is unknown.
                            more.status(ArticleStatus.DRAFT);
                            fill(more, in);
                            in.set(KnowledgeBasePage.AUTHOR, more::createdBy);
                        }));

        updates("update_a_desk_365_kb_article_by_id", "update_kb_article")
                .readBy(READER)
                .title("Change a knowledge-base article")
                .description("Changes only the fields given, immediately if published.")
                .seeAlso("To correct words use replace; no need to read first.")
                .takes(NAME, RENAMED)
                .takesWith(READER, REPLACE)
                .takes(WHOLE_CONTENT, TicketPage.PLAIN)
                .takes(CATEGORY.optional().sourceUntold().description("Moves it to this category."))
                .takes(FOLDER.optional().sourceUntold().description("Moves it to this folder."))
                .takes(STATUS.description("Publishes it, or makes it a draft again."))
                // Drafts cannot be read, so only a call would show whether customers see it, and not for sure.
                .publishes()
                .whenMissing(DRAFTS)
                .costsUpTo(2)
                .answers(ARTICLE)
                .handler((desk, in) -> desk.knowledgeBase().updateArticle(in.need(NAME), changes -> {
                    in.set(RENAMED, changes::rename);
                    String content = in.html(CONTENT, TicketPage.PLAIN);
                    if (content != null) {
                        changes.content(content);
                    }
                    fill(changes, in);
                }));

        deletes("delete_a_desk_365_kb_article_by_id", "delete_kb_article")
                .readBy(READER)
                .title("Delete a knowledge-base article")
                .description("Permanently deletes an article.")
                .seeAlso("To only hide it, set status to draft with update_a_desk_365_kb_article_by_id.")
                .takes(NAME.alsoKnownAs("id", "article_title", "title", "name"))
                .whenMissing(DRAFTS)
                .answers(KnowledgeBasePage.DELETED)
                .handler((desk, in) -> desk.knowledgeBase().deleteArticle(in.need(NAME)));
    }

    private static JsonDocument articles(ArticleTitles titles) {
        return new JsonDocument(Map.of(
                "articles",
                titles.titles().stream()
                        .map(title -> Map.of("article_name", title))
                        .toList()));
    }

    private static void fill(ArticleFields<?> article, Arguments in) {
        in.set(CATEGORY, article::category);
        in.set(FOLDER, article::folder);
        in.set(STATUS, article::status);
    }
}
