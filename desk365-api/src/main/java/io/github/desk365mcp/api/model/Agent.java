package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent of the helpdesk. The endpoint is undocumented. */
public final class Agent extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Agent(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the email address} That the service uses this field name is inferred. */
    public @Nullable String email() {
        return text("email");
    }

    /** {@return the name} That the service uses this field name is inferred. */
    public @Nullable String name() {
        return text("name");
    }
}
