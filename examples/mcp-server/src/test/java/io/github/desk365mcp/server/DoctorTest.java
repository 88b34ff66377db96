package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {

    private int code;
    private String said = "";

    private void look(Desk365Sandbox sandbox, String key, String plan, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        code = Main.run(
                Map.of("DESK365_BASE_URL", sandbox.baseUrl().toString(), "DESK365_API_KEY", key, "DESK365_PLAN", plan),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(out, true, UTF_8),
                Stream.concat(Stream.of("--doctor"), Stream.of(options)).toArray(String[]::new));
        said = out.toString(UTF_8);
    }

    @Test
    void an_account_without_contracts_passes_and_the_failure_is_explained() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD))) {
            look(sandbox, sandbox.apiKey(), "standard");

            assertThat(said)
                    .containsSubsequence(
                            "ping", "works", "list_contracts", "FAILS", "--hide-restricted", "Everything works.")
                    .contains("plan: Standard")
                    .doesNotContain(sandbox.apiKey());
            assertThat(code).isZero();
            assertThat(sandbox.exchanges()).hasSizeLessThanOrEqualTo(12);
            assertThat(sandbox.violations()).isEmpty();
        }
    }

    @Test
    void an_access_that_has_ended_does_not_pass(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.json"), "{\"expires_at\": \"2020-01-01T00:00:00Z\"}");
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD))) {
            look(sandbox, sandbox.apiKey(), "standard", "--config=" + file);

            assertThat(said)
                    .contains("access: has ended; expires_at")
                    .endsWith("Something does not work; see above.\n");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void a_wrong_key_stops_it_after_the_first_call_that_needs_a_key() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            look(sandbox, "wr0ng-key", "");

            assertThat(said).contains("FAILS", "Settings > Integrations > API").doesNotContain("wr0ng-key");
            assertThat(code).isEqualTo(1);
            assertThat(sandbox.exchanges()).hasSize(2);
        }
    }

    @Test
    void a_plan_that_the_counter_contradicts_is_corrected() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD))) {
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said).contains("plan: Standard, 100 calls an hour", "Set DESK365_PLAN=standard");
        }
    }

    @Test
    void an_unknown_plan_is_asked_for() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.PLUS))) {
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said).contains("plan: unknown.", "Set DESK365_PLAN to standard, plus or premium");
        }
    }

    @Test
    void one_failing_endpoint_fails_the_check() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            sandbox.next("listAgents", Fault.answer(500, Map.of(), "{}"));
            look(sandbox, sandbox.apiKey(), "standard");

            assertThat(said).containsSubsequence("list_agents", "FAILS", "Something does not work");
            assertThat(code).isEqualTo(1);
        }
    }

    private static void always(Desk365Sandbox sandbox, Fault fault) {
        for (int i = 0; i < 40; i++) {
            sandbox.next(fault);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 200, 302})
    void a_wrong_address_is_reported_after_one_call(int status) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            always(sandbox, Fault.answer(status, Map.of("Content-Type", "text/html"), "<html>Welcome</html>"));
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said)
                    .containsSubsequence("ping", "FAILS", "No further calls were made", "should end in /apis")
                    .doesNotContain("list_agents");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void a_used_up_plan_is_reported_with_the_advice_to_wait() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            always(sandbox, Fault.answer(429, Map.of("Retry-After", "3000"), "{}"));
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said)
                    .contains("No further calls were made. The key works: wait")
                    .doesNotContain("Check");
        }
    }

    @ParameterizedTest
    @CsvSource({"403, belongs to this helpdesk", "503, try again later"})
    void two_equal_failures_stop_it(int status, String advice) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            always(sandbox, Fault.answer(status, Map.of(), "{}"));
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said).contains(advice);
            assertThat(said.split("FAILS", -1)).hasSize(3);
        }
    }

    @Test
    void an_unreachable_server_is_reported_as_a_problem_of_network_or_address() {
        Desk365Sandbox sandbox = Desk365Sandbox.start();
        sandbox.close();
        look(sandbox, sandbox.apiKey(), "");

        assertThat(said)
                .containsSubsequence("Check the address first", "the network")
                .doesNotContain("Check DESK365_API_KEY");
    }
}
