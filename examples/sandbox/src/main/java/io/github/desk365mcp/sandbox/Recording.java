package io.github.desk365mcp.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests. */
final class Recording {

    private static final int MOST = 1_000;

    private final Deque<Exchange> exchanges = new ArrayDeque<>();

    synchronized void add(Exchange exchange) {
        if (exchanges.size() == MOST) {
            exchanges.removeFirst();
        }
        exchanges.addLast(exchange);
    }

    synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    synchronized void forget() {
        exchanges.clear();
    }
}
