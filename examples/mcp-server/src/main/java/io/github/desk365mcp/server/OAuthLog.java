package io.github.desk365mcp.server;

import io.github.desk365mcp.server.oauth.ProtectedResource;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Logs each step of a client's sign-in as a code. Strangers cause these lines, so their number is limited. Thread-safe.
 */
final class OAuthLog {

    /** How many lines of one step are written in a minute. */
    private static final int MOST_LINES = 10;

    /** How many accepted tokens are remembered, so that each is logged once. */
    private static final int MOST_TOKENS = 1_000;

    private static final System.Logger LOG = System.getLogger(ProtectedResource.LOG);

    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> accepted = new LinkedHashSet<>();
    private long minute;

    synchronized void step(String code) {
        long now = System.nanoTime() / Duration.ofMinutes(1).toNanos();
        if (now != minute) {
            minute = now;
            lines.clear();
        }
        int written = lines.merge(code, 1, Integer::sum);
        if (written <= MOST_LINES) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "oauth: {0}{1}",
                    code,
                    written == MOST_LINES ? " (no more of these are logged in this minute)" : "");
        }
    }

    /** Logs that a token was accepted for the first time. */
    synchronized void accepted(String token) {
        if (accepted.add(CallerAuthenticator.hash(token))) {
            if (accepted.size() > MOST_TOKENS) {
                accepted.remove(accepted.iterator().next());
            }
            step("accepted");
        }
    }
}
