package io.github.desk365mcp.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A fake Desk365 helpdesk that runs in this process and listens on loopback. Thread-safe. Close it after use.
 *
 * <pre>{@code
 * try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
 *     URI base = sandbox.baseUrl(); // http://127.0.0.1:34567/apis
 *     String key = sandbox.apiKey();
 *     ...
 * }
 * }</pre>
 */
public final class Desk365Sandbox implements AutoCloseable {

    static {
        // Without this, each response over a reused connection waits about 40 ms for the acknowledgment of its headers.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final URI baseUrl;
    private final Contract contract;
    private final Desk365Api api;
    private final Faults faults = new Faults();
    private final Recording recording = new Recording();

    private Desk365Sandbox(Options options) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), options.port()), 0);
        // A stalled response blocks its thread, so one thread is not enough.
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "desk365-sandbox");
            thread.setDaemon(true);
            return thread;
        });
        String host = "http://127.0.0.1:" + server.getAddress().getPort();
        this.baseUrl = URI.create(host + "/apis");
        this.contract = Contract.load();
        this.api = new Desk365Api(options, host);
        server.setExecutor(threads);
        server.createContext("/", new Front(api, options.rules(), contract, faults, recording));
    }

    /** {@return a new sandbox on any free port, with the rate limit of the Plus plan} */
    public static Desk365Sandbox start() {
        return start(options -> {});
    }

    /**
     * {@return a new sandbox}
     *
     * @param options changes the options from their defaults
     */
    public static Desk365Sandbox start(Consumer<Options> options) {
        Options chosen = new Options();
        options.accept(chosen);
        try {
            Desk365Sandbox sandbox = new Desk365Sandbox(chosen);
            sandbox.server.start();
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the base URL, without {@code /v3}; it corresponds to {@code https://acme.desk365.io/apis}} */
    public URI baseUrl() {
        return baseUrl;
    }

    /** {@return the API key that the sandbox accepts} */
    public String apiKey() {
        return Desk365Api.KEY;
    }

    /**
     * Keeps an image as the service keeps those that are pasted into a mail, until {@link #reset()}.
     *
     * @param type its media type, such as {@code image/png}
     * @param bytes the image
     * @return the address for an {@code <img src>} in a description or body; it needs no key and does not expire
     */
    public String inlineImage(String type, byte[] bytes) {
        return api.storeInline(type, bytes.clone());
    }

    /**
     * Plans a fault for the next request. If several faults are planned, they occur in this order, one per request.
     *
     * @param fault what goes wrong
     */
    public void next(Fault fault) {
        faults.plan(null, fault);
    }

    /**
     * Plans a fault for the next request for an operation.
     *
     * @param operationId the id of the operation in the API description, such as {@code createTicket}
     * @param fault what goes wrong
     * @throws IllegalArgumentException if there is no such operation
     */
    public void next(String operationId, Fault fault) {
        if (!contract.operations().contains(operationId)) {
            throw new IllegalArgumentException("No operation has the id " + operationId);
        }
        faults.plan(operationId, fault);
    }

    /**
     * {@return the requests to the API, the oldest first}
     *
     * @throws IllegalStateException if more than a thousand requests arrived since the start or {@link #forget()};
     *     {@link #violations()} and {@link #operationsAsked()} throw it then too
     */
    public List<Exchange> exchanges() {
        return recording.exchanges();
    }

    /** {@return how the recorded requests differ from the API description; empty if all conform} */
    public List<String> violations() {
        return exchanges().stream()
                .flatMap(exchange -> contract.violations(exchange).stream()
                        .map(violation -> exchange.method() + " " + exchange.path() + ": " + violation))
                .toList();
    }

    /** {@return the ids of the operations that the recorded requests called, in the order of their first call} */
    public Set<String> operationsAsked() {
        Set<String> asked = new LinkedHashSet<>();
        for (Exchange exchange : exchanges()) {
            String operation = contract.operationOf(exchange.method(), exchange.path());
            if (operation != null) {
                asked.add(operation);
            }
        }
        return Collections.unmodifiableSet(asked);
    }

    /**
     * {@return the recorded requests, which are then forgotten} A test that makes many requests calls it again and again,
     * and misses none.
     *
     * @throws IllegalStateException if more than a thousand requests arrived since the last time
     */
    public List<Exchange> takeExchanges() {
        return recording.take();
    }

    /** Forgets the recorded requests. */
    public void forget() {
        recording.forget();
    }

    /** Restores the seed data and a full rate limit, and drops planned faults. Keeps the recorded requests. */
    public void reset() {
        faults.clear();
        api.reset();
    }

    /** Aborts running requests and frees the port. */
    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    /**
     * Runs a sandbox until the process is ended.
     *
     * @param arguments {@code --port} and a number, or nothing
     */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        List<String> given = List.of(arguments);
        boolean understood = given.isEmpty()
                || (given.size() == 2
                        && given.get(0).equals("--port")
                        && given.get(1).matches("\\d{1,5}"));
        if (!understood) {
            System.err.println("Usage: desk365-sandbox [--port N]");
            System.exit(2);
        }
        int port = given.isEmpty() ? 0 : Integer.parseInt(given.get(1));
        Desk365Sandbox sandbox = start(options -> options.port(port));
        System.out.println("Base URL: " + sandbox.baseUrl());
        System.out.println("API key:  " + sandbox.apiKey());
    }
}
