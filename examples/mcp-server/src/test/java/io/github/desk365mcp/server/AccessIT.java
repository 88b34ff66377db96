package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the jar with the policy of a contractor. */
@Timeout(120)
class AccessIT {

    private static final String TOKEN = "a-contractors-token";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void the_example_policy_file_is_valid() throws Exception {
        assertThat(Policy.fromJson(Files.readString(Path.of("contractor.json"))).toString())
                .contains("2099-11-27T17:00:00Z")
                .contains("callers are checked");
    }

    @Test
    void a_contractor_can_read_the_knowledge_base_with_the_token_and_nothing_without_it() throws Exception {
        try (TestSandbox sandbox = TestSandbox.start();
                JarServer server = JarServer.start(sandbox, "--config", config("2999-12-31T00:00:00Z"))) {
            try (McpSyncClient stranger = server.client(null)) {
                assertThatThrownBy(stranger::initialize).isInstanceOf(RuntimeException.class);
            }
            try (McpSyncClient guesser = server.client("a-guess")) {
                assertThatThrownBy(guesser::initialize).isInstanceOf(RuntimeException.class);
            }
            try (McpSyncClient contractor = server.client(TOKEN)) {
                List<Tool> tools = contractor.listTools().tools();
                assertThat(tools)
                        .hasSizeBetween(3, 8)
                        .allSatisfy(tool ->
                                assertThat(tool.annotations().readOnlyHint()).isTrue());
                CallToolResult articles = contractor.callTool(
                        CallToolRequest.builder("list_all_desk_365_kb_articles").build());
                assertThat(articles.isError()).isNotEqualTo(true);
                assertThatThrownBy(() -> contractor.callTool(CallToolRequest.builder("create_a_desk_365_ticket_reply")
                                .arguments(Map.of("ticket_number", 4052, "body", "Hello"))
                                .build()))
                        .hasMessageContaining("Unknown tool");
            }
            assertThat(sandbox.operationsAsked()).containsExactly("listArticles");
        }
    }

    @Test
    void no_tool_is_listed_after_the_access_has_ended() throws Exception {
        try (TestSandbox sandbox = TestSandbox.start();
                JarServer server = JarServer.start(sandbox, "--config", config("2020-01-01T00:00:00Z"));
                McpSyncClient contractor = server.client(TOKEN)) {
            assertThat(contractor.listTools().tools()).isEmpty();
            CallToolResult late = contractor.callTool(
                    CallToolRequest.builder("list_all_desk_365_kb_articles").build());
            assertThat(late.isError()).isTrue();
            assertThat(late.content().toString()).contains("has ended");
            assertThat(sandbox.exchanges()).isEmpty();
        }
    }

    private String config(String end) throws Exception {
        Path file = directory.resolve("policy.json");
        Files.writeString(file, """
                {"config": {"methods": ["read"], "tags": ["knowledge_base"]}, "expires_at": "%s",
                 "require_api_token_auth": true, "tokens": {"%s": "contractor"}}
                """.formatted(end, CallerAuthenticator.hash(TOKEN)));
        return file.toString();
    }
}
