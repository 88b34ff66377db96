package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;

/** The answer to an import. Its form is unknown, so nothing is promised; {@link #toMap()} has what came. */
public final class Imported extends JsonDocument {

    /** A view over these fields. */
    public Imported(Map<String, ?> fields) {
        super(fields);
    }
}
