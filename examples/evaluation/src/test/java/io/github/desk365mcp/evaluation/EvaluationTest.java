package io.github.desk365mcp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the evaluation against the MCP server's own process, with a model that follows a script. */
class EvaluationTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<String> server(String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.desk365mcp.server.Main"));
        command.addAll(List.of(more));
        return command;
    }

    /** Returns the script for each task's text. */
    private static Map<String, JsonNode> scripts() throws IOException {
        JsonNode script = ScriptedModel.script();
        Map<String, JsonNode> steps = new LinkedHashMap<>();
        for (Task task : Main.included()) {
            steps.put(task.ask(), script.path(task.name()));
        }
        return steps;
    }

    private record Ran(int exit, String printed, JsonNode results) {}

    private Ran run(URI model, String... more) throws IOException {
        Path json = folder.resolve("results.json");
        List<String> arguments = new ArrayList<>(
                List.of("--api-url", model.toString(), "--model", "scripted", "--json", json.toString()));
        arguments.addAll(List.of(more));
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            int exit = Main.commandLine().execute(arguments.toArray(String[]::new));
            return new Ran(
                    exit,
                    printed.toString(StandardCharsets.UTF_8),
                    Files.exists(json) ? JSON.readTree(Files.readString(json)) : JSON.createArrayNode());
        } finally {
            System.setOut(console);
        }
    }

    @Test
    void a_model_that_does_everything_right_gets_all_twelve_tasks_right_on_a_running_server() throws Exception {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(server("--http", "0"));
        builder.environment().put("DESK365_BASE_URL", "http://127.0.0.1:" + port + "/apis");
        builder.environment().put("DESK365_API_KEY", "sandbox-key");
        Process server = builder.start();
        try (ScriptedModel model = new ScriptedModel(scripts());
                BufferedReader errors = server.errorReader(StandardCharsets.UTF_8)) {
            String listening = String.valueOf(errors.readLine());
            assertThat(listening).startsWith("Listening at ");
            String url = listening.substring("Listening at ".length());

            Ran ran = run(model.address(), "--api", "openai", "--url", url, "--port", String.valueOf(port));

            assertThat(ran.results()).as(ran.printed()).hasSize(12).allSatisfy(result -> {
                assertThat(result.path("right").asBoolean()).as(ran.printed()).isTrue();
                assertThat(result.path("tokens_read").asLong()).isPositive();
                assertThat(result.path("bytes_of_answers").asLong()).isPositive();
            });
            assertThat(ran.exit()).isZero();
            assertThat(ran.printed()).contains("all 12");
            assertThat(model.requests()
                            .get(0)
                            .at("/tools/0/function/parameters/type")
                            .asString())
                    .isEqualTo("object");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_model_that_says_what_is_not_so_makes_an_untrue_claim() throws Exception {
        String ask = Main.included().stream()
                .filter(task -> task.name().equals("close with a note"))
                .findFirst()
                .orElseThrow()
                .ask();
        JsonNode says = JSON.readTree("[{\"say\": \"I added the note, and the ticket is closed.\"}]");
        try (ScriptedModel model = new ScriptedModel(Map.of(ask, says))) {
            List<String> arguments =
                    new ArrayList<>(List.of("--api", "anthropic", "--only", "close with a note", "--"));
            arguments.addAll(server());

            Ran ran = run(model.address(), arguments.toArray(String[]::new));

            JsonNode result = ran.results().get(0);
            assertThat(result.path("right").asBoolean()).isFalse();
            assertThat(result.path("untrue")).hasToString("[\"closed\"]");
            assertThat(result.path("problems").toString())
                    .contains("0 requests changed the helpdesk, not 2", "has status \\\"Pending\\\", not");
            assertThat(result.path("calls").asInt()).isZero();
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.printed()).contains("NO", "untrue: closed");
        }
    }

    @Test
    void a_server_on_standard_input_is_started_with_the_sandbox() throws Exception {
        try (ScriptedModel model = new ScriptedModel(scripts())) {
            List<String> arguments = new ArrayList<>(List.of("--api", "anthropic", "--only", "reply", "--"));
            arguments.addAll(server("--preset", "core"));

            Ran ran = run(model.address(), arguments.toArray(String[]::new));

            assertThat(ran.exit()).as(ran.printed()).isZero();
            JsonNode last = model.requests().get(model.requests().size() - 1);
            assertThat(last.at("/messages/4/content/0/type").asString()).isEqualTo("tool_result");
            assertThat(last.at("/tools/0/input_schema/type").asString()).isEqualTo("object");
        }
    }

    @Test
    void no_server_or_two_servers_are_refused() throws IOException {
        URI none = URI.create("http://127.0.0.1:1");

        assertThat(run(none, "--api", "openai").exit()).isEqualTo(2);
        assertThat(run(none, "--api", "openai", "--url", "http://127.0.0.1:1/mcp", "--", "java")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void a_mistake_in_a_file_of_tasks_is_named() throws IOException {
        Path file = folder.resolve("tasks.yaml");
        Files.writeString(file, "- name: one\n  ask: What?\n  wirtes: 1\n");

        assertThatThrownBy(() -> Task.read(file)).hasMessageContaining("wirtes").hasMessageContaining("near line ");

        Files.writeString(file, "- name: one\n");
        assertThatThrownBy(() -> Task.read(file)).hasMessageContaining("under \"ask\"");
    }
}
