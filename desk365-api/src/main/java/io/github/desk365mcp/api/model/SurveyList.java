package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All surveys. That deleted surveys are included is inferred. */
public final class SurveyList extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public SurveyList(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the number of surveys, as counted by the service} */
    public @Nullable Long count() {
        return integer("count");
    }

    /** {@return the surveys, oldest first} */
    public List<Survey> surveys() {
        return required("surveys", has("surveys") ? objects("surveys", Survey::new) : null);
    }
}
