package io.github.desk365mcp.server;

import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers {@code /health} and its parts {@code /live} and {@code /ready}. Thread-safe. */
final class Health {

    private final Readiness readiness;
    private final McpJsonMapper json;

    Health(Readiness readiness, McpJsonMapper json) {
        this.readiness = readiness;
        this.json = json;
    }

    /**
     * Answers a request.
     *
     * @param path the path after {@code /health}
     * @param isClosing whether the server is shutting down
     */
    void answer(String path, boolean isClosing, HttpServletResponse answer) throws IOException {
        // A process that ends in order is alive: it must not be killed before its calls have finished.
        boolean isEnding = !path.equals("/live") && isClosing;
        List<String> failing = path.equals("/ready") && !isEnding ? readiness.failing() : List.of();
        if (!List.of("", "/live", "/ready").contains(path)) {
            answer.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        answer.setStatus(
                isEnding || !failing.isEmpty()
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : HttpServletResponse.SC_OK);
        answer.setContentType("application/json");
        Map<String, Object> status = failing.isEmpty()
                ? Map.of("status", isEnding ? "ending" : "ok")
                : new TreeMap<>(Map.of("status", "not_ready", "failing", failing));
        answer.getWriter().write(json.writeValueAsString(status));
    }
}
