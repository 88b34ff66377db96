package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StdioLinesTest {

    private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String NOTIFICATION = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private StdioLines lines(String input, Duration patience) {
        return new StdioLines(
                new ByteArrayInputStream(input.getBytes(UTF_8)), output, McpJsonDefaults.getMapper(), patience);
    }

    private static BufferedReader reader(StdioLines lines) {
        return new BufferedReader(new InputStreamReader(lines.input(), UTF_8));
    }

    @Test
    void messages_pass_unchanged_and_the_last_needs_no_line_end() throws Exception {
        StdioLines lines = lines(NOTIFICATION + "\n" + NOTIFICATION.replace("init", "ïnit"), Duration.ZERO);

        assertThat(reader(lines).lines()).containsExactly(NOTIFICATION, NOTIFICATION.replace("init", "ïnit"));
        lines.awaitEnd();
    }

    @Test
    void what_is_no_message_is_answered_and_skipped() throws IOException {
        StdioLines lines = lines("\nnonsense\n[]\n" + NOTIFICATION + "\n{\"jsonrpc\":\"2.0\"}\n", Duration.ZERO);

        assertThat(reader(lines).lines()).containsExactly(NOTIFICATION);
        assertThat(output.toString(UTF_8).lines()).hasSize(3).allMatch(line -> line.contains("-32700"));
    }

    @Test
    void the_input_ends_when_the_last_request_is_answered() throws Exception {
        StdioLines lines = lines(REQUEST + "\n", Duration.ofSeconds(15));
        BufferedReader reader = reader(lines);
        assertThat(reader.readLine()).isEqualTo(REQUEST);

        CompletableFuture<String> end = CompletableFuture.supplyAsync(() -> {
            try {
                return String.valueOf(reader.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        lines.output().write("{\"answer\":".getBytes(UTF_8));
        assertThat(end).isNotDone();
        lines.output().write("1}".getBytes(UTF_8));
        lines.output().write("\n".getBytes(UTF_8));

        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("null");
        assertThat(output.toString(UTF_8)).isEqualTo("{\"answer\":1}\n");
    }

    @Test
    void the_input_ends_at_last_also_if_no_answer_comes() throws Exception {
        StdioLines lines = lines(REQUEST + "\n", Duration.ofMillis(1));

        assertThat(reader(lines).lines()).containsExactly(REQUEST);
        lines.awaitEnd();
    }
}
