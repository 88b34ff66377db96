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

/** Checks the requests to a test's server against the OpenAPI description, as the sandbox checks those it receives. */
final class SentRequests {

    private static final Contract CONTRACT = Contract.load();

    /** Paths outside the description that tests use with {@link Desk365Client#send}; each is one word. */
    private static final Set<String> MADE_UP = Set.of("thing", "missing", "stall", "x");

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /** Only requests to the helpdesk have the API key, unlike downloads; their paths start with the version. */
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
