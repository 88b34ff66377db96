package io.github.desk365mcp.server;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which caller began which session: nobody else may use it. Thread-safe. */
final class Sessions {

    /** Of one caller; clients that end without a word leave theirs behind. */
    private static final int MOST = 1_000;

    private final Map<String, Map<String, Boolean>> byCaller = new HashMap<>();

    /** The one of a caller that was not used for the longest time makes place. */
    synchronized void began(String session, String caller) {
        Map<String, Boolean> own = byCaller.computeIfAbsent(caller, one -> new LinkedHashMap<>(16, 0.75f, true));
        own.put(session, true);
        if (own.size() > MOST) {
            own.remove(own.keySet().iterator().next());
        }
    }

    synchronized boolean isOf(String session, String caller) {
        return byCaller.getOrDefault(caller, Map.of()).get(session) != null;
    }

    synchronized void ended(String session, String caller) {
        byCaller.getOrDefault(caller, new HashMap<>()).remove(session);
    }
}
