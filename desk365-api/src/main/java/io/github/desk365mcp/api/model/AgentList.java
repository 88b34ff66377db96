package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All agents of the helpdesk. The shape of the response is uncertain, so the list is looked up under {@code content},
 * {@code agents} and {@code data}, in this order.
 */
public final class AgentList extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public AgentList(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the agents} */
    public List<Agent> agents() {
        return Stream.of("content", "agents", "data")
                .filter(this::has)
                .findFirst()
                .map(name -> objects(name, Agent::new))
                // Not an empty list: every helpdesk has at least one agent.
                .orElseGet(() -> required("content", null));
    }
}
