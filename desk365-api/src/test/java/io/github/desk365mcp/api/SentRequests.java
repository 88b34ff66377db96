package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Contract;
import io.github.desk365mcp.sandbox.Exchange;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Judges the requests that reach a test's own server by the description, as the sandbox judges those that reach it. */
final class SentRequests {

    private static final Contract CONTRACT = Contract.load();

    /** Where tests send to on purpose through {@link Desk365Client#send}, one word each. */
    private static final Set<String> MADE_UP = Set.of("thing", "missing", "stall", "x");

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /** The key tells requests to the helpdesk from downloads, and the version is where every path of it begins. */
    void saw(String method, String target, Map<String, List<String>> headers, byte[] body) {
        Exchange sent = Exchange.of(method, URI.create(target), headers, body);
        if (!sent.headers().containsKey("authorization")) {
            return;
        }
        String path = sent.path();
        String known = path.substring(Math.max(0, path.indexOf("/v3/")));
        if (!MADE_UP.contains(known.replace("/v3/", ""))) {
            Exchange described = new Exchange(
                    method, "/apis" + known, sent.query(), sent.headers(), sent.body(), sent.parts(), sent.status());
            violations.addAll(CONTRACT.violations(described));
        }
    }

    void check() {
        assertThat(violations).as("departures from the description").isEmpty();
    }
}
