package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the jar over standard input and output, with a helpdesk that does not answer. */
@Timeout(120)
class StdioCallsIT {

    private static final String GET = "get_single_desk_365_ticket_by_id";
    private static final String NOTE = "create_a_desk_365_ticket_note";

    private final Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));
    private final List<Fault> stalls = new ArrayList<>();

    @AfterEach
    void close() {
        stalls.forEach(Fault::release);
        sandbox.close();
    }

    @Test
    void forty_five_stalled_calls_time_out_together() throws Exception {
        try (Server server = new Server("--timeout", "8")) {
            stall(45);
            long start = System.nanoTime();
            for (int i = 0; i < 45; i++) {
                server.write(RawClient.message(10 + i, GET, "{\"ticket_number\":4052}"));
            }
            awaitExchanges(45);
            assertThat(since(start)).as("before the first call ends").isLessThan(Duration.ofSeconds(8));

            for (int i = 0; i < 45; i++) {
                assertThat(server.read()).contains("nothing was changed");
            }
            assertThat(since(start))
                    .as("before a second round of calls would end")
                    .isLessThan(Duration.ofSeconds(16));
        }
    }

    @Test
    void a_waiting_call_that_is_canceled_is_never_started_and_a_running_one_is_stopped() throws Exception {
        try (Server server = new Server("--calls", "1")) {
            stall(1);
            server.write(RawClient.message(10, GET, "{\"ticket_number\":4052}"));
            awaitExchanges(1);
            server.write(RawClient.message(11, NOTE, "{\"ticket_number\":4052,\"body\":\"No more\"}"));

            server.cancel(11);
            server.cancel(10);

            server.write(RawClient.message(12, GET, "{\"ticket_number\":4052}"));
            assertThat(server.read()).contains("\"id\":12", "Checkout is down");
            assertThat(sandbox.exchanges())
                    .as("the read that was stopped, and the last one")
                    .hasSize(2);
        }
    }

    private void stall(int many) {
        for (int i = 0; i < many; i++) {
            Fault stall = Fault.stall();
            stalls.add(stall);
            sandbox.next(stall);
        }
    }

    private void awaitExchanges(int many) throws InterruptedException {
        while (sandbox.exchanges().size() < many) {
            // Sleeps instead of spinning, because the server under test needs the processors.
            Thread.sleep(20);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** The process, with its input and output. */
    private final class Server implements AutoCloseable {

        private final Process process;
        private final Writer input;
        private final BufferedReader output;

        Server(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    System.getProperty("server.jar", "target/desk365-mcp-server.jar")));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().keySet().removeIf(name -> name.startsWith("DESK365_"));
            builder.environment()
                    .putAll(Map.of(
                            "DESK365_BASE_URL", sandbox.baseUrl().toString(), "DESK365_API_KEY", sandbox.apiKey()));
            process = builder.start();
            input = process.outputWriter(UTF_8);
            output = process.inputReader(UTF_8);
            write(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                            + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
            read();
            write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        }

        void cancel(int id) throws IOException {
            write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}");
        }

        void write(String message) throws IOException {
            input.write(message + "\n");
            input.flush();
        }

        String read() throws IOException {
            return String.valueOf(output.readLine());
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
