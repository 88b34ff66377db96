package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.FaultBench.Seen;
import io.github.desk365mcp.tools.FaultTable.Change;
import io.github.desk365mcp.tools.FaultTable.Row;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Uploader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tool that writes meets every fault, over real sockets: its answer is true, and nothing is written twice. */
@Timeout(300)
class FaultTableTest {

    private static final String CLIENT = "client";
    private static final String FILE = "log.bin";
    private static final int LARGER_THAN_THE_BUFFERS_OF_SOCKETS = 16 << 20;

    private static final List<String> WRITES = Catalogue.tools().stream()
            .filter(tool -> !tool.verb().reads())
            .map(Tool::name)
            .toList();

    /** What one row showed. */
    private record Result(String thrown, Seen read, List<Seen> writes) {}

    private static final Map<String, FaultBench> BENCHES = new LinkedHashMap<>();
    private static final Map<Row, Result> RESULTS = new ConcurrentHashMap<>();

    /** All tools at once, because most of these faults are waits. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @TempDir
    private static Path folder;

    private static FaultTable table;

    @BeforeAll
    static void start() throws Exception {
        table = new FaultTable(folder);
        for (String name : WRITES) {
            BENCHES.put(name, new FaultBench());
        }
        BENCHES.put(ToolNames.GET_TICKET, new FaultBench());
        BENCHES.put(CLIENT, new FaultBench());
    }

    @AfterAll
    static void stop() throws Exception {
        THREADS.shutdownNow();
        for (FaultBench bench : BENCHES.values()) {
            bench.close();
        }
        BENCHES.clear();
        RESULTS.clear();
        table.close();
    }

    static Stream<Row> rows() {
        return table.rows().stream();
    }

    private static List<String> names(Row row) {
        return WRITES.stream().filter(row.tools).toList();
    }

    /** Makes the calls of a row, unless another test has made them. */
    private static synchronized Result result(Row row) throws Exception {
        Result known = RESULTS.get(row);
        if (known != null) {
            return known;
        }
        Future<String> thrown = THREADS.submit(() -> bench(CLIENT).thrown(row));
        Future<Seen> read = call(row, ToolNames.GET_TICKET);
        List<Future<Seen>> calls =
                names(row).stream().map(name -> call(row, name)).toList();
        List<Seen> writes = new ArrayList<>();
        for (Future<Seen> call : calls) {
            writes.add(call.get(60, TimeUnit.SECONDS));
        }
        Result result = new Result(thrown.get(60, TimeUnit.SECONDS), read.get(60, TimeUnit.SECONDS), writes);
        RESULTS.put(row, result);
        return result;
    }

    private static FaultBench bench(String name) {
        return java.util.Objects.requireNonNull(BENCHES.get(name));
    }

