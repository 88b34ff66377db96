package io.github.desk365mcp.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures server processes side by side: the start, calls one after another and at once, and memory. All use the same
 * client and the same answers of the service. The programs take turns in each round, and each figure is the median of the
 * rounds.
 */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compares the server with others as processes.")
public final class Compare implements Callable<Integer> {

    private static final String LIST_TOOLS = "tools/list";
    private static final String CALL = "tools/call";

    @Option(names = "--root", required = true, description = "The top of the repository.")
    private Path root = Path.of(".");

    @Option(names = "--rounds", description = "How often each program is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--starts", description = "How often it is started in each round. Default: ${DEFAULT-VALUE}.")
    private int starts = 5;

    @Option(
            names = "--scale",
            description = "Multiplies the numbers of calls; 0.1 is enough to try it out. Default: ${DEFAULT-VALUE}.")
    private double scale = 1;

    @Option(names = "--only", split = ",", description = "Only the programs whose names contain one of these words.")
    private List<String> only = List.of();

    @Option(names = "--work", split = ",", description = "Only start, get, list or http. Default: all.")
    private List<String> work = List.of("start", "get", "list", "http");

    @Option(
            names = "--jdk",
            split = ",",
            description = "Only these JDKs, such as 17,25. Default: all LTS that are here.")
    private List<Integer> versions = List.of(17, 21, 25);

    @Option(names = "--write", description = "Write the table into docs/performance.md.")
    private boolean write;

    private final Map<Row, Map<Program, List<Double>>> figures = new LinkedHashMap<>();

    /** One row of the table. */
    private enum Row {
        START("start → list → first call answered", "ms"),
        START_CPU("the same, processor time", "ms"),
        FIRST_LIST("start → `tools/list` answered", "ms"),
        FIRST_CALL("first call after that", "ms"),
        GET_P50("get a ticket, p50 of the first 3,000 calls", "ms"),
        GET_P99("the same, p99", "ms"),
        GET_RATE("get, calls a second, 16 callers, after 20,000 calls", ""),
        GET_BYTES("answer to get", "bytes"),
        GET_MEMORY("peak memory, get", "MB"),
        SECOND_LIST("`tools/list` again, p50", "ms"),
        LIST_P50("list of 30 with long HTML, p50", "ms"),
        LIST_RATE("list, calls a second, 16 callers", ""),
        LIST_BYTES("answer to list", "bytes"),
        LIST_MEMORY("peak memory, list", "MB"),
        HTTP_RATE("HTTP: get, calls a second, 64 callers", "");

        private final String says;
        private final String unit;

