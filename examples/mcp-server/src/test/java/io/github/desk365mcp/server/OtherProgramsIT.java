package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.TestSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void the_inspector_accepts_the_definitions() throws Exception {
        String listed = OtherPrograms.node(
                INSPECTOR,
                "--cli",
                server.address(),
                "--transport",
                "http",
                "--method",
                "tools/list",
                "--strict",
                "--format",
                "json");

        assertThat(JsonDocument.parse(listed.substring(listed.indexOf('{'))).toJson())
                .contains("\"create_a_desk_365_ticket\"")
                .doesNotContain("\"warning");
    }

    @Test
    void the_inspector_calls_a_tool_over_standard_input() throws Exception {
        String answered = OtherPrograms.node(
                INSPECTOR,
                "--cli",
                "java",
                "-jar",
                Path.of(System.getProperty("server.jar")).toAbsolutePath().toString(),
                "--method",
                "tools/call",
                "--tool-name",
                "get_single_desk_365_ticket_by_id",
                "--tool-args-json",
                "{\"ticket_number\":4052}");

        assertThat(answered).contains("Checkout is down");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server-initialize", "tools-list", "dns-rebinding-protection"})
    void the_conformance_suite_passes(String scenario) throws Exception {
        String printed = OtherPrograms.node(
                CONFORMANCE,
                "server",
                "--url",
                server.address(),
                "--scenario",
                scenario,
                "--spec-version",
                "2025-11-25");

        assertThat(printed).contains(" 0 failed, 0 warnings");
    }

    @Test
    void the_typescript_client_lists_and_calls() throws Exception {
        assertThat(OtherPrograms.node("client.mjs", server.address()))
                .contains(Desk365Tools.all().definitions().size() + " tools");
    }
}
