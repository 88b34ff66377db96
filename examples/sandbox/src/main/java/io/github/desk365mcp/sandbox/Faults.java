package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that wait for a request. */
final class Faults {

    private record Planned(@Nullable String operationId, Fault fault) {}

    private final List<Planned> waiting = new ArrayList<>();

    /**
     * Adds a fault.
     *
     * @param operationId what it waits for, or null if any operation will do
     */
    synchronized void plan(@Nullable String operationId, Fault fault) {
        waiting.add(new Planned(operationId, fault));
    }

    /** Takes the fault that a request is to suffer, or returns null if it may pass. */
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
