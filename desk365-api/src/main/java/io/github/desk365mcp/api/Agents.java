package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.AgentList;
import java.util.Map;

/**
 * The people who answer tickets.
 *
 * <p>Undocumented: other clients use it, the vendor's document does not have it, so it may be missing, change or vanish.
 */
public final class Agents {

    private final Calls calls;

    Agents(Calls calls) {
        this.calls = calls;
    }

    /** All agents, at once as it seems. The form of the answer is uncertain. */
    public AgentList list() {
        return calls.get(Operation.LIST_AGENTS, Map.of(), AgentList::new);
    }
}
