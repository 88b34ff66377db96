package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.JsonDocument;
import io.modelcontextprotocol.modern.McpSchema.CallToolResult;
import io.modelcontextprotocol.modern.McpSchema.Result;
import io.modelcontextprotocol.modern.server.McpAsyncResponse;
import io.modelcontextprotocol.modern.server.McpFeature;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

@Timeout(30)
class StdioTransportTest {

    // Kept in a field: a logger that is garbage-collected loses its level.
    private static final Logger LOG = Logger.getLogger("desk365.server");

    /** One test causes an error on purpose; its stack trace would look like a failed build. */
    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void restore() {
        LOG.setLevel(null);
    }

    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}\n";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";
    private static final String BEGIN = INITIALIZE + INITIALIZED;

    /** A message may have 1 MB, and all messages at once 2 MB. */
    private static final long MEMORY = 16 << 20;

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The open requests of the method {@code wait}. */
    private final BlockingQueue<Sinks.One<Object>> waiting = new LinkedBlockingQueue<>();

    /** How many large answers were made. */
    private final AtomicInteger large = new AtomicInteger();

    private final CompletableFuture<McpServerTransport> client = new CompletableFuture<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static String request(Object id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{}}\n";
    }

    private StdioTransport transport(InputStream input, OutputStream output) {
        StdioTransport transport = new StdioTransport(
                input, new PrintStream(output, false, UTF_8), StrictJson.MAPPER, message -> {}, MEMORY);
        transport.setSessionFactory(this::session);
        return transport;
    }

    private StdioTransport transport(String input) {
        return transport(new ByteArrayInputStream(input.getBytes(UTF_8)), written);
    }

    /** Creates the SDK's session with the methods of this test. */
    private McpServerSession session(McpServerTransport transport) {
        client.complete(transport);
        return session(transport, "test");
    }

    private McpServerSession session(McpServerTransport transport, String name) {
        InitializeResult begun = InitializeResult.builder(
                        "2025-11-25",
                        ServerCapabilities.builder().build(),
                        Implementation.builder(name, "1").build())
                .build();
        return new McpServerSession(
                "test",
                Duration.ofMinutes(1),
                transport,
                asked -> Mono.just(begun),
                Map.of(
                        "echo", (exchange, params) -> Mono.just(Map.of()),
                        "wait",
                                (exchange, params) -> {
                                    Sinks.One<Object> answer = Sinks.one();
                                    waiting.add(answer);
                                    return answer.asMono();
                                },
                        "later",
                                (exchange, params) -> {
                                    Sinks.One<Object> begin = Sinks.one();
                                    waiting.add(begin);
                                    return begin.asMono().flatMap(now -> exchange.ping());
                                },
                        "large",
                                (exchange, params) -> {
                                    large.incrementAndGet();
                                    return Mono.just(Map.of("x", "x".repeat(1_000_000)));
                                },
                        "exhausting", (exchange, params) -> Mono.just(new Exhausting()),
                        "unwritable", (exchange, params) -> Mono.just(new Unwritable()),
                        "fail", (exchange, params) -> Mono.error(new IllegalStateException("broken")),
                        "ask", (exchange, params) -> exchange.ping()),
                Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ticket_number\":8906,\"ticket_number\":8907}",
                "{\"ticket_number\":8906,\"ticket\\u005fnumber\":8907}",
                "{\"a\":[{\"b\":1,\"b\":2}]}"
            })
    void a_message_with_a_name_twice_in_one_object_is_refused(String params) throws Exception {
        transport(BEGIN + request(1, "echo").replace("{}", params) + request(2, "echo"))
                .serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"id\":0"),
                        refused -> assertThat(refused)
                                .contains("\"id\":1", "the same name twice", "Nothing was done", "-32700"),
                        next -> assertThat(next).contains("\"id\":2", "result"));
    }

    private List<Map<String, Object>> answers() {
        return written.toString(UTF_8)
                .lines()
                .map(line -> JsonDocument.parse(line).toMap())
                .toList();
    }

    private static Map<?, ?> error(Map<String, Object> answer) {
        return (Map<?, ?>) requireNonNull(answer.get("error"));
    }

    /** Ends with the timeout of the test if the condition holds for too long. */
    private static void awaitWhile(BooleanSupplier condition) throws InterruptedException {
        while (condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    /** Serves in a separate thread, and waits until that thread waits for the open responses. */
    private Future<?> servedToTheEndOf(StdioTransport transport, int due) throws InterruptedException {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        Future<?> served = threads.submit(() -> {
            started.complete(Thread.currentThread());
            transport.serve(LONG);
            return null;
        });
        awaitWhile(() -> waiting.size() < due || started.join().getState() != Thread.State.TIMED_WAITING);
        return served;
    }

    @Test
    void every_request_is_answered_and_the_last_line_needs_no_line_break() throws Exception {
        transport(BEGIN + "\r\n" + request("\"ï\"", "echo").replace("\n", "\r\n")
                        + request(2, "echo").strip())
                .serve(LONG);

        assertThat(answers()).extracting(answer -> answer.get("id")).containsExactly(0, "ï", 2);
        assertThat(answers()).allMatch(answer -> answer.containsKey("result"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void a_byte_order_mark_before_the_first_message_is_skipped(int bytesAtOnce) throws Exception {
        transport(slow("\uFEFF" + BEGIN + request(1, "echo"), bytesAtOnce), written)
                .serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"id\":0", "result"),
                        line -> assertThat(line).contains("\"id\":1", "result"));
    }

    private static InputStream slow(String text, int bytesAtOnce) {
        return new FilterInputStream(new ByteArrayInputStream(text.getBytes(UTF_8))) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, bytesAtOnce));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void an_input_of_a_byte_order_mark_alone_ends(int bytesAtOnce) throws Exception {
        transport(slow("\uFEFF", bytesAtOnce), written).serve(LONG);
        transport("").serve(LONG);

        assertThat(written.size()).isZero();
    }

    @Test
    void a_ping_is_answered_before_the_handshake_and_during_it() throws Exception {
        transport(request(7, "ping") + INITIALIZE + request("\"p\"", "ping") + INITIALIZED)
                .serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .containsExactlyInAnyOrder(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
                        written.toString(UTF_8)
                                .lines()
                                .filter(line -> line.contains("\"id\":0"))
                                .findFirst()
                                .orElseThrow(),
                        "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
    }

    @Test
    void a_line_that_is_not_a_message_is_answered_with_an_error_and_skipped() throws Exception {
        transport("\nnonsense\n[]\n" + BEGIN + "{\"jsonrpc\":\"2.0\"}\n" + request(1, "echo"))
                .serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"id\":null", "-32700", "This is not JSON."),
                        line -> assertThat(line).contains("\"id\":null", "-32600", "not a JSON-RPC message"),
                        line -> assertThat(line).contains("\"id\":0", "result"),
                        line -> assertThat(line).contains("\"id\":null", "-32600"),
                        line -> assertThat(line).contains("\"id\":1", "result"));
    }

    @Test
    void responses_to_what_was_not_asked_are_not_answered() throws Exception {
        transport(BEGIN
                        + "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n"
                        + "{\"jsonrpc\":\"2.0\",\"id\":8,\"error\":{\"code\":1,\"message\":\"no\"}}\n"
                        + request(1, "echo"))
                .serve(LONG);

        assertThat(answers()).extracting(answer -> answer.get("id")).containsExactly(0, 1);
    }

    @Test
    void a_message_that_the_further_check_refuses_is_not_handled() throws Exception {
        StdioTransport transport = new StdioTransport(
                new ByteArrayInputStream((BEGIN + request(1, "wait") + request(2, "echo")).getBytes(UTF_8)),
                new PrintStream(written, false, UTF_8),
                StrictJson.MAPPER,
                message -> {
                    if (message instanceof JSONRPCRequest request
                            && request.method().equals("wait")) {
                        throw new RefusedMessage(request.id(), -32602, "Not today.");
                    }
                },
                MEMORY);
        transport.setSessionFactory(this::session);

        transport.serve(LONG);

        assertThat(waiting).isEmpty();
        assertThat(error(answers().get(1))).extracting("message").isEqualTo("Not today.");
        assertThat(answers()).extracting(answer -> answer.get("id")).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_that_shows_cards_is_served_by_the_server_for_them(boolean showsCards) throws Exception {
        String capabilities = showsCards
                ? "{\"extensions\":{\"io.modelcontextprotocol/ui\":{\"mimeTypes\":[\"text/html;profile=mcp-app\"]}}}"
                : "{}";
        StdioTransport transport = transport(
                BEGIN.replace("\"capabilities\":{}", "\"capabilities\":" + capabilities) + request(1, "echo"));
        transport.cards().setSessionFactory(cards -> session(cards, "cards"));

        transport.serve(LONG);

        assertThat(written.toString(UTF_8).lines().findFirst())
                .hasValueSatisfying(
                        begun -> assertThat(begun).contains(showsCards ? "\"name\":\"cards\"" : "\"name\":\"test\""));
        assertThat(answers()).hasSize(2).allMatch(answer -> answer.containsKey("result"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tools/call\"",
                "\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":\"s3cret\"}",
                "\"tools/call\",\"params\":[\"s3cret\"]",
                "\"tools/call\",\"params\":{\"name\":{\"s3cret\":1},\"arguments\":{}}",
                "\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":{},\"_meta\":\"s3cret\"}",
                "\"tools/list\",\"params\":\"s3cret\"",
                "\"resources/read\",\"params\":{\"uri\":[\"s3cret\"]}",
                "\"prompts/get\",\"params\":{\"name\":\"x\",\"arguments\":\"s3cret\"}",
                "\"completion/complete\",\"params\":{\"argument\":\"s3cret\"}",
                "\"initialize\",\"params\":{\"protocolVersion\":{\"s3cret\":1}}"
            })
    void parameters_of_a_wrong_type_are_refused_under_their_id_in_plain_words(String method) throws Exception {
        transport("{\"jsonrpc\":\"2.0\",\"id\":\"a7\",\"method\":" + method + "}\n")
                .serve(LONG);

        assertThat(written.toString(UTF_8))
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"a7\",\"error\":{")
                .contains("-32602")
                .doesNotContain("s3cret", "McpSchema", "jackson")
                .hasLineCount(1);
    }

    @Test
    void a_request_before_initialize_is_answered_with_how_to_start() throws Exception {
        transport(request(1, "echo") + BEGIN + request(1, "echo")).serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"id\":1", "-32600", "Send initialize"),
                        line -> assertThat(line).contains("\"id\":0", "result"),
                        line -> assertThat(line).contains("\"id\":1", "result"));
    }

    @Test
    void neither_progress_nor_a_request_to_the_client_is_mistaken_for_the_response() throws Exception {
        StdioTransport transport = transport(BEGIN + request(1, "wait"));
        client.join()
                .sendMessage(new JSONRPCNotification("notifications/progress", Map.of()))
                .block();
        client.join().sendMessage(new JSONRPCRequest("question", 7)).block();

        Future<?> served = servedToTheEndOf(transport, 1);
        assertThat(served).isNotDone();
        waiting.remove().tryEmitValue("done").orThrow();

        served.get();
        assertThat(written.toString(UTF_8).lines()).last().asString().contains("\"id\":1", "done");
    }

    @Test
    void all_running_requests_are_answered_once_after_the_end_of_the_input() throws Exception {
        StringBuilder input = new StringBuilder(BEGIN);
        IntStream.rangeClosed(1, 100).forEach(id -> input.append(request(id, "wait")));

        Future<?> served = servedToTheEndOf(transport(input.toString()), 100);
        for (Sinks.One<Object> answer : waiting) {
            threads.execute(() -> answer.tryEmitValue("done").orThrow());
        }

        served.get();
        assertThat(answers())
                .extracting(answer -> answer.get("id"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(0, 100).boxed().toList());
    }

    @Test
    void after_the_end_of_the_input_it_does_not_wait_forever() throws Exception {
        StdioTransport transport = transport(BEGIN + request(1, "wait"));
        transport.serve(Duration.ofMillis(1));
        transport.awaitAnswers(Duration.ofMinutes(5));

        assertThat(waiting).hasSize(1);
    }

    @Test
    void the_answers_to_running_requests_can_be_awaited() throws Exception {
        PipedOutputStream input = new PipedOutputStream();
        StdioTransport transport = transport(new PipedInputStream(input), written);
        Future<?> served = served(transport);
        input.write((BEGIN + request(1, "wait")).getBytes(UTF_8));
        input.flush();
        Sinks.One<Object> answer = waiting.take();
        CompletableFuture<Thread> started = new CompletableFuture<>();
        Future<?> awaited = threads.submit(() -> {
            started.complete(Thread.currentThread());
            transport.awaitAnswers(Duration.ofMinutes(5));
        });
        awaitWhile(() -> !awaited.isDone() && started.join().getState() != Thread.State.TIMED_WAITING);

        assertThat(awaited).isNotDone();
        answer.tryEmitValue("done").orThrow();
        awaited.get();
        assertThat(answers()).extracting(one -> one.get("id")).containsExactly(0, 1);
        input.close();
        served.get();
    }

    private Future<?> served(StdioTransport transport) {
        return threads.submit(() -> {
            transport.serve(LONG);
            return null;
        });
    }

    @Test
    void a_question_to_the_client_is_answered_by_the_client() throws Exception {
        PipedOutputStream input = new PipedOutputStream();
        Future<?> served = served(transport(new PipedInputStream(input), written));
        input.write((BEGIN + request(1, "ask")).getBytes(UTF_8));
        input.flush();
        awaitWhile(() -> !written.toString(UTF_8).endsWith("\n")
                || !written.toString(UTF_8).contains("\"ping\""));

        Map<String, Object> question = answers().get(1);
        input.write(("{\"jsonrpc\":\"2.0\",\"id\":\"" + question.get("id") + "\",\"result\":{}}\n").getBytes(UTF_8));
        input.close();

        served.get();
        assertThat(answers()).hasSize(3);
        assertThat(answers().get(2)).containsEntry("id", 1).containsKey("result");
    }

    @Test
    void a_question_after_the_end_of_the_input_is_answered_with_an_error() throws Exception {
        Future<?> served = servedToTheEndOf(transport(BEGIN + request(1, "later")), 1);
        waiting.remove().tryEmitValue("now").orThrow();

        served.get();
        assertThat(written.toString(UTF_8).lines()).last().asString().contains("\"id\":1", "has closed standard input");
    }

    @Test
    void no_further_requests_are_read_while_the_client_reads_no_answers() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        StdioTransport transport = transport(
                new ByteArrayInputStream((BEGIN + request(1, "large").repeat(60)).getBytes(UTF_8)),
                new FilterOutputStream(written) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        try {
                            reads.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        out.write(bytes, offset, length);
                    }
                });
        Future<?> served = served(transport);
        awaitWhile(() -> large.get() < 60 && !isReaderWaiting());

        assertThat(large.get()).isLessThan(60);
        reads.countDown();
        served.get();
        assertThat(written.toString(UTF_8).lines()).hasSize(61);
    }

    private boolean isReaderWaiting() {
        return large.get() > 16
                && Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread ->
                                thread.getName().equals("stdio-in") && thread.getState() == Thread.State.WAITING);
    }

    @Test
    void open_requests_to_a_client_that_left_are_answered_with_an_error() throws Exception {
        transport(BEGIN + request(1, "ask")).serve(LONG);

        assertThat(written.toString(UTF_8).lines()).last().asString().contains("\"id\":1", "has closed standard input");
    }

    @Test
    void many_threads_can_send_at_once() throws Exception {
        int each = 200;
        PipedOutputStream input = new PipedOutputStream();
        StdioTransport transport = transport(new PipedInputStream(input), written);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 16; writer++) {
            String name = "w" + writer + "-";
            writers.add(threads.submit(() -> {
                together.await();
                for (int i = 0; i < each; i++) {
                    client.join()
                            .sendMessage(new JSONRPCNotification(name + i, Map.of("text", "x".repeat(i))))
                            .block();
                }
                return null;
            }));
        }
        Future<?> served = threads.submit(() -> {
            transport.serve(LONG);
            return null;
        });

        together.countDown();
        for (Future<?> writer : writers) {
            writer.get();
        }
        input.close();
        served.get();

        assertThat(answers())
                .extracting(answer -> answer.get("method"))
                .hasSize(16 * each)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_client_may_send_all_requests_before_it_reads_anything() throws Exception {
        PipedInputStream read = new PipedInputStream(16);
        CountDownLatch allTaken = new CountDownLatch(1);
        StringBuilder input = new StringBuilder(BEGIN);
        IntStream.rangeClosed(1, 1000).forEach(id -> input.append(request(id, "echo")));
        InputStream all = new SequenceInputStream(
                new ByteArrayInputStream(input.toString().getBytes(UTF_8)), new InputStream() {
                    @Override
                    public int read() {
                        allTaken.countDown();
                        return -1;
                    }
                });
        StdioTransport transport = transport(all, new PipedOutputStream(read));

        Future<?> served = threads.submit(() -> {
            transport.serve(LONG);
            return null;
        });
        allTaken.await();

        BufferedReader lines = new BufferedReader(new InputStreamReader(read, UTF_8));
        for (int i = 0; i <= 1000; i++) {
            assertThat(lines.readLine()).contains("\"id\":" + i + ",");
        }
        served.get();
    }

    // Limits.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":\"a,7}\",\"method\":\"echo\",\"params\":{\"x\":\"LONG\"}}",
                "{\"method\": \"echo\", \"params\": {\"id\": 1, \"x\": \"LONG\\\",\"}, \"id\": \"a,7}\" }",
                "{\"x\":\"LONG\",\"y\":[{\"id\":2}],\"id\" : \"a,7}\",\"z\":\"\\\\\",\"method\":\"echo\"}"
            })
    void a_line_that_is_too_long_is_refused_under_its_id_and_the_next_line_is_read(String line) throws Exception {
        transport(BEGIN + line.replace("LONG", "é{[\\\"".repeat(300_000)) + "\n" + request(3, "echo"))
                .serve(LONG);

        assertThat(answers().get(1)).containsEntry("id", "a,7}");
        assertThat(error(answers().get(1)))
                .extracting("code", "message")
                .containsExactly(
                        -32600, "This message has more than 1048576 bytes. Nothing was done; send less at a time.");
        assertThat(answers().get(2)).containsEntry("id", 3).containsKey("result");
    }

    @Test
    void a_message_of_exactly_the_most_bytes_is_handled() throws Exception {
        String empty = request(1, "echo").replace("{}", "{\"x\":\"\"}");
        String most = empty.replace("\"\"", "\"" + "x".repeat((1 << 20) + 1 - empty.length()) + "\"");

        transport(BEGIN + most + most.replace("\"x\":", "\"yy\":")).serve(LONG);

        assertThat(answers().get(1)).containsKey("result");
        assertThat(answers().get(2)).containsKey("error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":\"LONG\"}",
                "{\"id\":\"LONG\",\"method\":\"echo\"}",
                "{\"id\":{\"x\":3},\"method\":\"LONG\"}",
                "LONG"
            })
    void a_long_line_that_is_no_request_or_has_no_usable_id_is_refused_without_an_id(String line) throws Exception {
        transport(BEGIN + line.replace("LONG", "x".repeat(2 << 20)) + "\n" + request(3, "echo"))
                .serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"id\":0"),
                        refused -> assertThat(refused).contains("\"id\":null", "-32600"),
                        next -> assertThat(next).contains("\"id\":3", "result"));
    }

    @Test
    void large_messages_are_refused_while_others_are_being_handled() throws Exception {
        String large = request(1, "wait").replace("{}", "{\"x\":\"" + "x".repeat(900_000) + "\"}");
        StdioTransport transport = transport(
                BEGIN + large + large.replace("\"id\":1", "\"id\":2") + large.replace("\"id\":1", "\"id\":3"));

        Future<?> served = servedToTheEndOf(transport, 2);
        for (Sinks.One<Object> answer : waiting) {
            answer.tryEmitValue("done").orThrow();
        }

        served.get();
        assertThat(answers().get(1)).containsEntry("id", 3);
        assertThat(error(answers().get(1)).get("message"))
                .asString()
                .startsWith("The server is busy with other large messages. Nothing was done;");
        assertThat(answers()).extracting(answer -> answer.get("id")).containsExactly(0, 3, 1, 2);
    }

    @Test
    void many_large_messages_one_after_the_other_are_all_answered() throws Exception {
        String large = request(1, "echo").replace("{}", "{\"x\":\"" + "x".repeat(900_000) + "\"}");

        transport(BEGIN + large.repeat(10)).serve(LONG);

        assertThat(answers()).hasSize(11).allMatch(answer -> answer.containsKey("result"));
    }

    @Test
    void a_message_of_too_many_values_or_levels_is_refused() throws Exception {
        transport(BEGIN
                        + request(1, "echo").replace("{}", "{\"x\":[" + "{},".repeat(200_000) + "0]}")
                        + request(2, "echo").replace("{}", "[".repeat(200) + "]".repeat(200))
                        + request(3, "echo").replace("{}", "[".repeat(199) + "]".repeat(199)))
                .serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"id\":0"),
                        many -> assertThat(many).contains("\"id\":1", "more than 200000 values"),
                        deep -> assertThat(deep).contains("\"id\":2", "deeper than 200 levels"),
                        next -> assertThat(next).contains("\"id\":3", "result"));
    }

    @Test
    void another_encoding_that_hides_the_structure_of_a_message_is_refused() throws Exception {
        byte[] hidden =
                request(1, "echo").strip().replace("{}", "{\"x\":\"\u2201\"}").getBytes(UTF_16LE);
        InputStream input = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(BEGIN.getBytes(UTF_8)),
                new ByteArrayInputStream(hidden),
                new ByteArrayInputStream(("\n" + request(2, "echo")).getBytes(UTF_8)))));

        transport(input, written).serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"id\":0"),
                        refused -> assertThat(refused).contains("\"id\":null", "not JSON in UTF-8"),
                        next -> assertThat(next).contains("\"id\":2", "result"));
    }

    // Cancellation.

    @Test
    void a_canceled_request_is_stopped_and_not_answered() throws Exception {
        PipedOutputStream input = new PipedOutputStream();
        StdioTransport transport = transport(new PipedInputStream(input), written);
        Future<?> served = threads.submit(() -> {
            transport.serve(LONG);
            return null;
        });
        input.write((BEGIN + request(1, "wait") + request("\"1\"", "wait")).getBytes(UTF_8));
        Sinks.One<Object> first = waiting.take();
        Sinks.One<Object> second = waiting.take();

        // A request that does not exist, and one that is canceled twice.
        for (Object id : List.of(7, 1, 1)) {
            input.write(("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id
                            + "}}\n")
                    .getBytes(UTF_8));
        }
        input.write(request(2, "echo").getBytes(UTF_8));
        input.close();
        awaitWhile(() -> first.currentSubscriberCount() > 0);
        assertThat(second.currentSubscriberCount()).isOne();
        second.tryEmitValue("done").orThrow();

        served.get();
        assertThat(answers()).extracting(answer -> answer.get("id")).containsExactlyInAnyOrder(0, "1", 2);
    }

    // Modern requests.

    private static String modern(Object id, String method) {
        return request(id, method)
                .replace(
                        "{}",
                        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}");
    }

    /** Adds the SDK's server for modern clients, with the methods of this test. */
    private StdioTransport withModern(StdioTransport transport) {
        transport.setModern(() -> McpServer.builder()
                .serverInfo(io.modelcontextprotocol.modern.McpSchema.Implementation.builder("test", "1")
                        .build())
                .jsonMapper(StrictJson.MAPPER)
                .feature(new McpFeature() {

                    @Override
                    public Set<String> methods() {
                        return Set.of("echo", "wait");
                    }

                    @Override
                    public Mono<McpAsyncResponse<Result>> handle(McpRequestContext context, Object params) {
                        if (context.method().equals("echo")) {
                            Mono<Result> answer = Mono.<Result>just(
                                            CallToolResult.builder().build())
                                    .subscribeOn(Schedulers.fromExecutor(threads));
                            return Mono.just(McpAsyncResponse.streaming(notifier -> answer));
                        }
                        Sinks.One<Object> answer = Sinks.one();
                        waiting.add(answer);
                        return answer.asMono()
                                .map(done -> McpAsyncResponse.result(
                                        CallToolResult.builder().build()));
                    }
                })
                .build());
        return transport;
    }

    @Test
    void modern_requests_need_no_handshake_and_a_handshake_is_still_possible() throws Exception {
        withModern(transport(modern(1, "server/discover")
                        + modern(2, "echo")
                        + request(3, "server/discover")
                        + BEGIN
                        + request(4, "echo")
                        + modern(5, "echo")))
                .serve(LONG);

        assertThat(answers()).extracting(answer -> answer.get("id")).containsExactlyInAnyOrder(1, 2, 3, 0, 4, 5);
        assertThat(answers())
                .filteredOn(answer -> answer.containsKey("error"))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.get("id")).isEqualTo(3);
                    assertThat(error(answer).get("code")).isEqualTo(-32602);
                });
    }

    @Test
    void of_many_modern_requests_at_once_each_is_answered_once() throws Exception {
        int requests = 2_000;

        withModern(transport(IntStream.range(0, requests)
                        .mapToObj(id -> modern(id, "echo"))
                        .collect(Collectors.joining())))
                .serve(LONG);

        assertThat(answers()).allMatch(answer -> answer.containsKey("result"));
        assertThat(answers())
                .extracting(answer -> answer.get("id"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, requests).boxed().toList());
    }

    @Test
    void modern_requests_under_way_are_answered_after_the_end_of_the_input_unless_they_are_canceled() throws Exception {
        StdioTransport transport = withModern(transport(modern(1, "wait")
                + modern(2, "wait")
                + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}\n"));
        Future<?> served = servedToTheEndOf(transport, 2);

        for (Sinks.One<Object> one : waiting) {
            one.tryEmitValue("done");
        }

        served.get();
        assertThat(answers()).extracting(answer -> answer.get("id")).containsExactly(2);
    }

    // Failures that end the server.

    @Test
    void a_response_that_cannot_be_serialized_is_replaced_by_an_error() throws Exception {
        transport(BEGIN + request(1, "unwritable") + request(2, "fail")).serve(LONG);

        assertThat(written.toString(UTF_8).lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"id\":0"),
                        fault ->
                                assertThat(fault).contains("\"id\":1", "-32603").doesNotContain("s3cret"),
                        failed -> assertThat(failed).contains("\"id\":2", "error"));
    }

    public static final class Unwritable {

        public String getText() {
            throw new IllegalStateException("s3cret");
        }
    }

    public static final class Exhausting {

        public String getText() {
            throw new OutOfMemoryError();
        }
    }

    @Test
    void an_answer_that_takes_all_memory_ends_the_server_with_advice() {
        assertThatThrownBy(() -> transport(BEGIN + request(1, "exhausting")).serve(LONG))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The server has run out of memory and ends.");
    }

    private static InputStream failing(Throwable fault) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                if (fault instanceof Error error) {
                    throw error;
                }
                throw (IOException) fault;
            }
        };
    }

    @Test
    void a_failing_input_ends_the_server_with_one_sentence() {
        InputStream input = new SequenceInputStream(
                new ByteArrayInputStream(BEGIN.getBytes(UTF_8)), failing(new IOException("s3cret")));

        assertThatThrownBy(() -> transport(input, written).serve(LONG))
                .isInstanceOf(IOException.class)
                .hasMessage("Standard input can no longer be read (IOException).");
    }

    @Test
    void out_of_memory_ends_the_server_with_advice() {
        assertThatThrownBy(() ->
                        transport(failing(new OutOfMemoryError()), written).serve(LONG))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The server has run out of memory and ends. Give it more memory, for example with -Xmx512m.");
    }

    @Test
    void a_client_that_closes_standard_output_ends_the_server_although_the_input_is_open() throws Exception {
        PipedOutputStream input = new PipedOutputStream();
        StdioTransport transport = transport(new PipedInputStream(input), new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        input.write(BEGIN.getBytes(UTF_8));
        input.flush();

        assertThatThrownBy(() -> transport.serve(LONG))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Standard output can no longer be written: the client has closed it");
        transport.awaitAnswers(LONG);
    }
}
