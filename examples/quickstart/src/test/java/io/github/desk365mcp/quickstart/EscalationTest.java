package io.github.desk365mcp.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EscalationTest {

    @Test
    void one_approved_step_changes_the_ticket_and_notifies_the_agents() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Escalation.run(new PrintStream(out, true, UTF_8));

        assertThat(out.toString(UTF_8).lines().toList())
                .contains(
                        "  status: needs_approval",
                        "  Requests so far: 0",
                        "  done: The ticket is urgent, and the note was e-mailed.",
                        "  ticket_number: 4052")
                .endsWith("  PUT /apis/v3/tickets/update", "  POST /apis/v3/tickets/add_note");
    }

    @Test
    void an_unknown_group_is_refused_before_anything_was_done() {
        try (Desk365Sandbox desk365 = Desk365Sandbox.start()) {
            BoundTools tools = Escalation.tools(Desk365Client.builder()
                    .baseUrl(desk365.baseUrl())
                    .apiKey(desk365.apiKey())
                    .build());
            Map<String, Object> call = Map.of(
                    "ticket_number",
                    4052,
                    "reason",
                    "The customer has called three times.",
                    "notify",
                    List.of("tom.becker@desk.example"),
                    "group",
                    "Nobody");
            Map<String, Object> second = new HashMap<>(call);
            second.put(
                    "approval_token",
                    Objects.requireNonNull(Objects.requireNonNull(
                                    tools.call("escalate_ticket", call).structuredContent())
                            .get("approval_token")));

            String refused = tools.call("escalate_ticket", second).text();

            assertThat(refused).contains("Nobody", "Nothing was done.");
            assertThat(desk365.exchanges()).hasSize(1);
            assertThat(desk365.violations()).isEmpty();
        }
    }
}
