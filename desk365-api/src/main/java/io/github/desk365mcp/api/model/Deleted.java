package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response to a deletion. */
public final class Deleted extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Deleted(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the service's message} */
    public @Nullable String message() {
        return text("message");
    }
}
