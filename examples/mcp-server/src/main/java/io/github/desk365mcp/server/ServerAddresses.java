package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Addresses with a secret: of servers on demand, and of clients that cannot set a header. Thread-safe. */
final class ServerAddresses {

    /**
     * How many addresses of servers on demand may be looked up at once. Strangers can send guessed ones, and each look-up
     * reads the shared state.
     */
    private static final int MOST_LOOK_UPS = 4;

    /** How long a request waits for others to be looked up, in a burst of calls. */
    private static final Duration LONGEST_LOOK_UP_WAIT = Duration.ofMillis(500);

    private final @Nullable ToolGrants servers;
    private final Semaphore lookUps = new Semaphore(MOST_LOOK_UPS);

    /** @param servers the servers on demand; null if there are none */
    ServerAddresses(@Nullable ToolGrants servers) {
        this.servers = servers;
    }

    /**
     * Turns {@code /mcp/<secret>} into {@code /mcp} with what the secret opens: a server on demand, which the transport
     * context of the request then has, or the rights of the caller whose token it is. Everything behind this filter sees
     * {@code /mcp} alone.
     *
     * @throws Refusal if the secret is one of a server on demand that does not exist, or cannot be checked now
     */
    HttpServletRequest resolve(HttpServletRequest request, HttpServletResponse response) throws Refusal {
        if (!request.getRequestURI().startsWith(Gate.MCP + "/")) {
            return request;
        }
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        String secret = secret(request);
        if (servers == null || !secret.startsWith(ToolGrants.PREFIX)) {
            return withToken(request, secret);
        }
        Optional<ToolGrant> server = lookUp(servers, secret);
        if (server.isEmpty()) {
            throw new Refusal(
                    HttpServletResponse.SC_NOT_FOUND,
                    "This address opens nothing: the server was revoked, has ended or never existed. Ask for another"
                            + " address.");
        }
        request.setAttribute(Gate.GRANT, server.get());
        return ofServer(request, server.get());
    }

    /** {@return the secret of the address; empty for {@code /mcp} and {@code /mcp/}} */
    static String secret(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith(Gate.MCP + "/")
                ? path.substring(Gate.MCP.length() + 1).replaceFirst("/$", "")
                : "";
    }

    private Optional<ToolGrant> lookUp(ToolGrants existing, String secret) throws Refusal {
        try {
            if (!lookUps.tryAcquire(LONGEST_LOOK_UP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusal.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.busy();
        }
        try {
            return existing.find(secret);
        } catch (UncheckedIOException e) {
            throw new Refusal(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "The address cannot be checked now. Send the same request again in a moment.");
        } finally {
            lookUps.release();
        }
    }

    private static HttpServletRequest ofServer(HttpServletRequest request, ToolGrant server) {
        return new HttpServletRequestWrapper(request) {

            @Override
            public String getRequestURI() {
                return Gate.MCP;
            }

            @Override
            public @Nullable String getHeader(String name) {
                return !server.requiresCaller() && name.equalsIgnoreCase(Gate.AUTHORIZATION)
                        ? null
                        : super.getHeader(name);
            }
        };
    }

    /** For clients that cannot set a header. */
    private static HttpServletRequest withToken(HttpServletRequest request, String token) {
        return new HttpServletRequestWrapper(request) {

            @Override
            public String getRequestURI() {
                return Gate.MCP;
            }

            @Override
            public @Nullable String getHeader(String name) {
                return !token.isEmpty() && name.equalsIgnoreCase(Gate.AUTHORIZATION)
                        ? "Bearer " + token
                        : super.getHeader(name);
            }
        };
    }
}
