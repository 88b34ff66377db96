package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The titles of all published articles. Articles have no ids; whether titles are unique is unknown. */
public final class ArticleTitles extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public ArticleTitles(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the number of articles, as counted by the service} */
    public @Nullable Long count() {
        return integer("count");
    }

    /** {@return the titles of all published articles} */
    public List<String> titles() {
        return required("article_titles", has("article_titles") ? texts("article_titles") : null);
    }
}
