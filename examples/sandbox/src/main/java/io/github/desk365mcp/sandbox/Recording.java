package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The requests since the start, up to a limit. */
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

    /** Fails rather than answer a part: a test would take what is missing for what never came. */
    synchronized List<Exchange> exchanges() {
        if (missed > 0) {
            throw new IllegalStateException(
                    missed + " requests came after the " + MOST + " that are kept; forget() makes room");
        }
        return List.copyOf(exchanges);
    }

    synchronized void forget() {
        exchanges.clear();
        missed = 0;
    }
}
