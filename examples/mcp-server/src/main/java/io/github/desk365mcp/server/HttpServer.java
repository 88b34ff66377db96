package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.BoundTools;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Manager;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.StandardSessionIdGenerator;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Serves streamable HTTP at {@code /mcp}, on Tomcat. */
final class HttpServer implements AutoCloseable {

    /** How long running calls may take to finish when the server ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How many requests other than calls are accepted at once: listings, answers of people, notifications. */
    private static final int SHORT_REQUESTS = 64;

    // Kept in a field: a logger that is garbage-collected loses its level.
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final List<McpAsyncServer> servers;
    private final Gate gate;
    private final String host;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Creates an MCP server on a transport. */
    interface Maker {

        /** @param cards whether the server is for clients that show approval cards */
        McpAsyncServer make(HttpServletStreamableServerTransportProvider transport, boolean cards);
    }

    private HttpServer(
            int port,
            HttpOptions options,
            BoundTools tools,
            int mostCalls,
            Maker maker)
            throws IOException {
        HttpServletStreamableServerTransportProvider transport = transport(options);
        HttpServletStreamableServerTransportProvider cards = tools.hasApprovalCards() ? transport(options) : null;
        gate = new Gate(tools, StrictJson.MAPPER, mostCalls + SHORT_REQUESTS, cards);
        host = options.host();
        servers = cards == null
                ? List.of(maker.make(transport, false))
                : List.of(maker.make(transport, false), maker.make(cards, true));
        TOMCAT_LOG.setLevel(Level.WARNING);
        directory = Files.createTempDirectory("desk365-mcp-server");
        tomcat.setBaseDir(directory.toString());
        Connector connector = new Connector();
        connector.setProperty("address", host);
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        // How long to wait for the next bytes of a request. A connection without a request may stay open longer.
        connector.setProperty("connectionTimeout", "5000");
        connector.setProperty("keepAliveTimeout", "60000");
        // The SDK keeps a thread for each call. The others are for requests that the gate answers, such as /health.
        connector.setProperty(
                "maxThreads", String.valueOf(mostCalls + SHORT_REQUESTS + RefusalValve.MOST_READERS + SHORT_REQUESTS));
        tomcat.setConnector(connector);
        StandardHost site = (StandardHost) tomcat.getHost();
        site.setErrorReportValveClass("");
        site.getPipeline().addValve(new RefusalValve());
        Context context = tomcat.addContext("", directory.toString());
        context.setManager(noSessions());
        Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
        put(gate, context);
        context.addServletMappingDecoded(Gate.MCP + "/*", "mcp");
        // The gate answers it, but Tomcat calls a filter only for paths that have a servlet.
        context.addServletMappingDecoded(Gate.HEALTH, "mcp");
    }

    private static HttpServletStreamableServerTransportProvider transport(HttpOptions options) {
        HttpServletStreamableServerTransportProvider.Builder transports =
                HttpServletStreamableServerTransportProvider.builder()
                        .jsonMapper(StrictJson.MAPPER)
                        .mcpEndpoint(Gate.MCP)
                        .contextExtractor(Gate::transportContext);
        if (!options.allowedHosts().isEmpty()) {
            // Against DNS rebinding: a web page must not reach this server through its own host name.
            ServerHttpHeaderValidator names = DefaultServerTransportSecurityValidator.builder()
                    .allowedHosts(options.allowedHosts())
                    .allowedOrigins(options.allowedOrigins())
                    .build();
            transports.httpHeaderValidator(headers -> names.validate(inLowerCase(headers)));
        }
        return transports.build();
    }

    /** Tomcat's own sessions are not used, so the start does not wait for their random numbers. */
    private static Manager noSessions() {
        StandardManager manager = new StandardManager();
        manager.setSessionIdGenerator(new StandardSessionIdGenerator() {
            @Override
            protected void startInternal() throws LifecycleException {
                setState(LifecycleState.STARTING);
            }
        });
        return manager;
    }

    /** Host names are compared without regard to case. */
    private static HeaderAccessor inLowerCase(HeaderAccessor headers) {
        return new HeaderAccessor() {

            @Override
            public List<String> getHeader(String name) {
                return headers.getHeader(name).stream()
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .toList();
            }

            @Override
            public List<String> getHeaderNames() {
                return headers.getHeaderNames();
            }
        };
    }

    private static void put(Gate gate, Context context) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("gate");
        definition.setFilter(gate);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gate");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    /**
     * Starts a server that closes when the process is told to end.
     *
     * @param port the port; 0 for any free port
     * @param options the address and the host names
     * @param tools the tools, which also decide who is admitted
     * @param mostCalls how many calls can exist at once
     * @param maker creates the MCP servers on their transports
     * @throws IOException if the port is in use
     */
    static HttpServer start(int port, HttpOptions options, BoundTools tools, int mostCalls, Maker maker)
            throws IOException {
        HttpServer http = new HttpServer(port, options, tools, mostCalls, maker);
        Runtime.getRuntime().addShutdownHook(new Thread(http::close, "desk365-mcp-server-close"));
        try {
            http.tomcat.start();
        } catch (LifecycleException e) {
            http.close();
            throw new IOException("The server cannot listen on port " + port + ". Is it in use?", e);
        } finally {
            // Tomcat needs a directory only to start. Without it, a killed process leaves nothing behind.
            http.deleteDirectory();
        }
        return http;
    }

    /** {@return the address of the MCP endpoint} */
    String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + tomcat.getConnector().getLocalPort() + Gate.MCP;
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
        servers.forEach(server -> server.closeGracefully().block());
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            TOMCAT_LOG.log(Level.WARNING, "The server could not be closed completely", e);
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
