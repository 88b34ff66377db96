package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.ToolDefinition;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts the jar as a desktop client does, and calls it with the official client. */
@Timeout(120)
class ServerJarIT {

    private static final TestSandbox SANDBOX = TestSandbox.start();

    private static final Map<Transport, McpSyncClient> CLIENTS = new EnumMap<>(Transport.class);

    private static @Nullable URI shared;

    /** Clients are closed before their servers. */
    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

    enum Transport {
        STDIO,
        HTTP
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable closeable : OPEN) {
            closeable.close();
        }
        assertThat(SANDBOX.violations()).isEmpty();
        SANDBOX.close();
    }

    // Both transports.

    @ParameterizedTest
    @EnumSource
    void a_client_lists_the_tools_of_the_library_in_their_order(Transport transport) {
        McpSyncClient client = client(transport);

        InitializeResult server = client.initialize();
        List<Tool> tools = client.listTools().tools();

        assertThat(server.serverInfo().name()).isEqualTo("desk365");
        assertThat(server.serverInfo().version()).isEqualTo(System.getProperty("server.version"));
        assertThat(server.instructions()).contains("ticket number", "internal");
        assertThat(tools)
                .extracting(Tool::name)
                .containsExactlyElementsOf(Desk365Tools.all().definitions().stream()
                        .map(ToolDefinition::name)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void a_read_returns_text_and_structured_content(Transport transport) {
        CallToolResult result =
                call(client(transport), "get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052));

        assertThat(result.isError()).isFalse();
        assertThat(structure(result)).containsEntry("subject", "Checkout is down in all our stores");
        Map<String, Object> read =
                new HashMap<>(JsonDocument.parse(text(result)).toMap());
        Matcher marks = Pattern.compile("Text between \\(\\*(\\d+): and :\\1\\*\\) is from people outside.*")
                .matcher(String.valueOf(read.remove("outside")));
        assertThat(marks.matches()).as(text(result)).isTrue();
        assertThat(read)
                .containsEntry("subject", "(*%1$s:Checkout is down in all our stores:%1$s*)".formatted(marks.group(1)));
        String unmarked =
                new JsonDocument(read).toJson().replaceAll("\\(\\*%1$s:|:%1$s\\*\\)".formatted(marks.group(1)), "");
        assertThat(JsonDocument.parse(unmarked).toMap()).isEqualTo(structure(result));
    }

    @ParameterizedTest
    @EnumSource
    void a_write_is_carried_out_once(Transport transport) {
        McpSyncClient client = client(transport);
        String body = "We are on it, over " + transport + ".";

        CallToolResult written =
                call(client, "create_a_desk_365_ticket_note", Map.of("ticket_number", 4101, "body", body));
        CallToolResult read = call(client, "list_all_desk_365_ticket_conversations", Map.of("ticket_number", 4101));

        assertThat(written.isError()).isFalse();
        assertThat(text(read).split(body, -1)).as("once").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void a_reply_is_staged_and_sent_with_the_token_of_its_preview(Transport transport) {
        McpSyncClient client = client(transport);
        String reply = "create_a_desk_365_ticket_reply";
        String body = "We call you, over " + transport + ".";

        CallToolResult preview = call(client, reply, Map.of("ticket_number", 4052, "body", body));
        assertThat(structure(preview)).containsEntry("status", "needs_approval");
        Object token = requireNonNull(structure(preview).get("approval_token"));
        CallToolResult sent = call(client, reply, Map.of("ticket_number", 4052, "body", body, "approval_token", token));

        assertThat(structure(sent)).containsEntry("emailed", List.of("nora.vance@northwind.example"));
    }

    @ParameterizedTest
    @EnumSource
    void an_argument_that_the_sdk_would_refuse_is_repaired_and_the_repair_is_reported(Transport transport) {
        CallToolResult result =
                call(client(transport), "get_single_desk_365_ticket_by_id", Map.of("ticket_number", "#4052"));

        assertThat(result.isError()).isFalse();
        assertThat(result.meta()).containsKey("io.github.desk365mcp/repairs");
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_argument_gets_the_error_message_of_the_library(Transport transport) {
        CallToolResult result = call(client(transport), "get_single_desk_365_ticket_by_id", Map.of("ticket", 4052));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("Nothing was done. Unknown argument ticket (did you mean ticket_number?");
        assertThat(result.structuredContent()).isNull();
        assertThat(result.meta()).containsEntry("io.github.desk365mcp/error", Map.of("code", "invalid_arguments"));
    }

    @ParameterizedTest
    @EnumSource
    void a_ticket_that_does_not_exist_is_reported(Transport transport) {
        CallToolResult result =
                call(client(transport), "get_single_desk_365_ticket_by_id", Map.of("ticket_number", 999_999));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("Desk365 has no record with ticket_number 999999: ");
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_that_does_not_exist_is_a_protocol_error(Transport transport) {
        McpSyncClient client = client(transport);

        assertThatThrownBy(() -> call(client, "delete_everything", Map.of()))
                .isInstanceOfSatisfying(
                        McpError.class,
                        error -> assertThat(error.getJsonRpcError().code()).isEqualTo(-32602))
                .hasMessageContaining("Unknown tool: delete_everything");
        assertThatThrownBy(() -> call(client, "get_single_desk365_ticket", Map.of()))
                .hasMessageContaining("; did you mean get_single_desk_365_ticket_by_id?");
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_key_says_what_to_check_and_not_the_key(Transport transport) {
        McpSyncClient client = client(
                transport, Map.of("DESK365_BASE_URL", SANDBOX.baseUrl().toString(), "DESK365_API_KEY", "wr0ng-key"));

        CallToolResult result = call(client, "get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains("Settings > Integrations > API").doesNotContain("wr0ng-key");
    }

    // Standard input and output.

    @Test
    void every_line_of_output_is_a_message_and_each_request_is_answered_before_the_server_ends_with_its_input()
            throws Exception {
        Process server = start(Map.of());
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\","
                + "\"params\":{\"name\":\"list_all_desk_365_ping\"}}";

        send(server, Messages.INITIALIZE, "no message", Messages.INITIALIZED, ping.formatted(2), ping.formatted(3));
        server.outputWriter().close();

        List<Map<String, Object>> messages = messages(server);
        assertThat(messages).allSatisfy(message -> assertThat(message).containsEntry("jsonrpc", "2.0"));
        assertThat(messages)
                .extracting(message -> String.valueOf(message.get("id")))
                .containsExactlyInAnyOrder("1", "2", "3", "null");
        assertThat(server.waitFor(30, SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(server.errorReader(UTF_8).lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("this server uses the sandbox at"))
                .anyMatch(line -> line.contains("refused: This is not JSON."))
                .noneMatch(line -> line.contains("no message"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void definitions_arrive_with_all_keys_in_their_order() throws Exception {
        Process server = start(account());

        send(
                server,
                Messages.INITIALIZE,
                Messages.INITIALIZED,
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
        server.outputWriter().close();

        Map<?, ?> listed = (Map<?, ?>) requireNonNull(messages(server).get(1).get("result"));
        List<String> definitions = ((List<?>) requireNonNull(listed.get("tools")))
                .stream()
                        .map(tool -> new JsonDocument((Map<String, ?>) tool).toJson())
                        .toList();
        assertThat(definitions)
                .containsExactlyElementsOf(Desk365Tools.all().definitions().stream()
                        .map(ToolDefinition::toJson)
                        .toList());
    }

    @Test
    void an_incomplete_environment_ends_the_server_at_once() throws Exception {
        Process server = start(Map.of("DESK365_API_KEY", "s3cret"));

        assertThat(server.waitFor(30, SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(2);
        assertThat(server.inputReader(UTF_8).lines()).isEmpty();
        assertThat(server.errorReader(UTF_8).lines()).singleElement().asString().doesNotContain("s3cret");
    }

    enum End {
        OF_INPUT,
        OF_PROCESS
    }

    @ParameterizedTest
    @EnumSource
    void a_running_call_that_reported_progress_is_answered_before_the_end(End end) throws Exception {
        try (TestSandbox sandbox = TestSandbox.start()) {
            Process server = start(ServerProcess.account(sandbox));
            Fault stalled = Fault.stall();
            sandbox.next("listConversations", stalled);
            send(server, Messages.INITIALIZE, Messages.INITIALIZED);
            assertThat(server.inputReader(UTF_8).readLine()).contains("\"id\":1");
            send(
                    server,
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":"
                            + "\"desk_365_tickets_get_context\",\"arguments\":{\"ticket_number\":4052},"
                            + "\"_meta\":{\"progressToken\":1}}}");
            assertThat(server.inputReader(UTF_8).readLine()).contains("notifications/progress");
            while (!sandbox.operationsAsked().contains("listConversations")) {
                Thread.onSpinWait();
            }

            if (end == End.OF_INPUT) {
                server.outputWriter().close();
            } else {
                // Process.destroy() would close the streams on this side.
                server.toHandle().destroy();
            }
            stalled.release();

            assertThat(server.inputReader(UTF_8).lines()).last().asString().contains("\"id\":2", "Checkout is down");
            assertThat(server.waitFor(30, SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        }
    }

    // HTTP.

    @Test
    void only_loopback_host_names_are_accepted_over_http() throws Exception {
        URI address = httpAddress();
        String own = "127.0.0.1:" + address.getPort();

        assertThat(status(address, "Host: " + own)).isEqualTo(200);
        assertThat(status(address, "Host: localhost:1", "Origin: http://localhost:3000"))
                .isEqualTo(200);
        assertThat(status(address, "Host: rebound.example:" + address.getPort()))
                .isEqualTo(421);
        assertThat(status(address, "Host: localhost.rebound.example")).isEqualTo(421);
        assertThat(status(address, "Host: " + own, "Origin: https://page.example"))
                .isEqualTo(403);
        assertThat(status(address, "Host: " + own, "Origin: http://localhost.page.example"))
                .isEqualTo(403);
        assertThat(status(address, "Host: " + own, "Origin: null")).isEqualTo(403);
    }

    @Test
    void an_http_server_ends_when_told_to_even_with_a_connected_client() throws Exception {
        Process server = start(account(), "--http", "0");
        McpSyncClient client = connect(http(server));
        client.initialize();

        server.destroy();

        assertThat(server.waitFor(30, SECONDS)).isTrue();
    }

    @Test
    void an_http_server_runs_without_files_so_that_none_are_left_if_it_is_killed(@TempDir Path temporary)
            throws Exception {
        Map<String, String> environment = new HashMap<>(account());
        environment.put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        Process server = start(environment, "--http", "0");
        assertThat(server.errorReader(UTF_8).readLine()).contains("JDK_JAVA_OPTIONS");
        McpSyncClient client = connect(http(server));

        client.listTools();

        assertThat(temporary).isEmptyDirectory();
    }

    // Helpers.

    private static Map<String, String> account() {
        return ServerProcess.account(SANDBOX);
    }

    /** Returns the client of a transport; all tests that do not need their own server share it. */
    private static McpSyncClient client(Transport transport) {
        return CLIENTS.computeIfAbsent(
                transport, key -> key == Transport.HTTP ? connect(http(httpAddress())) : client(key, account()));
    }

    /** Returns the address of the HTTP server that all tests share that do not need their own. */
    private static URI httpAddress() {
        URI address = shared;
        if (address == null) {
            address = address(start(account(), "--http", "0"));
            shared = address;
        }
        return address;
    }

    private static McpSyncClient client(Transport transport, Map<String, String> environment) {
        return switch (transport) {
            case STDIO -> connect(stdio(environment));
            case HTTP -> connect(http(start(environment, "--http", "0")));
        };
    }

    private static McpSyncClient connect(McpClientTransport transport) {
        McpSyncClient client = McpClient.sync(transport)
                // A process starts slowly on a busy machine.
                .initializationTimeout(Duration.ofMinutes(1))
                .build();
        OPEN.addFirst(client::closeGracefully);
        return client;
    }

    private static McpClientTransport http(Process server) {
        return http(address(server));
    }

    private static McpClientTransport http(URI address) {
        return HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + address.getPort())
                .endpoint(address.getPath())
                .build();
    }

    private static StdioClientTransport stdio(Map<String, String> environment) {
        List<String> command = ServerProcess.command(List.of());
        ServerParameters server = ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .env(environment)
                .build();
        return new StdioClientTransport(server, McpJsonDefaults.getMapper()) {
            @Override
            protected ProcessBuilder getProcessBuilder() {
                return ServerProcess.withoutAccount(super.getProcessBuilder());
            }
        };
    }

    private static Process start(Map<String, String> environment, String... arguments) {
        ProcessBuilder builder =
                ServerProcess.withoutAccount(new ProcessBuilder(ServerProcess.command(List.of(), arguments)));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            OPEN.addLast(process::destroyForcibly);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address that a server prints. */
    private static URI address(Process server) {
        try {
            String line = String.valueOf(server.errorReader(UTF_8).readLine());
            assertThat(line).matches("Listening at http://127\\.0\\.0\\.1:\\d+/mcp");
            return URI.create(line.substring("Listening at ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Process server, String... lines) throws IOException {
        for (String line : lines) {
            server.outputWriter(UTF_8).write(line + "\n");
        }
        server.outputWriter().flush();
    }

    private static List<Map<String, Object>> messages(Process server) {
        return server.inputReader(UTF_8)
                .lines()
                .map(line -> JsonDocument.parse(line).toMap())
                .toList();
    }

    /** Writes the request to a socket, because Java's own client always sets the Host header itself. */
    private static int status(URI address, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), address.getPort())) {
            socket.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\n" + String.join("\r\n", headers)
                                    + "\r\nAccept: application/json, text/event-stream"
                                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                                    + Messages.INITIALIZE.length()
                                    + "\r\nConnection: close\r\n\r\n" + Messages.INITIALIZE)
                            .getBytes(UTF_8));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
            return Integer.parseInt(String.valueOf(line).split(" ", 3)[1]);
        }
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> structure(CallToolResult result) {
        return (Map<String, Object>) result.structuredContent();
    }
}
