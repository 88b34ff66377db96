package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the jar over standard input and output under load. */
// In a separate thread, because a thread that writes to a process that does not read cannot be interrupted.
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StdioIT {

    private static final String BEGIN = Messages.initialize(0, "{}") + "\n" + Messages.INITIALIZED + "\n";
    private static final Pattern ANSWER = Pattern.compile("\\{\"jsonrpc\":\"2.0\",\"id\":(\\d+),\"(result|error)\".*");

    private final TestSandbox sandbox = TestSandbox.start();
    private @Nullable Process process;
    private BufferedReader lines = new BufferedReader(Reader.nullReader());

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
        sandbox.close();
    }

    private Process start(String... options) throws IOException {
        process = ServerProcess.start(sandbox, List.of(options));
        lines = process.inputReader(UTF_8);
        return process;
    }

    private static void send(Process server, String text) throws IOException {
        OutputStream input = server.getOutputStream();
        input.write(text.getBytes(UTF_8));
        input.flush();
    }

    private static String listTickets(int id) {
        return Messages.call(id, LIST_TICKETS, "{}") + "\n";
    }

    /** Returns the ids of the next responses; fewer if some do not arrive. */
    private List<Integer> answered(int count) throws Exception {
        List<Integer> ids = new ArrayList<>();
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> lines.lines()
                .map(ANSWER::matcher)
                .filter(Matcher::matches)
                .limit(count)
                .forEach(answer -> ids.add(Integer.valueOf(answer.group(1)))));
        read.completeOnTimeout(null, 100, SECONDS).join();
        return List.copyOf(ids);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void a_modern_client_needs_no_handshake() throws Exception {
        String claim = ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}\n";
        Process server = start();

        send(
                server,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{\"x\":1" + claim
                        + Messages.call(2, LIST_TICKETS, "{}").replaceFirst("}}$", claim));

        List<String> answers = List.of(lines.readLine(), lines.readLine());
        assertThat(answers)
                .anySatisfy(line -> assertThat(line).contains("\"id\":1,", "\"supportedVersions\":[\"2026-07-28\"]"))
                .anySatisfy(line ->
                        assertThat(line).contains("\"id\":2,", "\"resultType\":\"complete\"", "\"isError\":false"));
    }

    @Test
    void many_concurrent_calls_are_each_answered_once_on_a_busy_machine() throws Exception {
        Process server = start();
        send(server, BEGIN);
        assertThat(answered(1)).containsExactly(0);
        int rounds = 3;
        int calls = 32;
        List<Thread> hogs = Stream.generate(() -> new Thread(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                }))
                .limit(4L * Runtime.getRuntime().availableProcessors())
                .toList();
        hogs.forEach(hog -> hog.setDaemon(true));
        hogs.forEach(Thread::start);
        try {
            for (int round = 0; round < rounds; round++) {
                int first = 1 + round * calls;
                StringBuilder all = new StringBuilder();
                numbers(first, first + calls).forEach(id -> all.append(listTickets(id)));
                send(server, all.toString());
                assertThat(answered(calls))
                        .as("round " + round)
                        .containsExactlyInAnyOrderElementsOf(numbers(first, first + calls));
            }
        } finally {
            hogs.forEach(Thread::interrupt);
        }
        server.getOutputStream().close();
        assertThat(lines.lines()).as("no call is answered twice").isEmpty();
    }

    @Test
    void a_hundred_running_calls_are_each_answered_once_when_the_input_ends() throws Exception {
        Process server = start();
        StringBuilder all = new StringBuilder(BEGIN);
        numbers(1, 101).forEach(id -> all.append(listTickets(id)));
        send(server, all.toString());
        server.getOutputStream().close();

        assertThat(answered(200)).containsExactlyInAnyOrderElementsOf(numbers(0, 101));
        assertThat(server.waitFor()).isZero();
    }

    @Test
    void a_line_that_would_exhaust_the_memory_is_refused_under_its_id_and_the_next_line_is_answered() throws Exception {
        Process server = start("-Xmx300m");
        send(server, BEGIN);
        OutputStream input = server.getOutputStream();
        input.write("{\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":{\"x\":\"".getBytes(UTF_8));
        byte[] megabyte = "x".repeat(1 << 20).getBytes(UTF_8);
        for (int i = 0; i < 60; i++) {
            input.write(megabyte);
        }
        send(server, "\"}},\"jsonrpc\":\"2.0\",\"id\":1}\n" + listTickets(2));

        assertThat(answered(3)).containsExactly(0, 1, 2);
    }

    @Test
    void the_error_for_an_unknown_tool_names_the_nearest_one_and_the_name_is_not_logged() throws Exception {
        Process server = start();
        send(server, BEGIN + listTickets(1).replace("tickets", "tickts"));
        server.getOutputStream().close();

        assertThat(lines.lines())
                .last()
                .asString()
                .contains("\"id\":1", "-32602", "_tickts; did you mean list_all_desk_365_tickets?");
        assertThat(server.errorReader(UTF_8).lines())
                .singleElement()
                .asString()
                .endsWith("A message was refused: This tool does not exist.");
    }

    @Test
    void many_small_values_and_many_large_messages_do_not_end_the_server() throws Exception {
        Process server = start("-Xmx300m");
        send(server, BEGIN);
        String large = listTickets(1).replace("{}", "{\"x\":[" + "{},".repeat(5_000_000) + "0]}");
        String text = listTickets(1).replace("{}", "{\"x\":\"" + "x".repeat(15_000_000) + "\"}");
        send(server, large);
        for (int id = 2; id < 22; id++) {
            send(server, text.replace("\"id\":1", "\"id\":" + id));
        }
        send(server, listTickets(22));

        assertThat(answered(23)).containsExactlyInAnyOrderElementsOf(numbers(0, 23));
    }

    @Test
    void a_client_that_closes_its_input_ends_the_server() throws Exception {
        Process server = start();
        send(server, BEGIN);
        assertThat(answered(1)).containsExactly(0);

        server.getInputStream().close();
        send(server, listTickets(1));

        assertThat(server.waitFor(30, SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(1);
        assertThat(server.errorReader(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("Standard output can no longer be written");
    }
}
