package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.TestSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the jar with the Inspector, the conformance suite and the TypeScript client. Runs with {@code -Pothers}. */
@EnabledIfSystemProperty(named = "others", matches = "true")
@Timeout(600)
class OtherProgramsIT {

    private static final String INSPECTOR =
            "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";
    private static final String CONFORMANCE = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

    private static TestSandbox sandbox;
    private static JarServer server;

    @BeforeAll
    static void start() throws Exception {
        OtherPrograms.install();
        sandbox = TestSandbox.start();
        server = JarServer.start(sandbox);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            sandbox.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "auto", "modern"})
    void the_inspector_accepts_the_definitions(String era) throws Exception {
        String listed = OtherPrograms.node(
                INSPECTOR,
                "--cli",
                server.address(),
                "--transport",
                "http",
                "--protocol-era",
                era,
                "--method",
                "tools/list",
                "--strict",
                "--format",
                "json");

        assertThat(JsonDocument.parse(listed.substring(listed.indexOf('{'))).toJson())
                .contains("\"create_a_desk_365_ticket\"")
                .doesNotContain("\"warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "auto", "modern"})
    void the_inspector_calls_a_tool_over_standard_input(String era) throws Exception {
        String answered = OtherPrograms.node(
                INSPECTOR,
                "--cli",
                "java",
                "-jar",
                Path.of(System.getProperty("server.jar")).toAbsolutePath().toString(),
                "--protocol-era",
                era,
                "--connect-timeout",
                "120000",
                "--method",
                "tools/call",
                "--tool-name",
                "get_single_desk_365_ticket_by_id",
                "--tool-args-json",
                "{\"ticket_number\":4052}");

        assertThat(answered).contains("Checkout is down");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, server-initialize",
        "2025-11-25, tools-list",
        "2025-11-25, resources-list",
        "2025-11-25, prompts-list",
        "2025-11-25, dns-rebinding-protection",
        "2026-07-28, tools-list",
        "2026-07-28, resources-list",
        "2026-07-28, prompts-list",
        "2026-07-28, dns-rebinding-protection",
        "2026-07-28, http-header-validation",
        "2026-07-28, input-required-result-unsupported-methods"
    })
    void the_conformance_suite_passes(String revision, String scenario) throws Exception {
        String printed = OtherPrograms.node(
                CONFORMANCE, "server", "--url", server.address(), "--scenario", scenario, "--spec-version", revision);

        assertThat(printed).contains(" 0 failed, 0 warnings");
    }

    @Test
    void the_conformance_suite_finds_no_fault_in_requests_without_sessions() throws Exception {
        String printed = OtherPrograms.nodeThatMayFail(
                CONFORMANCE,
                "server",
                "--url",
                server.address(),
                "--scenario",
                "server-stateless",
                "--spec-version",
                "2026-07-28");

        // The others need tools that only the suite's own server has.
        assertThat(printed).contains("Passed: 21/25, 4 failed, 0 warnings");
        assertThat(printed.lines().filter(line -> line.strip().startsWith("Error:")))
                .hasSize(4)
                .allMatch(line -> line.contains("Not testable: server does not list the diagnostic tool"));
    }

    @Test
    void the_newer_typescript_client_lists_calls_and_asks_in_both_eras() throws Exception {
        List<String> options = List.of("--approval=mail=confirm", "--duplicates-within", "0");
        List<String> command = ServerProcess.command(List.of(), options.toArray(String[]::new));
        HttpServer helpdesk = OtherPrograms.helpdesk(sandbox);
        try (JarServer asking = JarServer.start(sandbox, options.toArray(String[]::new))) {
            Map<String, Object> given = Map.of(
                    "address",
                    asking.address(),
                    "server",
                    Map.of(
                            "command",
                            command.get(0),
                            "args",
                            command.subList(1, command.size()),
                            "env",
                            ServerProcess.account(sandbox)),
                    "helpdesk",
                    "http://127.0.0.1:" + helpdesk.getAddress().getPort());

            assertThat(OtherPrograms.node("eras.mjs", new JsonDocument(given).toJson()))
                    .contains("http {\"pin\":\"2026-07-28\"}", "stdio {\"pin\":\"2026-07-28\"}");
        } finally {
            helpdesk.stop(0);
        }
    }

    @Test
    void the_typescript_client_lists_and_calls() throws Exception {
        assertThat(OtherPrograms.node("client.mjs", server.address()))
                .contains(Desk365Tools.all().definitions().size() + " tools");
    }
}
