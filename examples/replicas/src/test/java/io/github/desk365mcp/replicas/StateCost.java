package io.github.desk365mcp.replicas;

import com.zaxxer.hikari.HikariDataSource;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.jdbc.JdbcState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a shared state costs a read and a create, on the sandbox in the same process: the median time of a call,
 * and its round trips to the state.
 */
final class StateCost {

    private static final String READ = "get_single_desk_365_ticket_by_id";
    private static final String NOTE = "create_a_desk_365_ticket_note";
    private static final int WARM_UP = 1_000;
    private static final int FIRST_WARM_UP = 5_000;
    private static final int CALLS = 1_000;
    private static final byte[] KEY = new byte[32];

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private StateCost() {}

    /** A store, and a counter of round trips that starts again each time it is read. */
    private record Store(@Nullable SharedState state, Trips trips) {}

    private interface Trips {
        int take();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("desk365-cost");
        System.out.println("| state | read, p50 | round trips | create, p50 | round trips |");
        System.out.println("|---|---|---|---|---|");
        print("none", new Store(null, () -> 0), FIRST_WARM_UP);
        print("in memory", new Store(SharedState.inMemory(), () -> 0));
        print("H2 in a file", jdbc("jdbc:h2:file:" + folder.resolve("state") + ";WRITE_DELAY=0"));
        print("PostgreSQL", jdbc(TestStores.postgresUrl()));
        AtomicInteger trips = new AtomicInteger();
        print(
                "Redis",
                new Store(counted(new RedisState(URI.create(TestStores.redisUrl())), trips), () -> trips.getAndSet(0)));
        Folders.delete(folder);
        System.exit(0);
    }

    private static Store jdbc(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        CountedStatements counted = new CountedStatements(pool);
        return new Store(JdbcState.of(counted.source()), counted::take);
    }

    private static SharedState counted(SharedState state, AtomicInteger count) {
        return (SharedState) java.lang.reflect.Proxy.newProxyInstance(
                SharedState.class.getClassLoader(), new Class<?>[] {SharedState.class}, (self, method, arguments) -> {
                    count.incrementAndGet();
                    return method.invoke(state, arguments);
                });
    }

    private static void print(String name, Store store) {
        print(name, store, WARM_UP);
    }

    @SuppressWarnings("SystemOut")
    private static void print(String name, Store store, int warmUp) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED))) {
            SharedState state = store.state();
            UnaryOperator<Policy> shared = state == null ? policy -> policy : policy -> policy.state(state, KEY);
            BoundTools tools = Desk365Tools.with(shared.apply(Policy.of(Selection.everything())))
                    .bind(Desk365Client.builder()
                            .baseUrl(sandbox.baseUrl())
                            .apiKey(sandbox.apiKey())
                            .build());
            measure(sandbox, tools, warmUp);
            store.trips().take();
            double[] figures = measure(sandbox, tools, CALLS, store.trips());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f ms | %.2f | %.2f ms | %.2f |%n",
                    name,
                    figures[0],
                    figures[1],
                    figures[2],
                    figures[3]);
        }
    }

    private static void measure(Desk365Sandbox sandbox, BoundTools tools, int calls) {
        double[] unused = measure(sandbox, tools, calls, () -> 0);
    }

    private static double[] measure(Desk365Sandbox sandbox, BoundTools tools, int calls, Trips trips) {
        List<Long> reads = new ArrayList<>();
        List<Long> creates = new ArrayList<>();
        int readTrips = 0;
        int createTrips = 0;
        for (int i = 0; i < calls; i++) {
            reads.add(time(tools, READ, Map.of("ticket_number", 4052)));
            readTrips += trips.take();
            creates.add(time(tools, NOTE, Map.of("ticket_number", 4063, "body", "Note " + NUMBER.incrementAndGet())));
            createTrips += trips.take();
            sandbox.forget();
        }
        return new double[] {
            median(reads) / 1e6, 1.0 * readTrips / calls, median(creates) / 1e6, 1.0 * createTrips / calls
        };
    }

    private static long time(BoundTools tools, String tool, Map<String, Object> arguments) {
        long start = System.nanoTime();
        if (tools.call(tool, arguments).isError()) {
            throw new IllegalStateException(tool + " failed");
        }
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
