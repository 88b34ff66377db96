package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the jar over standard input and output, with a helpdesk that does not answer. */
@Timeout(120)
class StdioCallsIT {

    private final TestSandbox sandbox = TestSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void forty_five_stalled_calls_time_out_together() throws Exception {
        try (Server server = new Server("--timeout", "8")) {
            sandbox.stall(45);
            long start = System.nanoTime();
            for (int i = 0; i < 45; i++) {
                server.write(Messages.call(10 + i, GET_TICKET, "{\"ticket_number\":4052}"));
            }
            sandbox.awaitExchanges(45);
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
            sandbox.stall(1);
            server.write(Messages.call(10, GET_TICKET, "{\"ticket_number\":4052}"));
            sandbox.awaitExchanges(1);
            server.write(Messages.call(11, CREATE_NOTE, "{\"ticket_number\":4052,\"body\":\"No more\"}"));

            server.cancel(11);
            server.cancel(10);

            server.write(Messages.call(12, GET_TICKET, "{\"ticket_number\":4052}"));
            assertThat(server.read()).contains("\"id\":12", "Checkout is down");
            assertThat(sandbox.exchanges())
                    .as("the read that was stopped, and the last one")
                    .hasSize(2);
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
            process = ServerProcess.on(sandbox, List.of(), arguments)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            input = process.outputWriter(UTF_8);
            output = process.inputReader(UTF_8);
            write(Messages.INITIALIZE);
            read();
            write(Messages.INITIALIZED);
        }

        void cancel(int id) throws IOException {
            write(Messages.cancel(id));
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
