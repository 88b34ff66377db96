package io.github.desk365mcp.benchmarks;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A call for one of some tenants in turn, each with a key and a count of calls of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TenantsBenchmark {

    @Param({"1", "10", "100"})
    private int tenants = 1;

    private final AtomicInteger next = new AtomicInteger();
    private Backend backend = Backend.NONE;
    private List<CallContext> callers = List.of();
    private BoundTools tools = Desk365Tools.all().bind(Desk365Client.fake((operation, query, body) -> Map.of()));

    @Setup(Level.Trial)
    public void start() throws IOException {
        backend = Backend.start(Map.of("/v3/tickets/details", Answers.ticket(4052)));
        Map<String, Tenant> known = IntStream.range(0, tenants)
                .mapToObj(number -> Tenant.of("tenant-" + number, backend.address(), Helpdesk.KEY + number))
                .collect(java.util.stream.Collectors.toUnmodifiableMap(Tenant::id, tenant -> tenant));
        callers = known.keySet().stream()
                .map(tenant -> CallContext.none().tenant(tenant))
                .toList();
        tools = Desk365Tools.with(Policy.of(Selection.everything()).hosts("127.0.0.1"))
                .bind(context -> known.get(context.tenant()));
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        backend.close();
    }

    @Benchmark
    public String get() {
        CallContext caller = callers.get(Math.floorMod(next.getAndIncrement(), tenants));
        return tools.call(Helpdesk.GET, Map.of("ticket_number", 4052), caller).toJson();
    }
}
