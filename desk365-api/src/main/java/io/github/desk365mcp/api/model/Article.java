package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An article of the knowledge base. Only published ones can be read. */
public final class Article extends JsonDocument {

    /** A view over these fields. */
    public Article(Map<String, ?> fields) {
        super(fields);
    }

    /** The title, by which it is found. */
    public String articleTitle() {
        return required("article_title", text("article_title"));
    }

    /** HTML. */
    public @Nullable String articleContent() {
        return text("article_content");
    }

    /** Plain text. */
    public @Nullable String articleContentText() {
        return text("article_content_text");
    }

    /** The category that it is in. */
    public @Nullable String categoryName() {
        return text("category_name");
    }

    /** The folder that it is in, within its category. */
    public @Nullable String folderName() {
        return text("folder_name");
    }

    /** Whether files belong to it. */
    public @Nullable Boolean hasAttachments() {
        return flag("has_attachments");
    }

    /** Files that belong to it; empty if there are none. The API cannot add any. */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }

    /** The address of the agent who created it. */
    public @Nullable String createdByEmail() {
        return text("created_by_email");
    }

    /** The address of the agent who updated it last. */
    public @Nullable String updatedByEmail() {
        return text("updated_by_email");
    }

    /** When it was created. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** When it was updated last. */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }

    /** How often it was viewed. */
    public @Nullable Long articleViews() {
        return integer("article_views");
    }

    /** How many readers liked it. */
    public @Nullable Long articleLikes() {
        return integer("article_likes");
    }

    /** How many readers disliked it. */
    public @Nullable Long articleDislikes() {
        return integer("article_dislikes");
    }

    /** The status; null if its code is new to this version. */
    public @Nullable ArticleStatus status() {
        return Code.of(ArticleStatus.values(), integer("status"));
    }

    /** The code behind {@link #status()}, also where it is new. */
    public @Nullable Long statusCode() {
        return integer("status");
    }

    /** For agents. */
    public @Nullable String agentUrl() {
        return text("agent_url");
    }

    /** For customers. */
    public @Nullable String supportUrl() {
        return text("support_url");
    }
}
