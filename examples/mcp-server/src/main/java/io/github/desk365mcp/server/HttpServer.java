package io.github.desk365mcp.server;

import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.oauth.ProtectedResource;
import io.github.desk365mcp.tools.BoundTools;
import io.modelcontextprotocol.modern.server.McpRequestManager;
import io.modelcontextprotocol.modern.server.transport.HttpServletMcpTransport;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Serves streamable HTTP at {@code /mcp}, and the approval page at {@code /approvals}, on Tomcat. */
final class HttpServer implements AutoCloseable {

    /** How long running calls may take to finish when the server ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How many requests other than calls are accepted at once: listings, answers of people, notifications. */
    private static final int SHORT_REQUESTS = 64;

    private final Site site;
    /** What ends the MCP servers. */
    private final List<Supplier<Mono<Void>>> ends = new ArrayList<>();

    private final Gate gate;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Creates the MCP servers, which share one address. */
    interface Maker {

        /**
         * Creates a server for clients with sessions.
         *
         * @param cards whether it is for clients that show approval cards
         */
        McpAsyncServer make(HttpServletStreamableServerTransportProvider transport, boolean cards);

        /** Creates a server for clients of the same revisions, without sessions. */
        McpStatelessAsyncServer make(HttpServletStatelessServerTransport transport);

        /** Creates the server for modern clients. */
        McpRequestManager makeModern();
    }

    /**
     * What is served besides the tools.
     *
     * @param page the approval page; null to serve none
     * @param tokens checks access tokens; null to accept only the tokens of the policy
     * @param readiness whether the server can do its work
     * @param servers the servers on demand; null if nobody may create them
     */
    record Parts(
            @Nullable ApprovalServlet page,
            @Nullable BearerTokens tokens,
            Readiness readiness,
            @Nullable ServerAdmin servers) {

        Parts(@Nullable ApprovalServlet page, @Nullable BearerTokens tokens, Readiness readiness) {
            this(page, tokens, readiness, null);
        }

        static final Parts NONE = new Parts(null, null, Readiness.always());
    }

    private HttpServer(int port, HttpOptions options, BoundTools tools, Parts parts, int mostCalls, Maker maker)
            throws IOException {
        HostNames names = HostNames.of(options);
        boolean isStateless = options.isStateless();
        HttpServlet older = isStateless ? stateless(names, maker) : withSessions(names, maker, false);
        HttpServlet cards = isStateless || !tools.hasApprovalCards() ? null : withSessions(names, maker, true);
        Gate.Servlets servlets = new Gate.Servlets(isStateless, cards, modern(names, maker));
        gate = new Gate(tools, StrictJson.MAPPER, mostCalls + SHORT_REQUESTS, names, servlets, parts);
        // The SDK keeps a thread for each call. The others are for requests that the gate answers, such as /health.
        site = new Site(options.host(), port, mostCalls + SHORT_REQUESTS + RefusalValve.MOST_READERS + SHORT_REQUESTS);
        // The gate answers /health and the metadata, but Tomcat calls a filter only for paths that have a servlet.
        site.add(new RefusalValve()).add("mcp", older, paths(parts)).add(gate);
        if (parts.page() != null) {
            site.add("approvals", parts.page(), Gate.APPROVALS + "/*");
        }
        if (parts.servers() != null) {
            site.add("servers", parts.servers().api(), Gate.SERVERS + "/*");
            site.add("admin", parts.servers().page(), Gate.ADMIN + "/*");
        }
    }

    private static String[] paths(Parts parts) {
        return parts.tokens() == null
                ? new String[] {Gate.MCP + "/*", Gate.HEALTH + "/*"}
                : new String[] {Gate.MCP + "/*", Gate.HEALTH + "/*", ProtectedResource.WELL_KNOWN + "/*"};
    }

    private HttpServlet withSessions(HostNames names, Maker maker, boolean cards) {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(StrictJson.MAPPER)
                .mcpEndpoint(Gate.MCP)
                .contextExtractor(Gate::transportContext)
                .httpHeaderValidator(names)
                .build();
        ends.add(maker.make(transport, cards)::closeGracefully);
        return transport;
    }

    private HttpServlet stateless(HostNames names, Maker maker) {
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .jsonMapper(StrictJson.MAPPER)
                .messageEndpoint(Gate.MCP)
                .contextExtractor(Gate::transportContext)
                .httpHeaderValidator(names)
                .build();
        ends.add(maker.make(transport)::closeGracefully);
        return transport;
    }

    private static HttpServlet modern(HostNames names, Maker maker) {
        return HttpServletMcpTransport.builder(maker.makeModern())
                .jsonMapper(StrictJson.MAPPER)
                .endpoint(Gate.MCP)
                .contextExtractor(Gate::transportContext)
                .httpHeaderValidator(names)
                // The gate keeps connections alive.
                .keepAliveInterval(null)
                .build();
    }

    /**
     * Starts a server that closes when the process is told to end.
     *
     * @param port the port; 0 for any free port
     * @param options the address and the host names
     * @param tools the tools, which also decide who is admitted
     * @param parts what is served besides the tools
     * @param mostCalls how many calls can exist at once
     * @param maker creates the MCP servers on their transports
     * @throws IOException if the port is in use
     */
    static HttpServer start(int port, HttpOptions options, BoundTools tools, Parts parts, int mostCalls, Maker maker)
            throws IOException {
        HttpServer http = new HttpServer(port, options, tools, parts, mostCalls, maker);
        Runtime.getRuntime().addShutdownHook(new Thread(http::close, "desk365-mcp-server-close"));
        try {
            http.site.start();
        } catch (IOException e) {
            http.close();
            throw new IOException("The server cannot listen on port " + port + ". Is it in use?", e);
        }
        return http;
    }

    /** {@return the address of the server, without a path} */
    String address() {
        return site.address();
    }

    /** Waits until the server is closed. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Lets running calls finish, then ends the sessions and the connections. */
    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        gate.close(PATIENCE);
        ends.forEach(end -> end.get().block());
        try {
            site.close();
        } finally {
            closed.countDown();
        }
    }
}
