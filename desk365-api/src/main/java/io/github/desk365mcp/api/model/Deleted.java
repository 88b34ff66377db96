package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** That something was deleted. */
public final class Deleted extends JsonDocument {

    /** A view over these fields. */
    public Deleted(Map<String, ?> fields) {
        super(fields);
    }

    /** What the service says. */
    public @Nullable String message() {
        return text("message");
    }
}
