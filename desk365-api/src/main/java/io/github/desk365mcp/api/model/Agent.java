package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent. Undocumented. */
public final class Agent extends JsonDocument {

    /** A view over these fields. */
    public Agent(Map<String, ?> fields) {
        super(fields);
    }

    public @Nullable String email() {
        return text("email");
    }

    public @Nullable String name() {
        return text("name");
    }
}
