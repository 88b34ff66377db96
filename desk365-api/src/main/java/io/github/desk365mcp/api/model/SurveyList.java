package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All surveys. That deleted ones are listed too is inferred. */
public final class SurveyList extends JsonDocument {

    /** A view over these fields. */
    public SurveyList(Map<String, ?> fields) {
        super(fields);
    }

    /** How many there are, as the service counts them. */
    public @Nullable Long count() {
        return integer("count");
    }

    /** The oldest first. */
    public List<Survey> surveys() {
        return required("surveys", has("surveys") ? objects("surveys", Survey::new) : null);
    }
}
