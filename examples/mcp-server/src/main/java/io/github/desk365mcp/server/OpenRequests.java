package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The open requests of servers on demand, which end when their server ends or is revoked. Thread-safe. */
final class OpenRequests {

    /** How often to check whether the servers on demand of open requests still exist. */
    private static final Duration WATCH = Duration.ofSeconds(2);

    /** What ends each request. */
    private final Map<Runnable, ToolGrant> open = new ConcurrentHashMap<>();

    /** Another thread than that of the beats, because it reads the shared state. It starts with its first task. */
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(Gate::daemon);

    private final @Nullable Future<?> watch;

    /** @param servers the servers on demand; null if there are none */
    OpenRequests(@Nullable ToolGrants servers) {
        watch = servers == null
                ? null
                : watcher.scheduleWithFixedDelay(
                        () -> endRevoked(servers), WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Adds a request, if it is for a server on demand. */
    void add(HttpServletRequest asked, Runnable ends) {
        if (asked.getAttribute(Gate.GRANT) instanceof ToolGrant server) {
            open.put(ends, server);
        }
    }

    void remove(Runnable ends) {
        open.remove(ends);
    }

    /** Ends a stream that only listens when its server on demand has ended. */
    void addStream(HttpServletRequest asked) {
        if (asked.getAttribute(Gate.GRANT) instanceof ToolGrant server) {
            AsyncContext stream = asked.getAsyncContext();
            Runnable ends = stream::complete;
            open.put(ends, server);
            stream.addListener(new Completion(() -> open.remove(ends)));
        }
    }

    /** Ends the open requests of servers on demand that were revoked, here or elsewhere, or have ended. */
    private void endRevoked(ToolGrants existing) {
        Map<String, Boolean> known = new HashMap<>();
        open.forEach((ends, server) -> {
            if (!known.computeIfAbsent(server.id(), id -> exists(existing, id))) {
                open.remove(ends);
                try {
                    ends.run();
                } catch (IllegalStateException e) {
                    // The stream has just ended.
                }
            }
        });
    }

    private static boolean exists(ToolGrants existing, String id) {
        try {
            return existing.get(id).isPresent();
        } catch (UncheckedIOException e) {
            // Unknown; new requests are refused anyway.
            return true;
        }
    }

    /** Stops watching. */
    void close() {
        if (watch != null) {
            watch.cancel(false);
        }
        watcher.shutdown();
    }
}
