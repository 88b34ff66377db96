package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.CallContext;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a request passes before it is MCP's: answers {@code /health}, lets in whom the policy knows, and counts who is
 * inside, so that calls can finish before the server ends.
 */
final class Gate implements Filter {

    static final String MCP = "/mcp";
    static final String HEALTH = "/health";
    private static final String TOKEN = "token";
    private static final String AUTHORIZATION = "Authorization";

    private final Predicate<CallContext> admits;
    private int inside;
    private boolean closing;

    Gate(Predicate<CallContext> admits) {
        this.admits = admits;
    }

    /** What a request says of its caller: the token of its {@code Authorization} header. */
    static McpTransportContext transportContext(HttpServletRequest request) {
        String header = request.getHeader(AUTHORIZATION);
        return header == null
                ? McpTransportContext.EMPTY
                : McpTransportContext.create(Map.of(TOKEN, header.replaceFirst("(?i)^Bearer +", "")));
    }

    /** The caller of a request. */
    static CallContext caller(McpTransportContext transport) {
        return transport.get(TOKEN) instanceof String token ? CallContext.none().credential(token) : CallContext.none();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = withTokenOfPath((HttpServletRequest) request);
        HttpServletResponse answer = (HttpServletResponse) response;
        if (asked.getRequestURI().equals(HEALTH)) {
            health(answer);
        } else if (!admits.test(caller(transportContext(asked)))) {
            answer.setHeader("WWW-Authenticate", "Bearer");
            answer.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (!enter()) {
            answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            try {
                chain.doFilter(asked, answer);
            } finally {
                leave();
            }
        }
    }

    private void health(HttpServletResponse answer) throws IOException {
        boolean ends = isClosing();
        answer.setStatus(ends ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_OK);
        answer.setContentType("application/json");
        answer.getWriter().write(ends ? "{\"status\":\"ending\"}" : "{\"status\":\"ok\"}");
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized boolean enter() {
        if (!closing) {
            inside++;
        }
        return !closing;
    }

    private synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Lets nobody in any more, and waits for those inside; a stream that only listens counts as gone. */
    synchronized void close(Duration patience) {
        closing = true;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (inside > 0 && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code /mcp/<token>} is {@code /mcp} with that token, for clients that take an address and no header. */
    private static HttpServletRequest withTokenOfPath(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!path.startsWith(MCP + "/")) {
            return request;
        }
        String token = path.substring(MCP.length() + 1);
        return new HttpServletRequestWrapper(request) {

            @Override
            public String getRequestURI() {
                return MCP;
            }

            @Override
            public @Nullable String getHeader(String name) {
                return name.equalsIgnoreCase(AUTHORIZATION) ? "Bearer " + token : super.getHeader(name);
            }
        };
    }
}