    private static Future<Seen> call(Row row, String name) {
        return THREADS.submit(() -> bench(name).call(row, name));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_call_ends_with_a_true_answer_at_most_one_write_and_a_usable_client(Row row) throws Exception {
        Result result = result(row);

        assertThat(result.thrown()).isEqualTo(row.thrown);
        assertThat(result.read().code()).as(result.read().toString()).isEqualTo(row.read);
        assertThat(result.read().afterwards()).isEqualTo("usable");
        assertThat(result.writes()).hasSize(names(row).size());
        assertThat(result.writes().stream()
                        .filter(seen -> !wrong(row, seen).isEmpty())
                        .map(seen -> wrong(row, seen) + " of " + seen))
                .isEmpty();
    }

    /** Says what is not as the row promises; empty if nothing. */
    private static String wrong(Row row, Seen seen) {
        String text = seen.result().text();
        if (!seen.code().equals(row.write)) {
            return seen.code();
        }
        if (seen.arrived() != row.arrived || seen.carriedOut() != row.carriedOut) {
            return seen.arrived() + " arrived, " + seen.carriedOut() + " carried out";
        }
        if (!seen.afterwards().equals("usable")) {
            return seen.afterwards();
        }
        if (!text.toLowerCase(Locale.ROOT).contains(row.says.toLowerCase(Locale.ROOT))) {
            return "another text";
        }
        boolean isOpen = text.contains("Whether it was carried out is unknown.")
                || text.contains("Whether the change was made is unknown.");
        if (isOpen != (row.change == Change.UNKNOWN)) {
            return "an untrue text";
        }
        return isOpen && WAYS_TO_FIND_OUT.stream().noneMatch(text::contains) ? "no way to find out" : "";
    }

    private static final Set<String> WAYS_TO_FIND_OUT = Set.of(
            "Repeat the same call within 60 minutes: it first checks whether this one was carried out.",
            "Check that before you retry, or it may be done twice.");

    @Test
    void every_tool_that_writes_is_tried() {
        assertThat(WRITES).hasSize(29);
        assertThat(rows().filter(row -> names(row).equals(WRITES))).hasSizeGreaterThan(60);
    }

    /** Not a row of the table, because it needs a gateway that does not read. */
    @Test
    void an_upload_that_the_server_stops_reading_ends_with_a_true_answer() throws Exception {
        Files.write(folder.resolve(FILE), new byte[LARGER_THAN_THE_BUFFERS_OF_SOCKETS]);
        List<String> uploads = WRITES.stream()
                .filter(name -> Catalogue.get(name).param(Uploader.ARGUMENT) != null)
                .toList();

        assertThat(uploads).hasSize(5);
        // One after another: the repeated uploads, which are read, must not reach the time limit on a busy machine.
        for (String name : uploads) {
            assertThat(upload(FaultTable.unread(), name)).isEmpty();
        }
    }

    private static String upload(Row row, String name) throws Exception {
        Map<String, Object> arguments = UntrueAnswersTest.arguments(Catalogue.get(name));
        arguments.put(Uploader.ARGUMENT, List.of(Map.of("reference", FILE, "file_name", FILE)));
        try (FaultBench bench = new FaultBench()) {
            bench.sendsFilesOf(folder);
            Seen seen = bench.call(row, name, arguments);
            String wrong = wrong(row, seen);
            return wrong.isEmpty() ? "" : wrong + " of " + seen;
        }
    }

    @Test
    void nothing_follows_a_redirect_to_another_host() throws Exception {
        for (Row row :
                rows().filter(row -> row.group.equals("The server redirects")).toList()) {
            assertThat(result(row).writes()).extracting(Seen::arrived).containsOnly(1);
        }
        assertThat(table.elsewhere().requests()).isZero();
    }

    @Test
    void an_answer_of_two_gigabytes_is_left_after_a_few_megabytes() throws Exception {
        for (Row row : rows().filter(row -> row.name.equals("2 GB")).toList()) {
            assertThat(result(row).thrown()).startsWith("InvalidResponseException");
        }
        // A million values have two megabytes; the buffers of the sockets hold some more.
        assertThat(table.longest().get()).isBetween(2_000_000L, 32_000_000L);
    }

    @Test
    void the_page_shows_what_was_seen() throws Exception {
        StringBuilder page = new StringBuilder(FAULTS);
        String group = "";
        int calls = 0;
        for (Row row : table.rows()) {
            Result result = result(row);
            calls += result.writes().size();
            if (!row.group.equals(group)) {
                group = row.group;
                page.append("\n### ").append(group).append("\n\n").append(HEAD);
            }
            page.append(line(row, result));
        }
        String faults = page.toString()
                .replace("{faults}", String.valueOf(table.rows().size()))
                .replace("{tools}", String.valueOf(WRITES.size()))
                .replace("{calls}", String.format(Locale.ROOT, "%,d", calls))
                .replace("{run}\n", ReliabilityPage.run());
        if (Accepted.ACCEPT) {
            ReliabilityPage.write("", PAGE);
            ReliabilityPage.write("Faults", faults);
        }
        String written = ReliabilityPage.section("Faults");
        assertThat(ReliabilityPage.section("")).isEqualTo(PAGE);
        assertThat("\n## Faults\n\n" + ReliabilityPage.withRunOf(written, faults))
                .isEqualTo(written);
    }

    private static String line(Row row, Result result) {
        long good = result.writes().stream()
                .filter(seen -> wrong(row, seen).isEmpty())
                .count();
        return "| "
                + String.join(
                        " | ",
                        row.name,
                        result.thrown(),
                        code(result.read().code()),
                        code(row.write),
                        row.change.words,
                        String.valueOf(row.arrived),
                        String.valueOf(row.carriedOut),
                        good + " of " + result.writes().size())
                + " |\n";
    }

    private static String code(String code) {
        return code.equals("done") ? code : "`" + code + "`";
    }

    private static final String HEAD = """
            | fault | the client throws | a read answers | a write answers | the change | arrived | carried out | as expected |
            |---|---|---|---|---|---|---|---|
            """;

    private static final String PAGE = """
            # Reliability

            What becomes of a call if the network, or the service, fails, and if very many calls are made. This command makes all
            figures of the page. Each section says on which machine, at which commit, and with which seed.

            ```sh
            mvn -Pnightly verify -pl desk365-mcp-tools,examples/mcp-server -am -Daccept -Djacoco.skip \\
              -Dtest=FaultTableTest,ChaosTest,LoadTest -Dit.test=SessionLoadIT \\
              -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
            ```
            """;

    private static final String FAULTS = """
            `FaultTableTest` runs in each build, and fails if anything in these tables is no longer true. Each of the {tools} tools that
            write meets each of {faults} faults: {calls} calls over real sockets. (409 has two rows, each for a part of the tools.) A gateway
            in front of the [sandbox](../examples/sandbox/README.md) causes each fault once, at the request that writes. For every call, the
            test checks that:

            - it ends within its limit, which is 2.5 seconds where the server never finishes, and at most one request that writes has arrived;
            - its answer is true: if it says that nothing was done, the sandbox has carried out nothing; if it says that the change was
              made, the sandbox has made it once; if the outcome is unknown, the answer says so, and how to find out;
            - the way to find out works: a tool that creates something is called again, as its answer says. Then there is one record, or
              the answer says that a person must check, because the service does not say when it made that kind of record;
            - the client can be used afterwards: no connection is lost, none stays open, and the next request succeeds;
            - a redirect is not followed, so no other host gets the API key.

            The five tools that send files also meet a server that stops reading an upload of 16 MB, with the same checks: the call ends
            once the server has taken no byte for the write timeout, which is 60 seconds, and here 2.5.

            The columns: what the client throws for a new note; the [error code](answers.md) of `get_single_desk_365_ticket_by_id`; the
            error code of the tools that write; what their answers say about the change; how many requests that write arrived at the
            gateway, even if only in part; how many the sandbox carried out; and how many of these tools did as expected.

            | | |
            |---|---|
            | seed | none: nothing is random |
            {run}
            """;
}
