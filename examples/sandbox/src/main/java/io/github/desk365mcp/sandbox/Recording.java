package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Records requests, up to a limit. */
final class Recording {

    private static final int MOST = 1_000;

    private final List<Exchange> exchanges = new ArrayList<>();
    private int missed;

    synchronized void add(Exchange exchange) {
        if (exchanges.size() < MOST) {
            exchanges.add(exchange);
        } else {
            missed++;
        }
    }

    /** Returns all requests. Throws if some are missing, because a test would assume that they never arrived. */
    synchronized List<Exchange> exchanges() {
        if (missed > 0) {
            throw new IllegalStateException(
                    missed + " requests came after the " + MOST + " that are kept; forget() makes room");
        }
        return List.copyOf(exchanges);
    }

    synchronized List<Exchange> take() {
        List<Exchange> taken = exchanges();
        forget();
        return taken;
    }

    synchronized void forget() {
        exchanges.clear();
        missed = 0;
    }
}
