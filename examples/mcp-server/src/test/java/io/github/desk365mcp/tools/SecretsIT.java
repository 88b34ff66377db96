package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.server.JarServer;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks all output of a server while every tool is called, including writes. */
@Timeout(120)
class SecretsIT {

    private static final String TOKEN = "a-callers-token";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void neither_the_key_nor_the_token_appears_in_any_output() throws Exception {
        StringBuilder emitted = new StringBuilder();
        try (TestSandbox sandbox = TestSandbox.start()) {
            JarServer server =
                    JarServer.start(sandbox, "--config", config(), "--audit", "--approval", "mail=allow,delete=allow");
            try (server;
                    McpSyncClient client = server.client(TOKEN)) {
                emitted.append(client.initialize()).append(client.listTools());
                for (Tool tool : Catalogue.tools()) {
                    Map<String, Object> arguments = ToolExamples.fullest(tool);
                    emitted.append(call(client, tool, arguments));
                    sandbox.reset();
                    // The service repeats the key in an error, then drops a response.
                    String leak = "{\"message\": \"no such key: " + sandbox.apiKey() + "\"}";
                    sandbox.next(Fault.answer(400, Map.of(), leak));
                    emitted.append(call(client, tool, arguments));
                    sandbox.next(Fault.loseAnswer());
                    emitted.append(call(client, tool, arguments));
                    sandbox.reset();
                }
            }
            emitted.append(server.written());
            assertThat(sandbox.exchanges())
                    .as("writes were made")
                    .anyMatch(exchange -> exchange.method().equals("DELETE"));
            assertThat(server.written())
                    .as("the audit was written")
                    .contains("create_a_desk_365_ticket_reply")
                    .contains("caller=caller-1");
            assertThat(emitted.toString())
                    .hasSizeGreaterThan(100_000)
                    .doesNotContain(sandbox.apiKey())
                    .doesNotContain(TOKEN);
        }
    }

    private static String call(McpSyncClient client, Tool tool, Map<String, Object> arguments) {
        return client.callTool(CallToolRequest.builder(tool.name())
                        .arguments(arguments)
                        .build())
                .toString();
    }

    private String config() throws Exception {
        Path file = directory.resolve("policy.json");
        Files.writeString(file, """
                {"preset": "everything", "require_api_token_auth": true, "tokens": {"%s": "caller-1"}}
                """.formatted(CallerAuthenticator.hash(TOKEN)));
        return file.toString();
    }
}
