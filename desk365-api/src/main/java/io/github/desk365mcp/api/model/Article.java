package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A knowledge base article. Only published articles can be read. */
public final class Article extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Article(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the title, which identifies the article} */
    public String articleTitle() {
        return required("article_title", text("article_title"));
    }

    /** {@return the content as HTML} */
    public @Nullable String articleContent() {
        return text("article_content");
    }

    /** {@return the content as plain text} */
    public @Nullable String articleContentText() {
        return text("article_content_text");
    }

    /** {@return the name of the category that contains the article} */
    public @Nullable String categoryName() {
        return text("category_name");
    }

    /** {@return the name of the folder that contains the article, within its category} */
    public @Nullable String folderName() {
        return text("folder_name");
    }

    /** {@return whether the article has attached files} */
    public @Nullable Boolean hasAttachments() {
        return flag("has_attachments");
    }

    /** {@return the attached files, empty if there are none} The API cannot attach files to articles. */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }

    /** {@return the email address of the article's author, an agent} */
    public @Nullable String createdByEmail() {
        return text("created_by_email");
    }

    /** {@return the email address of the last editor (inferred from the name)} */
    public @Nullable String updatedByEmail() {
        return text("updated_by_email");
    }

    /** {@return when the article was created} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** {@return when the article was last updated} */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }

    /** {@return the number of views} */
    public @Nullable Long articleViews() {
        return integer("article_views");
    }

    /** {@return the number of likes} */
    public @Nullable Long articleLikes() {
        return integer("article_likes");
    }

    /** {@return the number of dislikes} */
    public @Nullable Long articleDislikes() {
        return integer("article_dislikes");
    }

    /** {@return the status, or null if it is missing or this version does not know its code} */
    public @Nullable ArticleStatus status() {
        return Code.of(ArticleStatus.values(), integer("status"));
    }

    /** {@return the code behind {@link #status()}, even if this version does not know it} */
    public @Nullable Long statusCode() {
        return integer("status");
    }

    /** {@return the article's URL in the agent portal (inferred from the name)} */
    public @Nullable String agentUrl() {
        return text("agent_url");
    }

    /** {@return the article's URL in the support portal (inferred from the name)} */
    public @Nullable String supportUrl() {
        return text("support_url");
    }
}
