package io.github.desk365mcp.server;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Manager;
import org.apache.catalina.Valve;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.StandardSessionIdGenerator;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A Tomcat without files, sessions or error pages. */
final class Site {

    // Kept in a field: a logger that is garbage-collected loses its level.
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final String host;
    private final StandardContext context;

    /**
     * Prepares a server.
     *
     * @param host the address to listen on
     * @param port the port; 0 for any free port
     * @param threads how many requests can be handled at once
     */
    Site(String host, int port, int threads) throws IOException {
        TOMCAT_LOG.setLevel(Level.WARNING);
        this.host = host;
        directory = Files.createTempDirectory("desk365-mcp-server");
        tomcat.setBaseDir(directory.toString());
        Connector connector = new Connector();
        connector.setProperty("address", host);
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        // How long to wait for the next bytes of a request. A connection without a request may stay open longer.
        connector.setProperty("connectionTimeout", "5000");
        connector.setProperty("keepAliveTimeout", "60000");
        // Twice as long as a token may be, so that one that is too long gets its own answer.
        connector.setProperty("maxHttpRequestHeaderSize", "16384");
        connector.setProperty("maxThreads", String.valueOf(threads));
        tomcat.setConnector(connector);
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass("");
        context = (StandardContext) tomcat.addContext("", directory.toString());
        context.setManager(noSessions());
        // Nothing is loaded again in this process, and looking for leaks would need access to the JDK's internals.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
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

    Site add(Valve valve) {
        tomcat.getHost().getPipeline().addValve(valve);
        return this;
    }

    Site add(String name, Servlet servlet, String... paths) {
        Wrapper wrapper = Tomcat.addServlet(context, name, servlet);
        wrapper.setAsyncSupported(true);
        for (String path : paths) {
            context.addServletMapping(path, name);
        }
        return this;
    }

    /** When the server closes, running requests can finish first. */
    Site patient(Duration patience) {
        context.setUnloadDelay(patience.toMillis());
        return this;
    }

    /** Adds a filter for all paths that have a servlet. */
    Site add(Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("gate");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gate");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
        return this;
    }

    /** @throws IOException if the server cannot listen */
    void start() throws IOException {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IOException("Tomcat cannot start", e);
        } finally {
            // Tomcat needs a directory only to start. Without it, a killed process leaves nothing behind.
            deleteDirectory();
        }
    }

    /** {@return the address, without a path} */
    String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + tomcat.getConnector().getLocalPort();
    }

    void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            TOMCAT_LOG.log(Level.WARNING, "The server could not be closed completely", e);
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
