package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A person decides on the card, in Chromium, in a host with the reference bridge of MCP Apps. Runs with
 * {@code -Pothers}; the screenshots are in {@code target/cards}.
 */
@EnabledIfSystemProperty(named = "others", matches = "true")
@Timeout(300)
class CardViewIT {

    private static final Path SHOTS = Path.of("target/cards").toAbsolutePath();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
            .approvals(Approvals.defaults()
                    .customerMail(Approval.CONFIRM)
                    .updates(Approval.CONFIRM)
                    .deletes(Approval.CONFIRM))
            .approvalCards());
    private @Nullable HostInProcess host;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(browser() != null, "Chromium is not here: the checks of the approval card are skipped");
        OtherPrograms.install();
        Files.createDirectories(SHOTS);
    }

    private static @Nullable String browser() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst()
                .orElse(null);
    }

    @BeforeEach
    void start() {
        host = HostInProcess.start(tools);
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    private JsonDocument card(String look, String decision, String tool, Map<String, ?> arguments) throws Exception {
        return card(look, decision, tool, arguments, Map.of());
    }

    private JsonDocument card(
            String look, String decision, String tool, Map<String, ?> arguments, Map<String, ?> variables)
            throws Exception {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("name", tool);
        call.put("arguments", arguments);
        call.put("styles", Map.of("variables", variables));
        return JsonDocument.parse(OtherPrograms.node(
                "card.mjs",
                Objects.requireNonNull(host).address(),
                SHOTS.toString(),
                Objects.requireNonNull(browser()),
                look,
                decision,
                new JsonDocument(call).toJson()));
    }

    @ParameterizedTest
    @CsvSource({"light, yes", "dark, yes", "light-narrow, no", "dark-narrow, no"})
    void the_card_shows_a_reply_and_passes_on_the_decision(String look, String decision) throws Exception {
        Map<String, Object> reply = Map.of(
                "ticket_number",
                4052,
                "body",
                "<p>Hello Nora,</p><p>the checkout works again.\u202e <img src=x onerror=alert(1)></p>"
                        + "<p>See <a href='https://status.example/4052'>our status page</a>.</p>",
                "cc_emails",
                List.of("marta.ruiz@northwind.example"));

        Map<String, Object> seen = card(look, decision, CREATE_REPLY, reply).toMap();

        assertThat(String.valueOf(seen.get("shown")))
                .contains("Reply to the customer", "nora.vance@northwind.example", "marta.ruiz@northwind.example")
                .contains("Hello Nora,\n", "the checkout works again.[U+202E]", "https://status.example/4052")
                .contains("Can be approved until", "Don't send")
                .doesNotContain("<p>", "onerror");
        PendingCall decided = tools.pendingCalls().decided().get(0);
        assertThat(decided.channel()).isEqualTo("card");
        if (decision.equals("yes")) {
            assertThat(decided.state()).isEqualTo(PendingCall.State.DONE);
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(String.valueOf(seen.get("outcome"))).contains("Sent.");
            assertThat(seen.get("told"))
                    .isEqualTo(List.of(List.of(
                            "message",
                            "I approved “Reply to the customer” on the card. Sent. Make the same call again for its"
                                    + " result.")));
        } else {
            assertThat(decided.state()).isEqualTo(PendingCall.State.DECLINED);
            assertThat(decided.message()).isEqualTo("Say when it was fixed.");
            assertThat(sandbox.writes()).isEmpty();
            assertThat(String.valueOf(seen.get("outcome"))).contains("Declined. Nothing was sent.");
            assertThat(String.valueOf(seen.get("told")))
                    .contains("context", "I did not approve", "Say when it was fixed.");
        }
    }

    @Test
    void the_card_shows_a_change_with_the_old_and_the_new_value_in_the_colors_of_the_host() throws Exception {
        Map<String, Object> seen = card(
                        "dark",
                        "yes",
                        UPDATE_TICKET,
                        Map.of("ticket_number", 4052, "status", "Closed", "priority", "low"),
                        Map.of("--color-background-primary", "#10202e", "--color-text-primary", "#e8f0f6"))
                .toMap();

        assertThat(String.valueOf(seen.get("shown"))).contains("Change a ticket", "from", "to Closed", "Don't save");
        assertThat(String.valueOf(seen.get("outcome"))).contains("Saved.");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_warning_and_a_long_text_are_seen() throws Exception {
        Map<String, Object> seen = card(
                        "light",
                        "yes",
                        CREATE_NOTE,
                        Map.of(
                                "ticket_number",
                                4052,
                                "private",
                                false,
                                "body",
                                "**Hello**\n\n" + "It works again.\n".repeat(40)))
                .toMap();

        assertThat(String.valueOf(seen.get("shown")))
                .contains("Warning: Markdown is not converted; readers see **Hello**.");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void after_the_decision_the_card_of_the_same_call_only_says_so() throws Exception {
        Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
        card("light", "yes", UPDATE_TICKET, closing);

        assertThat(String.valueOf(
                        card("light", "yes", UPDATE_TICKET, closing).toMap().get("outcome")))
                .contains("A person approved this call")
                .doesNotContain("Don't save");
        assertThat(sandbox.writes()).hasSize(1);
    }
}
