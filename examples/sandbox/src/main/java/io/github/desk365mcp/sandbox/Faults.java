package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The planned faults. */
final class Faults {

    private record Planned(@Nullable String operationId, Fault fault) {}

    private final List<Planned> waiting = new ArrayList<>();

    /**
     * Adds a fault.
     *
     * @param operationId the operation that gets the fault, or null for any operation
     */
    synchronized void plan(@Nullable String operationId, Fault fault) {
        waiting.add(new Planned(operationId, fault));
    }

    /** Removes and returns the fault for a request, or returns null if there is none. */
    synchronized @Nullable Fault take(@Nullable String operationId) {
        for (Iterator<Planned> all = waiting.iterator(); all.hasNext(); ) {
            Planned planned = all.next();
            if (planned.operationId() == null || planned.operationId().equals(operationId)) {
                all.remove();
                return planned.fault();
            }
        }
        return null;
    }

    synchronized void clear() {
        waiting.clear();
    }
}
