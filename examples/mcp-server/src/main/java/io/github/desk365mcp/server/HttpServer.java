package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.CallContext;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Streamable HTTP at {@code /mcp}, for this computer alone. */
final class HttpServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String PATH = "/mcp";
    private static final String TOKEN = "token";

    // Held, because a logger that nobody holds forgets its level.
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final McpSyncServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private HttpServer(
            int port,
            McpJsonMapper json,
            Predicate<CallContext> admits,
            Function<HttpServletStreamableServerTransportProvider, McpSyncServer> maker)
            throws IOException {
        // A web page must not reach this server through a name of its own that it points at this computer.
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(json)
                .mcpEndpoint(PATH)
                .contextExtractor(HttpServer::transportContext)
                .httpHeaderValidator(DefaultServerTransportSecurityValidator.builder()
                        .allowedHosts(List.of(LOOPBACK + ":*", "localhost:*"))
                        .allowedOrigins(List.of("http://" + LOOPBACK + ":*", "http://localhost:*"))
                        .build())
                .build();
        server = maker.apply(transport);
        TOMCAT_LOG.setLevel(Level.WARNING);
        directory = Files.createTempDirectory("desk365-mcp-server");
        tomcat.setBaseDir(directory.toString());
        Connector connector = new Connector();
        connector.setProperty("address", LOOPBACK);
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
        refuseStrangers(context, admits);
        context.addServletMappingDecoded(PATH, "mcp");
    }

    /** What a request says of its caller: the token of its {@code Authorization} header. */
    private static McpTransportContext transportContext(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null
                ? McpTransportContext.EMPTY
                : McpTransportContext.create(Map.of(TOKEN, header.replaceFirst("(?i)^Bearer +", "")));
    }

    /** The caller of a request. */
    static CallContext caller(McpTransportContext transport) {
        return transport.get(TOKEN) instanceof String token ? CallContext.none().credential(token) : CallContext.none();
    }

    /** Whom the policy does not know does not even open a session. */
    private static void refuseStrangers(Context context, Predicate<CallContext> admits) {
        Filter filter = (request, response, chain) -> {
            if (admits.test(caller(transportContext((HttpServletRequest) request)))) {
                chain.doFilter(request, response);
            } else {
                HttpServletResponse refused = (HttpServletResponse) response;
                refused.setHeader("WWW-Authenticate", "Bearer");
                refused.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
        FilterDef definition = new FilterDef();
        definition.setFilterName("callers");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("callers");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    /**
     * Starts a server that closes when the process is told to end.
     *
     * @param port 0 for any that is free
     * @param admits whether a caller is let in
     * @param maker makes the MCP server on the transport
     * @throws IOException if the port is taken
     */
    static HttpServer start(
            int port,
            McpJsonMapper json,
            Predicate<CallContext> admits,
            Function<HttpServletStreamableServerTransportProvider, McpSyncServer> maker)
            throws IOException {
        HttpServer http = new HttpServer(port, json, admits, maker);
        Runtime.getRuntime().addShutdownHook(new Thread(http::close, "desk365-mcp-server-close"));
        try {
            http.tomcat.start();
        } catch (LifecycleException e) {
            http.close();
            throw new IOException("Port " + port + " cannot be listened at; is it taken?", e);
        }
        return http;
    }

    /** Where it listens. */
    String address() {
        return "http://" + LOOPBACK + ":" + tomcat.getConnector().getLocalPort() + PATH;
    }

    /** Waits until it is closed. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Ends the sessions, then the connections. */
    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        server.closeGracefully();
        try {
            tomcat.stop();
            tomcat.destroy();
            deleteDirectory();
        } catch (LifecycleException | IOException e) {
            TOMCAT_LOG.log(Level.WARNING, "Not everything could be closed", e);
        } finally {
            closed.countDown();
        }
    }

    private void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
