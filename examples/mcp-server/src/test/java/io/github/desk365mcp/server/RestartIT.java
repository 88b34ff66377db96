package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar with {@code --state} and a file. */
class RestartIT {

    private static final CallToolRequest NOTE = CallToolRequest.builder(CREATE_NOTE)
            .arguments(Map.of("ticket_number", 4052, "body", "The monitor is a Lakefield 27."))
            .build();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    private Path folder;

    @Test
    void a_create_of_a_server_that_was_killed_is_found_after_the_restart() throws Exception {
        JarServer killed = start();
        sandbox.stall(1);
        Thread call = new Thread(() -> {
            try (McpSyncClient client = killed.client(null)) {
                client.callTool(NOTE);
            } catch (RuntimeException ended) {
                // The server is killed before it answers.
            }
        });
        call.start();
        sandbox.awaitExchanges(1);
        killed.kill();
        call.join();
        sandbox.release();

        try (JarServer restarted = start();
                McpSyncClient client = restarted.client(null)) {
            CallToolResult found = client.callTool(NOTE);

            assertThat(found.isError()).isNotEqualTo(true);
            assertThat(String.valueOf(found.structuredContent())).contains("found=true");
        }
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(written()).doesNotContain("Lakefield");
    }

    @Test
    void a_second_server_with_the_same_file_ends_and_says_why() throws Exception {
        try (JarServer first = start()) {
            Process second = builder().start();

            String error = new String(second.getErrorStream().readAllBytes(), UTF_8);

            assertThat(first.address()).isNotEmpty();
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(error).contains("The state of --state cannot be used: ");
        }
    }

    private JarServer start() throws IOException {
        return new JarServer(builder().start());
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = ServerProcess.on(
                sandbox,
                List.of(),
                "--http",
                "0",
                "--state",
                folder.resolve("state").toString());
        builder.environment().put("DESK365_STATE_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        return builder;
    }

    private String written() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), UTF_8));
            }
        }
        return all.toString();
    }
}
