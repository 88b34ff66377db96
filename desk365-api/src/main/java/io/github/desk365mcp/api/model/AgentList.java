package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All agents. The form of the answer is uncertain: the agents are looked for under {@code content}, {@code agents}
 * and {@code data}.
 */
public final class AgentList extends JsonDocument {

    /** A view over these fields. */
    public AgentList(Map<String, ?> fields) {
        super(fields);
    }

    /** The agents. */
    public List<Agent> agents() {
        return Stream.of("content", "agents", "data")
                .filter(this::has)
                .findFirst()
                .map(name -> objects(name, Agent::new))
                // Not an empty list: a helpdesk without agents is no helpdesk.
                .orElseGet(() -> required("content", null));
    }
}
