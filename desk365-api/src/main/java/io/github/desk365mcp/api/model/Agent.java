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

    /** The e-mail address. That the field has this name is inferred. */
    public @Nullable String email() {
        return text("email");
    }

    /** The name. That the field is called so is inferred. */
    public @Nullable String name() {
        return text("name");
    }
}
