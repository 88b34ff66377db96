package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.DELETE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * People decide on the approval page in Chromium, by keyboard alone, on a desktop and a phone, light and dark, and axe
 * finds nothing. Runs with {@code -Pothers}; the screenshots are in {@code target/approvals}.
 */
@EnabledIfSystemProperty(named = "others", matches = "true")
@Timeout(600)
class ApprovalBrowserIT {

    private static final String TOKEN = "janes-own-token";

    private static final String BODY = "<p>Hello Nora,</p><p>we have found the <b>cause</b>: the payment gateway's"
            + " certificate had expired. It is renewed, and all stores can take payments again. See"
            + " <a href=\"https://status.example.com/4052\">our status page</a>.</p><ul><li>Checkout works again since"
            + " 09:40.</li><li>No payment was lost.</li></ul><p>Kind regards<br>Rita</p>";

    @Test
    void people_decide_by_keyboard_in_a_real_browser() throws Exception {
        Path chromium = Path.of(Objects.requireNonNullElse(System.getenv("CHROME_BIN"), "/usr/bin/chromium"));
        assumeTrue(Files.isExecutable(chromium), "Chromium is not here: the checks of the approval page are skipped");
        OtherPrograms.install();
        Path shots = Files.createDirectories(Path.of("target/approvals")).toAbsolutePath();
        try (TestSandbox sandbox = TestSandbox.start();
                JarServer server = JarServer.start(
                        sandbox,
                        "--approval=mail=confirm,update=confirm,delete=confirm",
                        "--approver-token-hash",
                        "jane=" + CallerAuthenticator.hash(TOKEN));
                McpSyncClient client = server.client(null)) {
            client.initialize();
            call(
                    client,
                    CREATE_REPLY,
                    Map.of(
                            "ticket_number",
                            4052,
                            "cc_emails",
                            List.of("giulia.ferraro@northwind.example"),
                            "body",
                            BODY));
            call(client, UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Closed", "priority", 10));
            call(client, DELETE_ARTICLE, Map.of("article_name", "Slow Wi-Fi in meeting rooms"));

            String printed = OtherPrograms.node(
                    "approvals.mjs",
                    server.address().replace("/mcp", "/approvals"),
                    TOKEN,
                    shots.toString(),
                    chromium.toString());

            assertThat(printed).contains("all states were seen");
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(client.callTool(CallToolRequest.builder(UPDATE_TICKET)
                                    .arguments(Map.of("ticket_number", 4052, "status", "Closed", "priority", 10))
                                    .build())
                            .content()
                            .toString())
                    .contains("They say: Ask Nora first whether all stores work.");
            assertThat(server.written()).doesNotContain(TOKEN, "Nora", "northwind");
        }
    }

    private static void call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        assertThat(client.callTool(CallToolRequest.builder(tool)
                                .arguments(arguments)
                                .build())
                        .content()
                        .toString())
                .contains("waiting_for_approval");
    }
}
