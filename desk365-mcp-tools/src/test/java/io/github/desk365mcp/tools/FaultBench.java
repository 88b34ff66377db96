package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.ApiException;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import okhttp3.ConnectionPool;

/** A helpdesk, and the gateway before it that fails, for the calls of one tool. */
final class FaultBench implements AutoCloseable {

    /** What a call met and left behind. */
    record Seen(String tool, ToolResult result, int arrived, int carriedOut, String afterwards) {

        String code() {
            return result.isError() ? String.valueOf(result.errorCode()) : "done";
        }

        @Override
        public String toString() {
            return tool + ": " + code() + ", " + arrived + " arrived, " + carriedOut + " carried out: " + result.text();
        }
    }

    private final ManualClock clock = new ManualClock();
    private final TestSandbox sandbox = TestSandbox.start(options -> options.clock(clock));
    private final FaultServer server;
    private Policy policy = Unguarded.noticesRepeats(clock);

    FaultBench() throws IOException {
        server = new FaultServer(sandbox.baseUrl());
    }

    /** Lets the tools send files of a folder too. */
    void sendsFilesOf(Path folder) {
        policy = policy.attachments(AttachmentResolver.inline(), AttachmentResolver.files(folder));
    }

    FaultServer server() {
        return server;
    }

    /** A client with connections of its own. */
    private Desk365Client client(FaultTable.Row row, ConnectionPool pool) {
        URI address = row.client.address(this);
        return sandbox.client(builder -> builder.baseUrl(address)
                .options(options -> options.timeout(row.limit))
                .httpClient(http -> row.client.change(this, http.connectionPool(pool))));
    }

    private void prepare(FaultTable.Row row, boolean write) {
        sandbox.reset();
        sandbox.forget();
        server.forget();
        server.next(row.fault, write);
    }

    /** Returns what a program sees that writes with the client alone. */
    String thrown(FaultTable.Row row) throws InterruptedException {
        ConnectionPool pool = new ConnectionPool();
        Desk365Client desk = client(row, pool);
        prepare(row, true);
        String seen = "nothing";
        try {
            row.call.accept(desk);
        } catch (Desk365Exception e) {
            seen = e.getClass().getSimpleName() + (e.mayHaveArrived() ? ", may have arrived" : ", not carried out");
            if (e instanceof ApiException refused && refused.retryAfter() != null) {
                seen += ", wait " + refused.retryAfter().toSeconds() + " s";
            }
        }
        assertThat(afterwards(row, desk, pool)).isEqualTo("usable");
        return seen;
    }

    /** Makes a call during a fault. */
    Seen call(FaultTable.Row row, String name) throws InterruptedException {
        return call(row, name, UntrueAnswersTest.arguments(Catalogue.get(name)));
    }

    Seen call(FaultTable.Row row, String name, Map<String, Object> arguments) throws InterruptedException {
        Tool tool = Catalogue.get(name);
        ConnectionPool pool = new ConnectionPool();
        Desk365Client desk = client(row, pool);
        BoundTools tools = Desk365Tools.with(policy).bind(desk);
        prepare(row, !tool.verb().reads());

        ToolResult result = tools.call(name, arguments);
        row.then.run();

        int arrived = server.writes();
        int carriedOut = sandbox.writes().size();
        if (result.isError() && row.change == FaultTable.Change.UNKNOWN && tool.verb() == Tool.Verb.CREATES) {
            clearsUp(tools, name, arguments, arrived == 0);
        }
        return new Seen(name, result, arrived, carriedOut, afterwards(row, desk, pool));
    }

    /** Does what the answer of a create says: makes the same call again, until there is one record or a person must look. */
    private void clearsUp(BoundTools tools, String name, Map<String, Object> arguments, boolean isUnsent) {
        ToolResult second = tools.call(name, arguments);
        if (second.isError() && second.text().contains("Repeat the same call in 10 seconds")) {
            clock.advance(Duration.ofSeconds(10));
            second = tools.call(name, arguments);
        }
        if (second.isError()) {
            assertThat(second.text()).as("%s, unsent: %s", name, isUnsent).contains("a person must check");
        }
        assertThat(sandbox.writes()).as("%s: %s", name, second.text()).hasSize(1);
    }

    /** Returns whether the client can be used, and has neither kept a broken connection nor lost sight of one. */
    private String afterwards(FaultTable.Row row, Desk365Client desk, ConnectionPool pool) throws InterruptedException {
        if (pool.connectionCount() != pool.idleConnectionCount()) {
            return "a connection leaked";
        }
        if (row.client == FaultTable.PLAIN) {
            try {
                desk.tickets().get(4052);
            } catch (Desk365Exception e) {
                return e.toString();
            }
        }
        pool.evictAll();
        return pool.connectionCount() == 0 && server.isLeft() ? "usable" : "a connection stayed open";
    }

    @Override
    public void close() throws IOException {
        server.close();
        sandbox.close();
    }
}
