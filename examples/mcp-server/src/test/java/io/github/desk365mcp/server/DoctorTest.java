package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.server.oauth.TestIssuer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
        look(
                Map.of("DESK365_BASE_URL", sandbox.baseUrl().toString(), "DESK365_API_KEY", key, "DESK365_PLAN", plan),
                options);
    }

    private void look(Map<String, String> environment, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        code = Main.run(
                environment,
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
    void the_plan_of_the_policy_file_and_the_timeout_count(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), "{\"plan\": \"plus\"}");
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.PLUS))) {
            look(sandbox, sandbox.apiKey(), "", "--config", file.toString());
            assertThat(said).contains("plan: plus, as configured.");

            Fault stall = Fault.stall();
            sandbox.next("listAgents", stall);
            look(sandbox, sandbox.apiKey(), "plus", "--timeout", "1");
            stall.release();
            assertThat(said).containsPattern("list_agents +FAILS");
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

    @Test
    void the_cause_of_a_failed_connection_is_named() {
        Desk365Sandbox closed = Desk365Sandbox.start();
        closed.close();
        look(closed, closed.apiKey(), "");

        assertThat(said).contains("Cause: connection refused. Check the address first");
    }

    @Test
    void a_failed_connection_through_a_proxy_points_to_the_proxy() {
        Desk365Sandbox closed = Desk365Sandbox.start();
        closed.close();
        String proxy = "127.0.0.1:" + closed.baseUrl().getPort();
        look(Map.of(
                "DESK365_SUBDOMAIN",
                "acme",
                "DESK365_API_KEY",
                "k3y-of-acme",
                "HTTPS_PROXY",
                "http://ann:s3cret@" + proxy));

        assertThat(said)
                .contains("account: https://acme.desk365.io, through the proxy " + proxy)
                .contains("Cause: connection refused. Check the proxy " + proxy + " first")
                .doesNotContain("s3cret", "Check the address first");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void a_server_without_tls_is_not_blamed_on_the_address() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerWithoutTls(plain));
            server.setDaemon(true);
            server.start();
            look(Map.of(
                    "DESK365_BASE_URL",
                    "https://127.0.0.1:" + plain.getLocalPort() + "/apis",
                    "DESK365_API_KEY",
                    "k3y-of-acme"));

            assertThat(said)
                    .contains("Cause: TLS: the server does not speak TLS")
                    .doesNotContain("Check the address");
            assertThat(code).isEqualTo(1);
        }
    }

    private static void answerWithoutTls(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket client = plain.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client has closed the connection.
            }
        }
    }

    @Test
    void without_an_account_nothing_is_well_unless_the_sandbox_is_asked_for() {
        look(Map.of("DESK365_APIKEY", "s3cret-key"));
        assertThat(code).isEqualTo(2);
        assertThat(said)
                .startsWith("No account is set: set DESK365_SUBDOMAIN and DESK365_API_KEY, or add --sandbox")
                .contains("The environment has DESK365_APIKEY, which this server does not read.")
                .doesNotContain("s3cret");

        look(Map.of(), "--sandbox");
        assertThat(said).contains("account: the sandbox, with invented data.", "Everything works.");
        assertThat(code).isZero();
    }

    @Test
    void callers_without_the_token_that_they_need_do_not_pass(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("policy.json"), "{\"tokens\": {\"%s\": \"rita\"}}".formatted("ab".repeat(32)));
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            look(sandbox, sandbox.apiKey(), "", "--config=" + file);

            assertThat(said).startsWith("Callers must show a token: set DESK365_MCP_TOKEN");
            assertThat(code).isEqualTo(2);
            assertThat(sandbox.exchanges()).isEmpty();
        }
    }

    @Test
    void an_authorization_server_without_keys_does_not_pass() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD));
                TestIssuer issuer = TestIssuer.start()) {
            String[] options = {"--http=0", "--issuer=" + issuer.address(), "--resource=https://desk.example.com/mcp"};
            look(sandbox, sandbox.apiKey(), "standard", options);
            assertThat(said).contains("oauth: the keys of the authorization server can be read.");
            assertThat(code).isZero();

            issuer.status(404);
            look(sandbox, sandbox.apiKey(), "standard", options);
            assertThat(said)
                    .containsSubsequence("oauth: FAILS", "/keys returns status 404. Check --issuer,")
                    .endsWith("Something does not work; see above.\n");
            assertThat(code).isEqualTo(1);
        }
    }
}
