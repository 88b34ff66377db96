package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.CallContext;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
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

    /** What the SDK reads at most. */
    private static final int MOST_BYTES = 16 << 20;

    private final Predicate<CallContext> admits;
    private final ToolNames names;
    private final McpJsonMapper json;
    private int inside;
    private boolean closing;

    Gate(Predicate<CallContext> admits, ToolNames names, McpJsonMapper json) {
        this.admits = admits;
        this.names = names;
        this.json = json;
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
        } else if (asked.getMethod().equals("HEAD")) {
            // Java takes it for a GET, which never ends.
            answer.setHeader("Allow", "GET, POST, DELETE");
            answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (!enter()) {
            answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            try {
                pass(asked, answer, chain);
            } finally {
                leave();
            }
        }
    }

    private void pass(HttpServletRequest asked, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        if (!asked.getMethod().equals("POST")) {
            chain.doFilter(asked, plain(answer));
            return;
        }
        byte[] body;
        try {
            body = asked.getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            answer.setStatus(HttpServletResponse.SC_REQUEST_TIMEOUT);
            return;
        }
        if (body.length > MOST_BYTES) {
            answer.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        try {
            names.check(RefusedMessage.check(body, null, json), caller(transportContext(asked)));
        } catch (RefusedMessage e) {
            answer.setStatus(e.isUnderstood() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST);
            answer.setContentType("application/json");
            answer.setCharacterEncoding("UTF-8");
            answer.getWriter().write(e.answer(json));
            return;
        }
        chain.doFilter(withBody(asked, body), plain(answer));
    }

    private static HttpServletRequest withBody(HttpServletRequest request, byte[] body) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        return new HttpServletRequestWrapper(request) {

            @Override
            public ServletInputStream getInputStream() {
                return new Body(bytes);
            }
        };
    }

    /** Without what the SDK writes of an error, which is an exception with all its frames. */
    private static HttpServletResponse plain(HttpServletResponse response) {
        return new HttpServletResponseWrapper(response) {

            @Override
            public PrintWriter getWriter() throws IOException {
                return getStatus() < HttpServletResponse.SC_BAD_REQUEST
                        ? super.getWriter()
                        : new PrintWriter(Writer.nullWriter());
            }
        };
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
        String token = path.substring(MCP.length() + 1).replaceFirst("/$", "");
        return new HttpServletRequestWrapper(request) {

            @Override
            public String getRequestURI() {
                return MCP;
            }

            @Override
            public @Nullable String getHeader(String name) {
                return !token.isEmpty() && name.equalsIgnoreCase(AUTHORIZATION)
                        ? "Bearer " + token
                        : super.getHeader(name);
            }
        };
    }

    private static final class Body extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Body(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
