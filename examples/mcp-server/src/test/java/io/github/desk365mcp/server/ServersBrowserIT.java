package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An admin creates a server on demand in Chromium, by keyboard alone, on a desktop and a phone, light and dark, axe finds
 * nothing, and the server exists after a restart. Runs with {@code -Pothers}; the screenshots are in
 * {@code target/servers}.
 */
@EnabledIfSystemProperty(named = "others", matches = "true")
@Timeout(600)
class ServersBrowserIT {

    private static final String TOKEN = "annas-own-token";

    @TempDir
    private Path folder;

    private JarServer start(TestSandbox sandbox) throws Exception {
        return JarServer.start(
                sandbox,
                "--state=" + folder.resolve("state"),
                "--admin-token-hash=anna=" + CallerAuthenticator.hash(TOKEN));
    }

    @Test
    void an_admin_creates_a_server_by_keyboard_in_a_real_browser() throws Exception {
        Path chromium = Path.of(Objects.requireNonNullElse(System.getenv("CHROME_BIN"), "/usr/bin/chromium"));
        assumeTrue(Files.isExecutable(chromium), "Chromium is not here: the checks of the admins' page are skipped");
        OtherPrograms.install();
        Path shots = Files.createDirectories(Path.of("target/servers")).toAbsolutePath();
        try (TestSandbox sandbox = TestSandbox.start()) {
            String printed;
            String written;
            try (JarServer server = start(sandbox)) {
                printed = OtherPrograms.node(
                        "servers.mjs",
                        server.address().replace("/mcp", "/admin"),
                        TOKEN,
                        shots.toString(),
                        chromium.toString());
                written = server.written();
            }
            assertThat(printed).contains("all states were seen");
            String path = URI.create(printed.replaceFirst("(?s).*the address is (\\S+).*", "$1"))
                    .getPath();
            assertThat(written)
                    .contains("Admins create servers at ", "anna created the server ")
                    .doesNotContain(TOKEN, path.substring("/mcp/".length()));

            try (JarServer restarted = start(sandbox);
                    McpSyncClient client = restarted.client(path, null)) {
                client.initialize();
                assertThat(client.listTools().tools())
                        .extracting(tool -> tool.name())
                        .contains(GET_TICKET);
                assertThat(client.callTool(CallToolRequest.builder(GET_TICKET)
                                        .arguments(Map.of("ticket_number", 4052))
                                        .build())
                                .isError())
                        .isNotEqualTo(true);
            }
        }
    }
}
