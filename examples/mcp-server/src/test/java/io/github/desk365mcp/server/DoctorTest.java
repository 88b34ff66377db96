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
    void an_account_without_contracts_is_well_and_told_why_they_fail() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD))) {
            look(sandbox, sandbox.apiKey(), "standard");

            assertThat(said)
                    .containsSubsequence(
                            "ping", "answers", "list_contracts", "FAILS", "--hide-restricted", "All is well.")
                    .contains("plan: Standard")
                    .doesNotContain(sandbox.apiKey());
            assertThat(code).isZero();
            assertThat(sandbox.exchanges()).hasSizeLessThanOrEqualTo(12);
            assertThat(sandbox.violations()).isEmpty();
        }
    }

    @Test
    void an_access_that_has_ended_is_not_well(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.json"), "{\"expires_at\": \"2020-01-01T00:00:00Z\"}");
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD))) {
            look(sandbox, sandbox.apiKey(), "standard", "--config=" + file);

            assertThat(said).contains("access: has ended; expires_at").endsWith("Not all is well: see above.\n");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void a_wrong_key_ends_it_after_the_first_call_that_needs_one() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            look(sandbox, "wr0ng-key", "");

            assertThat(said).contains("FAILS", "Settings > Integrations > API").doesNotContain("wr0ng-key");
            assertThat(code).isEqualTo(1);
            assertThat(sandbox.exchanges()).hasSize(2);
        }
    }

    @Test
    void a_plan_that_the_counter_contradicts_is_said_to_be_another() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD))) {
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said).contains("plan: Standard, 100 calls an hour", "Set DESK365_PLAN=standard");
        }
    }

    @Test
    void a_plan_that_nothing_tells_is_asked_for() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.PLUS))) {
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said).contains("plan: not told.", "Set DESK365_PLAN to standard, plus or premium");
        }
    }

    @Test
    void an_endpoint_that_fails_fails_the_whole() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            sandbox.next("listAgents", Fault.answer(500, Map.of(), "{}"));
            look(sandbox, sandbox.apiKey(), "standard");

            assertThat(said).containsSubsequence("list_agents", "FAILS", "Not all is well");
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
    void an_address_that_is_none_of_the_service_is_said_to_be_that_after_one_call(int status) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            always(sandbox, Fault.answer(status, Map.of("Content-Type", "text/html"), "<html>Welcome</html>"));
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said)
                    .containsSubsequence("ping", "FAILS", "Nothing else was tried", "should end in /apis")
                    .doesNotContain("list_agents");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void a_spent_plan_is_told_to_wait() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            always(sandbox, Fault.answer(429, Map.of("Retry-After", "3000"), "{}"));
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said)
                    .contains("Nothing else was tried. The key works: wait")
                    .doesNotContain("Check");
        }
    }

    @ParameterizedTest
    @CsvSource({"403, belongs to this helpdesk", "503, look again later"})
    void what_fails_twice_in_the_same_way_is_not_tried_a_third_time(int status, String advice) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            always(sandbox, Fault.answer(status, Map.of(), "{}"));
            look(sandbox, sandbox.apiKey(), "");

            assertThat(said).contains(advice);
            assertThat(said.split("FAILS", -1)).hasSize(3);
        }
    }

    @Test
    void a_host_that_is_not_there_is_a_matter_of_network_or_address() {
        Desk365Sandbox sandbox = Desk365Sandbox.start();
        sandbox.close();
        look(sandbox, sandbox.apiKey(), "");

        assertThat(said)
                .containsSubsequence("Check the address first", "the network")
                .doesNotContain("Check DESK365_API_KEY");
    }
}
