package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Options;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.tools.host.Policy;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A sandbox for the tests of one class, reset before each test and closed after the last one. */
@SuppressWarnings("exports") // Tests of other modules use it, and have its dependencies themselves.
public final class TestSandbox implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

    /** Null once it is closed: the static fields of all test classes would keep their helpdesks in memory. */
    private @Nullable Desk365Sandbox running;

    private final URI baseUrl;
    private final String apiKey;
    private final List<Fault> stalls = new CopyOnWriteArrayList<>();

    private TestSandbox(Desk365Sandbox sandbox) {
        this.running = sandbox;
        this.baseUrl = sandbox.baseUrl();
        this.apiKey = sandbox.apiKey();
    }

    private Desk365Sandbox sandbox() {
        return Objects.requireNonNull(running, "the sandbox is closed");
    }

    /** Starts a sandbox with contracts and without a rate limit. */
    public static TestSandbox start() {
        return start(options -> {});
    }

    /** Starts the same sandbox with other options. */
    public static TestSandbox start(Consumer<Options> more) {
        return new TestSandbox(Desk365Sandbox.start(
                options -> more.accept(options.plan(Plan.UNLIMITED).contractsEnabled(true))));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        release();
        reset();
        forget();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        release();
        // A run of mutations runs the tests of a class again and again in one process.
        if (!Boolean.getBoolean("mutations.sandboxes")) {
            close();
        }
    }

    /** Closes a sandbox that a test started for itself. */
    @Override
    public void close() {
        release();
        if (running != null) {
            running.close();
            running = null;
        }
    }

    public Desk365Client client() {
        return client(desk -> desk);
    }

    /** Returns a client with other options. */
    public Desk365Client client(UnaryOperator<Desk365Client.Builder> more) {
        return more.apply(Desk365Client.builder().baseUrl(baseUrl()).apiKey(apiKey()))
                .build();
    }

    /** Returns the tools of this sandbox under a policy. */
    public BoundTools bound(Policy policy) {
        return bound(policy, desk -> desk);
    }

    /** Returns the tools of this sandbox under a policy, through a client with other options. */
    public BoundTools bound(Policy policy, UnaryOperator<Desk365Client.Builder> more) {
        return Desk365Tools.with(policy).bind(client(more));
    }

    /** Returns the recorded requests that are not reads. */
    public List<Exchange> writes() {
        return exchanges().stream()
                .filter(exchange -> !exchange.method().equals("GET"))
                .toList();
    }

    /** Leaves this many further requests without an answer until {@link #release()}. */
    public void stall(int requests) {
        for (int i = 0; i < requests; i++) {
            Fault stall = Fault.stall();
            stalls.add(stall);
            next(stall);
        }
    }

    /** Has all stalled requests answered. */
    public void release() {
        stalls.forEach(Fault::release);
    }

    /** Waits until this many requests have arrived. */
    public void awaitExchanges(int count) throws InterruptedException {
        await(this::exchanges, count);
    }

    /** Waits until this many requests have arrived that are not reads. */
    public void awaitWrites(int count) throws InterruptedException {
        await(this::writes, count);
    }

    private static void await(Supplier<List<Exchange>> arrived, int count) throws InterruptedException {
        while (arrived.get().size() < count) {
            // No spinning: what is tested needs the processors.
            Thread.sleep(5);
        }
    }

    public URI baseUrl() {
        return baseUrl;
    }

    public String apiKey() {
        return apiKey;
    }

    public void next(Fault fault) {
        sandbox().next(fault);
    }

    public void next(String operationId, Fault fault) {
        sandbox().next(operationId, fault);
    }

    /** Stores an image that was pasted into a body; returns its link. */
    public String inlineImage(String type, byte[] bytes) {
        return sandbox().inlineImage(type, bytes);
    }

    public List<Exchange> exchanges() {
        return sandbox().exchanges();
    }

    public List<String> violations() {
        return sandbox().violations();
    }

    public Set<String> operationsAsked() {
        return sandbox().operationsAsked();
    }

    public void reset() {
        sandbox().reset();
    }

    public void forget() {
        sandbox().forget();
    }
}
