package io.github.desk365mcp.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A call from its arguments to the JSON of its result, over real sockets, and the least that it could be. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {

    @Benchmark
    public String get(Helpdesk helpdesk) {
        return helpdesk.get();
    }

    @Benchmark
    public String plainGet(Helpdesk helpdesk) throws IOException {
        return helpdesk.plainGet();
    }

    @Benchmark
    public String list(Helpdesk helpdesk) {
        return helpdesk.list();
    }

    @Benchmark
    public String plainList(Helpdesk helpdesk) throws IOException {
        return helpdesk.plainList();
    }
}
