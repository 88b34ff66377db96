package io.github.desk365mcp.benchmarks;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The definitions of a few and of many tools, from the adapter of the SDK to the bytes of {@code tools/list}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DefinitionsBenchmark {

    @Param({"heroes", "core", "everything"})
    private String selection = "heroes";

    private BoundTools tools = bound(Selection.heroes());
    private List<AsyncToolSpecification> served = List.of();

    private static BoundTools bound(Selection selection) {
        return Desk365Tools.select(selection).bind(Desk365Client.fake((operation, query, body) -> Map.of()));
    }

    @Setup
    public void choose() {
        tools = bound(
                switch (selection) {
                    case "heroes" -> Selection.heroes();
                    case "core" -> Selection.core();
                    default -> Selection.everything();
                });
        served = specifications();
    }

    /** Once for each server, or for each session of one. */
    @Benchmark
    public List<AsyncToolSpecification> specifications() {
        return McpTools.async(tools, transport -> CallContext.none());
    }

    /** Once for each {@code tools/list}. */
    @Benchmark
    public byte[] bytes() throws IOException {
        return McpJsonDefaults.getMapper()
                .writeValueAsBytes(ListToolsResult.builder(served.stream()
                                .map(AsyncToolSpecification::tool)
                                .toList())
                        .build());
    }
}
