package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.TestSandbox;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the jar as a service manager and a balancer see it. */
@Timeout(120)
class OperateIT {

    private static final CallToolRequest GET_TICKET = CallToolRequest.builder("get_single_desk_365_ticket_by_id")
            .arguments(Map.of("ticket_number", 4052))
            .build();

    @Test
    void a_server_that_is_told_to_end_finishes_its_call_and_exits_with_0() throws Exception {
        try (TestSandbox sandbox = TestSandbox.start()) {
            Process process = ServerProcess.start(sandbox, List.of(), "--http", "0");
            BufferedReader errors = process.errorReader(UTF_8);
            String address = errors.readLine().replace("Listening at ", "");
            int port = URI.create(address).getPort();
            Fault stalled = Fault.stall();
            sandbox.next("getTicket", stalled);
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest.Builder probe = HttpRequest.newBuilder();
            URI health = URI.create("http://127.0.0.1:" + port + "/health");
            assertThat(http.send(probe.uri(URI.create(health + "/ready")).build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("{\"status\":\"ok\"}");
            assertThat(sandbox.operationsAsked())
                    .as("what a server needs that is ready")
                    .containsExactly("ping");
            HttpRequest.Builder post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                    .header("Accept", "application/json, text/event-stream")
                    .header("Content-Type", "application/json");
            String session = http.send(
                            post.POST(HttpRequest.BodyPublishers.ofString(Messages.INITIALIZE))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .headers()
                    .firstValue("Mcp-Session-Id")
                    .orElseThrow();
            post.header("Mcp-Session-Id", session);
            var answer = http.sendAsync(
                    post.POST(HttpRequest.BodyPublishers.ofString(
                                    Messages.call(2, "get_single_desk_365_ticket_by_id", "{\"ticket_number\":4052}")))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            while (!sandbox.operationsAsked().contains("getTicket")) {
                Thread.onSpinWait();
            }

            process.toHandle().destroy();
            while (http.send(probe.uri(health).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    != 503) {
                Thread.onSpinWait();
            }
            assertThat(http.send(probe.uri(URI.create(health + "/ready")).build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("{\"status\":\"ending\"}");
            assertThat(http.send(probe.uri(URI.create(health + "/live")).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            stalled.release();

            assertThat(answer.get().body()).contains("Checkout is down");
            assertThat(process.waitFor(30, SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(errors.lines()).as("nothing to warn of").isEmpty();
        }
    }

    @Test
    void every_line_on_standard_error_is_json_if_asked_for() throws Exception {
        try (TestSandbox sandbox = TestSandbox.start()) {
            Process process = ServerProcess.start(sandbox, List.of(), "--log-format", "json", "--audit");
            for (String line : List.of(
                    Messages.INITIALIZE,
                    "no message",
                    Messages.INITIALIZED,
                    Messages.call(2, "get_single_desk_365_ticket_by_id", "{\"ticket_number\":4052}"))) {
                process.outputWriter(UTF_8).write(line + "\n");
            }
            process.outputWriter(UTF_8).close();

            List<Map<String, Object>> lines = process.errorReader(UTF_8)
                    .lines()
                    .map(line -> JsonDocument.parse(line).toMap())
                    .toList();
            assertThat(lines).hasSize(2);
            assertThat(lines)
                    .filteredOn(line -> "desk365.server".equals(line.get("logger")))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).containsEntry("level", "warn").containsKeys("time", "message"));
            assertThat(lines)
                    .filteredOn(line -> "desk365.audit".equals(line.get("logger")))
                    .singleElement()
                    .satisfies(line -> assertThat(String.valueOf(line.get("call")))
                            .contains("tool=get_single_desk_365_ticket_by_id", "calls=1")
                            .doesNotContain("Checkout"));
        }
    }

    @Test
    void a_sandbox_says_in_every_place_that_its_data_is_invented() throws Exception {
        ProcessBuilder builder = ServerProcess.withoutAccount(new ProcessBuilder(ServerProcess.command(List.of())));
        Process process = builder.start();
        for (String line : List.of(
                Messages.INITIALIZE,
                Messages.INITIALIZED,
                Messages.call(2, "get_single_desk_365_ticket_by_id", "{\"ticket_number\":4052}"),
                Messages.call(3, "get_single_desk_365_ticket_by_id", "{\"ticket_number\":999999}"))) {
            process.outputWriter(UTF_8).write(line + "\n");
        }
        process.outputWriter(UTF_8).close();

        List<String> answers = process.inputReader(UTF_8).lines().toList();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0))
                .contains("\"name\":\"desk365-sandbox\"", "\"instructions\":\"No helpdesk is connected:");
        assertThat(answers.subList(1, 3))
                .allSatisfy(answer -> assertThat(answer).contains("\"io.github.desk365mcp/sandbox\":true"));
    }

    @Test
    void a_sandbox_over_http_is_asked_for_and_says_so() throws Exception {
        Process refused = sandboxed("--http", "0");
        assertThat(refused.waitFor(30, SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(2);
        assertThat(refused.errorReader(UTF_8).readLine()).startsWith("No account is set: set DESK365_SUBDOMAIN and");

        try (JarServer server = JarServer.of(sandboxed("--http", "0", "--sandbox"));
                McpSyncClient client = server.client(null)) {
            assertThat(client.initialize().serverInfo().name()).isEqualTo("desk365-sandbox");
            assertThat(client.callTool(GET_TICKET).meta()).containsEntry("io.github.desk365mcp/sandbox", true);
        }
    }

    private static Process sandboxed(String... arguments) throws IOException {
        return ServerProcess.withoutAccount(new ProcessBuilder(ServerProcess.command(List.of(), arguments)))
                .start();
    }
}
