package io.github.desk365mcp.server;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Streamable HTTP at {@code /mcp}, for this computer alone. */
final class HttpServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String PATH = "/mcp";

    // Held, because a logger that nobody holds forgets its level.
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final McpSyncServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private HttpServer(
            int port, McpJsonMapper json, Function<HttpServletStreamableServerTransportProvider, McpSyncServer> maker)
            throws IOException {
        // A web page must not reach this server through a name of its own that it points at this computer.
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(json)
                .mcpEndpoint(PATH)
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
        context.addServletMappingDecoded(PATH, "mcp");
    }

    /**
     * Starts a server that closes when the process is told to end.
     *
     * @param port 0 for any that is free
     * @param maker makes the MCP server on the transport
     * @throws IOException if the port is taken
     */
    static HttpServer start(
            int port, McpJsonMapper json, Function<HttpServletStreamableServerTransportProvider, McpSyncServer> maker)
            throws IOException {
        HttpServer http = new HttpServer(port, json, maker);
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
