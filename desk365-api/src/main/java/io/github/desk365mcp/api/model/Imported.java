package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;

/**
 * The response to an import. Its shape is unknown, so no fields are declared; {@link #toMap()} has those that the
 * service sent.
 */
public final class Imported extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Imported(Map<String, ?> fields) {
        super(fields);
    }
}
