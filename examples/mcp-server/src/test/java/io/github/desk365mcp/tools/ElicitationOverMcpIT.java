package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.DELETE_ARTICLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.server.JarServer;
import io.github.desk365mcp.server.OtherPrograms;
import io.github.desk365mcp.server.ServerProcess;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The user of a client with the official TypeScript SDK is asked about every call that mails, publishes or deletes, and
 * it is sent only if that person agrees. Runs with {@code -Pothers}.
 */
@EnabledIfSystemProperty(named = "others", matches = "true")
@Timeout(300)
class ElicitationOverMcpIT {

    private static final String JANES = "janes-own-token";
    private static final String ARTICLE = "article_name";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_typescript_client_asks_its_user_with_a_form_or_a_link() throws Exception {
        OtherPrograms.install();
        HttpServer helpdesk = OtherPrograms.helpdesk(sandbox);
        int port = freePort();
        try (JarServer server = JarServer.start(
                sandbox,
                "--http",
                String.valueOf(port),
                "--approval=mail=confirm,publish=confirm,delete=confirm",
                "--approver-token-hash",
                "jane=" + CallerAuthenticator.hash(JANES))) {
            Path given = directory.resolve("given.json");
            Files.writeString(
                    given,
                    new JsonDocument(Map.of(
                                    "helpdesk",
                                    "http://127.0.0.1:" + helpdesk.getAddress().getPort(),
                                    "server",
                                    stdio(),
                                    "forms",
                                    forms(),
                                    "address",
                                    server.address(),
                                    "token",
                                    JANES,
                                    "links",
                                    links()))
                            .toJson());

            assertThat(OtherPrograms.node("elicitation.mjs", given.toString()))
                    .contains(forms().size() + " tools were approved with a form and with a link");
        } finally {
            helpdesk.stop(0);
        }
    }

    private static Map<String, Object> stdio() {
        // The same call is declined several times before it is approved.
        List<String> command = ServerProcess.command(
                List.of(), "--approval=mail=confirm,publish=confirm,delete=confirm", "--duplicates-within", "0");
        return Map.of(
                "command",
                command.get(0),
                "args",
                command.subList(1, command.size()),
                "env",
                ServerProcess.account(sandbox));
    }

    /** Every tool that reaches somebody outside or deletes. */
    private static List<Map<String, Object>> forms() {
        return ApprovalTest.guarded()
                .map(name -> Map.of("name", name, "arguments", ApprovalTest.arguments(name)))
                .toList();
    }

    /** Calls that are also declined: one that mails, one that publishes and one that deletes, with three arguments each. */
    private static List<Map<String, Object>> links() {
        List<Map<String, Object>> links = new ArrayList<>();
        links.add(Map.of(
                "name",
                CREATE_REPLY,
                "calls",
                List.of(reply("We are on it."), reply("It is fixed soon."), reply("It is fixed."))));
        links.add(Map.of(
                "name", CREATE_ARTICLE, "calls", List.of(article("One"), article("Another"), article("A third"))));
        links.add(Map.of(
                "name",
                DELETE_ARTICLE,
                "calls",
                List.of(
                        Map.of(ARTICLE, "Slow Wi-Fi in meeting rooms"),
                        Map.of(ARTICLE, "Connect to the office network from home"),
                        Map.of(ARTICLE, "Add a shared mailbox"))));
        return links;
    }

    private static Map<String, Object> reply(String body) {
        return Map.of("ticket_number", 4052, "body", body);
    }

    private static Map<String, Object> article(String name) {
        return ToolExamples.with(ApprovalTest.arguments(CREATE_ARTICLE), ARTICLE, name);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
