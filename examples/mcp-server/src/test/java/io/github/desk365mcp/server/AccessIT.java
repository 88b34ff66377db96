package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.tools.CallerAuthenticator;
import io.github.desk365mcp.tools.Policy;
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

/** A contractor's server, and what it lets out. */
@Timeout(60)
class AccessIT {

    private static final String TOKEN = "a-contractors-token";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void the_contractors_configuration_is_one() throws Exception {
        assertThat(Policy.fromJson(Files.readString(Path.of("contractor.json"))).toString())
                .contains("2026-11-27T17:00:00Z")
                .contains("callers are checked");
    }

    @Test
    void a_contractor_reads_the_knowledge_base_with_the_token_and_nothing_without() throws Exception {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));
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
    void after_the_end_nothing_is_listed() throws Exception {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));
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

    @Test
    void no_secret_is_in_anything_that_a_run_emits() throws Exception {
        StringBuilder emitted = new StringBuilder();
        try (Desk365Sandbox sandbox =
                Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).contractsEnabled(true))) {
            JarServer server = JarServer.start(sandbox, "--config", everything(), "--audit");
            try (server;
                    McpSyncClient client = server.client(TOKEN)) {
                for (Tool tool : client.listTools().tools()) {
                    emitted.append(tool);
                    // Once as it is, and once where the service repeats the key in its error.
                    emitted.append(call(client, tool.name(), Map.of("ticket_number", 4052)));
                    sandbox.next(
                            Fault.answer(500, Map.of(), "{\"message\": \"no such key: " + sandbox.apiKey() + "\"}"));
                    emitted.append(call(client, tool.name(), Map.of()));
                    sandbox.reset();
                }
                emitted.append(call(client, "get_single_desk_365_ticket_by_id", Map.of("ticket_number", 99999)));
                sandbox.next(Fault.loseAnswer());
                emitted.append(call(client, "get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052)));
            }
            emitted.append(server.written());
            assertThat(server.written()).as("the audit was written").contains("get_single_desk_365_ticket_by_id");
            assertThat(emitted.toString())
                    .hasSizeGreaterThan(50_000)
                    .doesNotContain(sandbox.apiKey())
                    .doesNotContain(TOKEN);
        }
    }

    private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                        CallToolRequest.builder(tool).arguments(arguments).build())
                .toString();
    }

    private String config(String end) throws Exception {
        return write("\"config\": {\"methods\": [\"read\"], \"tags\": [\"knowledge_base\"]}, \"expires_at\": \"" + end
                + "\"");
    }

    private String everything() throws Exception {
        return write("\"preset\": \"everything\"");
    }

    private String write(String rules) throws Exception {
        Path file = directory.resolve("policy.json");
        Files.writeString(
                file,
                "{" + rules + ", \"require_api_token_auth\": true, \"tokens\": {\"" + CallerAuthenticator.hash(TOKEN)
                        + "\": \"contractor\"}}");
        return file.toString();
    }
}
