package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.AgentList;
import java.util.Map;

/**
 * The helpdesk's agents, who answer tickets.
 *
 * <p>Undocumented: other clients use the endpoint, but the vendor's documentation does not mention it. It may be
 * missing, change or disappear.
 */
public final class Agents {

    private final Calls calls;

    Agents(Calls calls) {
        this.calls = calls;
    }

    /** {@return all agents, presumably in one response} The shape of the response is uncertain. */
    public AgentList list() {
        return calls.get(Operation.LIST_AGENTS, Map.of(), AgentList::new);
    }
}
