package io.github.desk365mcp.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the benchmarks in this process and its children, and makes the tables of {@code docs/performance.md}. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description =
                "Measures the tools in process. With a first argument that is no option, or with -h, it is JMH's own"
                        + " command line: java -jar benchmarks.jar CallBenchmark -prof gc -f 3")
public final class Main implements Callable<Integer> {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Option(names = "--root", description = "The top of the repository. Default: the current directory.")
    private Path root = Path.of("");

    @Option(names = "--forks", description = "Processes for each benchmark. Default: ${DEFAULT-VALUE}.")
    private int forks = 1;

    @Option(names = "--seconds", description = "Measured seconds in each process. Default: ${DEFAULT-VALUE}.")
    private int seconds = 5;

    // The compilers need more than 10,000 calls until they no longer compile.
    @Option(names = "--warmup", description = "Seconds before it measures. Default: ${DEFAULT-VALUE}.")
    private int warmup = 12;

    @Option(names = "--write", description = "Write the tables into docs/performance.md.")
    private boolean write;

    public static void main(String... arguments) throws Exception {
        if (arguments.length > 0 && (arguments[0].equals("-h") || !arguments[0].startsWith("-"))) {
            org.openjdk.jmh.Main.main(arguments);
        } else {
            System.exit(new CommandLine(new Main()).execute(arguments));
        }
    }

    @Override
    public Integer call() throws Exception {
        root = root.toAbsolutePath().normalize();
        String load = Report.load();
        StringBuilder tables = new StringBuilder();
        tables.append(calls()).append('\n');
        tables.append(growth()).append('\n');
        tables.append(memory());
        System.out.println(tables);
        if (write) {
            Report.write(root, "in process", Report.conditions(root, load) + "\n" + tables);
        }
        return CommandLine.ExitCode.OK;
    }

    /** A call against the least that it could be. */
    private String calls() throws RunnerException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("call", "tools", "OkHttp and Jackson", "time", "bytes"));
        Collection<RunResult> results = run("CallBenchmark", 1);
        for (String[] pair : new String[][] {{"get", "plainGet"}, {"list", "plainList"}}) {
            RunResult ours = find(results, pair[0], null, null);
            RunResult plain = find(results, pair[1], null, null);
            rows.add(List.of(
                    pair[0].equals("get") ? "get a ticket" : "list 30 with long HTML, as text",
                    says(ours),
                    says(plain),
                    ratio(ours, plain),
                    Report.number(allocated(ours) / allocated(plain)) + " ×"));
        }
        RunResult stages = find(run("PipelineBenchmark", 1), "stages", null, null);
        rows.add(List.of("the stages alone", says(stages), "–", "–", "–"));
        return Report.table(rows);
    }

    /** How the cost grows with the work. */
    private String growth() throws RunnerException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("work", "tools", "OkHttp and Jackson", "time"));
        String[] items = {"1", "10", "100", "1000"};
        Collection<RunResult> lists = run("CallBenchmark.(list|plainList)$", 1, "items", items);
        for (String count : items) {
            RunResult ours = find(lists, "list", "items", count);
            RunResult plain = find(lists, "plainList", "items", count);
            rows.add(List.of("list of " + count, says(ours), says(plain), ratio(ours, plain)));
        }
        for (int callers : new int[] {1, 8, 64, 512}) {
            Collection<RunResult> gets = run("CallBenchmark.(get|plainGet)$", callers);
            RunResult ours = find(gets, "get", null, null);
            RunResult plain = find(gets, "plainGet", null, null);
            rows.add(List.of("get, callers: " + callers, says(ours), says(plain), ratio(ours, plain)));
        }
        Collection<RunResult> tenants = run("TenantsBenchmark", 1);
        RunResult one = find(tenants, "get", "tenants", "1");
        for (String count : List.of("1", "10", "100")) {
            RunResult some = find(tenants, "get", "tenants", count);
            rows.add(List.of("get, tenants: " + count, says(some), "–", ratio(some, one) + " of one tenant"));
        }
        Collection<RunResult> definitions = run("DefinitionsBenchmark", 1);
        RunResult few = find(definitions, "bytes", "selection", "heroes");
        for (String selection : List.of("heroes", "core", "everything")) {
            RunResult made = find(definitions, "specifications", "selection", selection);
            RunResult bytes = find(definitions, "bytes", "selection", selection);
            rows.add(List.of("definitions for the SDK: " + selection, says(made), "–", "–"));
            rows.add(
                    List.of("`tools/list` to bytes: " + selection, says(bytes), "–", ratio(bytes, few) + " of heroes"));
        }
        return Report.table(rows);
    }

    private static String memory() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("work", "tools", "OkHttp", "speed", "heap above idle"));
        rows.addAll(Growth.rows());
        return Report.table(rows);
    }

    private Collection<RunResult> run(String include, int threads, String... parameter) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(include)
                .threads(threads)
                .forks(forks)
                .warmupIterations(warmup)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(seconds)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (parameter.length > 0) {
            options.param(
                    parameter[0],
                    List.of(parameter).subList(1, parameter.length).toArray(String[]::new));
        }
        System.err.println(include + ", threads: " + threads);
        return new Runner(options.build()).run();
    }

    private Collection<RunResult> run(String include, int threads, String name, String[] values)
            throws RunnerException {
        List<String> parameter = new ArrayList<>(List.of(name));
        parameter.addAll(List.of(values));
        return run(include, threads, parameter.toArray(String[]::new));
    }

    private static RunResult find(
            Collection<RunResult> results,
            String method,
            @org.jspecify.annotations.Nullable String parameter,
            @org.jspecify.annotations.Nullable String value) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .filter(result ->
                        parameter == null || Objects.equals(result.getParams().getParam(parameter), value))
                .findFirst()
                .orElseThrow();
    }

    private static String says(RunResult result) {
        return Report.number(result.getPrimaryResult().getScore()) + " µs, " + Report.number(allocated(result) / 1_000)
                + " KB";
    }

    private static String ratio(RunResult one, RunResult other) {
        return Report.number(one.getPrimaryResult().getScore()
                        / other.getPrimaryResult().getScore()) + " ×";
    }

    private static double allocated(RunResult result) {
        String key = result.getSecondaryResults().keySet().stream()
                .filter(name -> name.endsWith(ALLOCATED))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(result.getSecondaryResults().get(key)).getScore();
    }
}
