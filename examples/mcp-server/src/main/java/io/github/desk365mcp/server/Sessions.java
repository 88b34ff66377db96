package io.github.desk365mcp.server;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which caller started which session, and whether its client shows cards. Only that caller may use it.
 * Thread-safe.
 */
final class Sessions {

    /** How many sessions of one caller are remembered. Clients that disconnect silently leave their sessions behind. */
    private static final int MOST = 1_000;

    private final Map<String, Map<String, Boolean>> byCaller = new HashMap<>();

    /** A session that is no longer remembered. */
    record Forgotten(String session, boolean cards) {}

    /** Adds a session. If the caller has too many, the least recently used one is forgotten and returned; else null. */
    synchronized @Nullable Forgotten began(String session, String caller, boolean cards) {
        Map<String, Boolean> own = byCaller.computeIfAbsent(caller, one -> new LinkedHashMap<>(16, 0.75f, true));
        own.put(session, cards);
        if (own.size() <= MOST) {
            return null;
        }
        String oldest = own.keySet().iterator().next();
        return new Forgotten(oldest, Boolean.TRUE.equals(own.remove(oldest)));
    }

    synchronized boolean isOf(String session, String caller) {
        return byCaller.getOrDefault(caller, Map.of()).get(session) != null;
    }

    synchronized boolean showsCards(String session, String caller) {
        return byCaller.getOrDefault(caller, Map.of()).getOrDefault(session, false);
    }

    synchronized void ended(String session, String caller) {
        byCaller.getOrDefault(caller, new HashMap<>()).remove(session);
    }
}
