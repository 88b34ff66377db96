package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The titles of all published articles. There are no ids; whether titles may repeat is unknown. */
public final class ArticleTitles extends JsonDocument {

    /** A view over these fields. */
    public ArticleTitles(Map<String, ?> fields) {
        super(fields);
    }

    /** How many articles there are, as the service counts them. */
    public @Nullable Long count() {
        return integer("count");
    }

    /** The titles of all articles. */
    public List<String> titles() {
        return required("article_titles", has("article_titles") ? texts("article_titles") : null);
    }
}
