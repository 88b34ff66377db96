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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class StdioLinesTest {

    private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
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
        assertThat(output.toString(UTF_8).lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("-32700"),
                        line -> assertThat(line).contains("-32600"),
                        line -> assertThat(line).contains("-32600"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tools/call\"",
                "\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":\"s3cret\"}",
                "\"tools/call\",\"params\":[\"s3cret\"]",
                "\"tools/list\",\"params\":\"s3cret\"",
                "\"initialize\",\"params\":{\"protocolVersion\":{\"s3cret\":1}}"
            })
    void parameters_of_a_wrong_kind_are_refused_under_their_id_in_plain_words(String method) throws IOException {
        StdioLines lines = lines("{\"jsonrpc\":\"2.0\",\"id\":\"a7\",\"method\":" + method + "}\n", Duration.ZERO);

        assertThat(reader(lines).lines()).isEmpty();
        assertThat(output.toString(UTF_8))
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"a7\",\"error\":{")
                .contains("-32602")
                .doesNotContain("s3cret", "McpSchema", "jackson");
    }

    @Test
    void what_is_asked_before_the_beginning_is_answered_with_how_to_begin() throws IOException {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
        StdioLines lines = lines(list + "\n" + NOTIFICATION + "\n" + list + "\n", Duration.ZERO);

        assertThat(reader(lines).lines()).containsExactly(NOTIFICATION, list);
        assertThat(output.toString(UTF_8))
                .contains("-32600", "Begin with initialize")
                .hasLineCount(1);
    }

    @Test
    void neither_progress_nor_a_question_to_the_client_is_taken_for_the_answer() throws Exception {
        StdioLines lines = lines(REQUEST + "\n", Duration.ofSeconds(15));
        BufferedReader reader = reader(lines);
        assertThat(reader.readLine()).isEqualTo(REQUEST);

        lines.output().write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n".getBytes(UTF_8));
        lines.output().write("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\"}\n".getBytes(UTF_8));
        Thread end = new Thread(lines::awaitAnswers);
        end.start();
        // It waits, so no race decides: either for the answer below, or not at all.
        while (end.getState() == Thread.State.NEW || end.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        assertThat(end.getState()).isEqualTo(Thread.State.TIMED_WAITING);
        lines.output().write("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n".getBytes(UTF_8));

        end.join();
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
        lines.output().write("{\"jsonrpc\":\"2.0\",\"id\":1,".getBytes(UTF_8));
        assertThat(end).isNotDone();
        lines.output().write("\"result\":{}}".getBytes(UTF_8));
        lines.output().write("\n".getBytes(UTF_8));

        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("null");
        assertThat(output.toString(UTF_8)).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
    }

    @Test
    void the_input_ends_at_last_also_if_no_answer_comes() throws Exception {
        StdioLines lines = lines(REQUEST + "\n", Duration.ofMillis(1));

        assertThat(reader(lines).lines()).containsExactly(REQUEST);
        lines.awaitEnd();
    }
}