        Row(String says, String unit) {
            this.says = says;
            this.unit = unit;
        }
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Compare()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        root = root.toAbsolutePath().normalize();
        try (Backend backend = Backend.start(
                Map.of("/v3/tickets/details", Answers.ticket(4052), "/v3/tickets", Answers.tickets(4000, 30, 85)))) {
            List<Program> programs = programs(backend.address().toString());
            String load = Report.load();
            warmUp(programs);
            for (int round = 1; round <= rounds; round++) {
                System.err.println("Round " + round + " of " + rounds);
                for (Program program : programs) {
                    measure(program);
                }
            }
            String table = table(programs);
            System.out.println(table);
            if (write) {
                Report.write(root, "compare", Report.conditions(root, load) + "Rounds: " + rounds + ".\n\n" + table);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private List<Program> programs(String helpdesk) throws IOException {
        TreeMap<Integer, Path> jdks = Program.jdks();
        List<Program> programs = new ArrayList<>();
        Program peer = Program.peer(root, helpdesk);
        if (peer == null) {
            System.err.println("The server from npm is not installed: it is not compared");
        } else {
            programs.add(peer);
        }
        boolean hasFloor = false;
        for (int version : versions) {
            Path home = jdks.get(version);
            if (home == null) {
                System.err.println("JDK " + version + " is not here: it is not measured");
                continue;
            }
            if (!hasFloor) {
                programs.add(Program.floor(version, home, root, helpdesk));
                hasFloor = true;
            }
            Path cache = root.resolve("examples/benchmarks/target/cache-" + version);
            programs.add(Program.script(version, home, root, cache, helpdesk));
            programs.add(Program.jar(version, home, root, helpdesk));
        }
        programs.removeIf(program -> !only.isEmpty() && only.stream().noneMatch(program.name()::contains));
        return programs;
    }

    /** Each program starts once, so that archives exist and files are in memory; and this client compiles its own code. */
    private void warmUp(List<Program> programs) throws IOException {
        for (Program program : programs) {
            try (StdioClient client = StdioClient.start(program.stdio(), program.environment())) {
                client.initialize();
                client.ask(LIST_TOOLS, "{}");
                client.times(scaled(300), CALL, program.get());
                client.times(scaled(100), CALL, program.list());
            }
        }
    }

    private void measure(Program program) throws Exception {
        System.err.println("  " + program.name());
        if (work.contains("start")) {
            for (int i = 0; i < starts; i++) {
                started(program).close();
            }
        }
        if (work.contains("get")) {
            measureGet(program);
        }
        if (work.contains("list")) {
            measureList(program);
        }
        if (work.contains("http") && program.http() != null) {
            try (HttpClients clients = HttpClients.start(program)) {
                clients.rate(scaled(20_000), 64);
                add(Row.HTTP_RATE, program, clients.rate(scaled(10_000), 64));
            }
        }
    }

    /** Starts a process, and measures up to the answer to the first call. */
    private StdioClient started(Program program) throws IOException {
        long start = System.nanoTime();
        StdioClient client = StdioClient.start(program.stdio(), program.environment());
        client.initialize();
        client.ask(LIST_TOOLS, "{}");
        long listed = System.nanoTime();
        client.ask(CALL, program.get());
        long called = System.nanoTime();
        add(Row.START, program, (called - start) / 1e6);
        add(Row.START_CPU, program, client.processorTime().toMillis());
        add(Row.FIRST_LIST, program, (listed - start) / 1e6);
        add(Row.FIRST_CALL, program, (called - listed) / 1e6);
        return client;
    }

    private void measureGet(Program program) throws IOException {
        try (StdioClient client = started(program)) {
            long[] times = client.times(scaled(3_000), CALL, program.get());
            add(Row.GET_P50, program, StdioClient.percentile(times, 0.5));
            add(Row.GET_P99, program, StdioClient.percentile(times, 0.99));
            add(Row.SECOND_LIST, program, StdioClient.percentile(client.times(20, LIST_TOOLS, "{}"), 0.5));
            client.rate(scaled(20_000), 16, CALL, program.get());
            add(Row.GET_RATE, program, client.rate(scaled(10_000), 16, CALL, program.get()));
            add(Row.GET_BYTES, program, client.ask(CALL, program.get()).length);
            add(Row.GET_MEMORY, program, client.peakMegabytes());
        }
    }

    private void measureList(Program program) throws IOException {
        try (StdioClient client = StdioClient.start(program.stdio(), program.environment())) {
            client.initialize();
            client.ask(LIST_TOOLS, "{}");
            client.times(scaled(500), CALL, program.list());
            add(Row.LIST_P50, program, StdioClient.percentile(client.times(scaled(1_000), CALL, program.list()), 0.5));
            add(Row.LIST_RATE, program, client.rate(scaled(1_000), 16, CALL, program.list()));
            add(Row.LIST_BYTES, program, client.ask(CALL, program.list()).length);
            add(Row.LIST_MEMORY, program, client.peakMegabytes());
        }
    }

    private int scaled(int count) {
        return Math.max(20, (int) (count * scale));
    }

    private void add(Row row, Program program, double figure) {
        figures.computeIfAbsent(row, key -> new LinkedHashMap<>())
                .computeIfAbsent(program, key -> new ArrayList<>())
                .add(figure);
    }

    /** The figures, and in brackets their ratio to the first program's. */
    private String table(List<Program> programs) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("work"));
        programs.forEach(program -> head.add(program.name()));
        rows.add(head);
        for (Row row : Row.values()) {
            Map<Program, List<Double>> measured = figures.get(row);
            if (measured == null) {
                continue;
            }
            List<String> cells = new ArrayList<>(List.of(row.says));
            Double first = null;
            for (Program program : programs) {
                List<Double> values = measured.get(program);
                if (values == null) {
                    cells.add("–");
                    continue;
                }
                double median = StdioClient.median(values);
                String cell = Report.number(median) + (row.unit.isEmpty() ? "" : " " + row.unit);
                cells.add(first == null ? cell : cell + " (" + Report.number(median / first) + " ×)");
                first = first == null ? Double.valueOf(median) : first;
            }
            rows.add(cells);
        }
        return Report.table(rows);
    }
}
