package io.github.desk365mcp.benchmarks;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The stages of a call without a request: the handler of a tool of our own answers at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PipelineBenchmark {

    private static final String SCHEMA = """
            {"type":"object","properties":{"ticket_number":{"type":"integer"}},"required":["ticket_number"],\
            "additionalProperties":false}""";
    private static final Map<String, Object> TICKET =
            Map.of("ticket_number", 4052, "status", "Open", "subject", "VPN drops every hour");

    private final BoundTools tools = Desk365Tools.with(Policy.of(Selection.everything())
                    .ownTool(OwnTool.reads("stub", "Answers at once.", SCHEMA, (desk, arguments, context) -> TICKET)))
            .bind(Desk365Client.fake((operation, query, body) -> Map.of()));

    @Benchmark
    public String stages() {
        return tools.call("stub", Map.of("ticket_number", 4052)).toJson();
    }
}
