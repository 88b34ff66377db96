package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official client reads resources, gets prompts and completes arguments, with sessions and without. */
@Timeout(60)
class ResourcesOverMcpTest {

    private static TestSandbox sandbox;
    private static BoundTools tools;
    private static HostInProcess withSessions;
    private static HostInProcess stateless;

    @BeforeAll
    static void start() {
        sandbox = TestSandbox.start();
        // Without marks, whose numbers are random.
        tools = sandbox.bound(Policy.of(Selection.everything()).withoutOutsideMarks());
        withSessions = HostInProcess.start(tools);
        stateless = HostInProcess.start(tools, "--stateless");
    }

    @AfterAll
    static void stop() {
        withSessions.close();
        stateless.close();
        sandbox.close();
    }

    private static McpSyncClient client(boolean isStateless) {
        return (isStateless ? stateless : withSessions)
                .client(ClientCapabilities.builder().build(), null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_reads_a_ticket_by_its_uri(boolean isStateless) {
        try (McpSyncClient client = client(isStateless)) {
            assertThat(client.getServerCapabilities().resources()).isNotNull();
            assertThat(client.listResourceTemplates().resourceTemplates())
                    .extracting(ResourceTemplate::uriTemplate)
                    .containsExactlyInAnyOrderElementsOf(tools.allResourceTemplates().stream()
                            .map(template -> String.valueOf(template.get("uriTemplate")))
                            .toList());
            TextResourceContents ticket =
                    (TextResourceContents) read(client, "desk365://ticket/4052").get(0);

            assertThat(ticket.text())
                    .isEqualTo(tools.readResource("desk365://ticket/4052", CallContext.none())
                            .text())
                    .contains("Checkout is down");
            assertThat(ticket.mimeType()).isEqualTo("application/json");
            assertThat(read(client, "desk365://contact/nora.vance%40northwind.example"))
                    .hasSize(1);
        }
    }

    private static List<?> read(McpSyncClient client, String uri) {
        return client.readResource(ReadResourceRequest.builder(uri).build()).contents();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_resource_that_does_not_exist_is_a_protocol_error_with_the_sentence_of_the_tool(boolean isStateless) {
        try (McpSyncClient client = client(isStateless)) {
            assertError(client, "desk365://ticket/999999", -32002, "Desk365 has no record with ticket_number 999999");
            assertError(client, "desk365://ticket/x", -32602, "ticket_number");
            assertError(client, "desk365://asset/1", -32002, "Resource not found");
        }
    }

    private static void assertError(McpSyncClient client, String uri, int code, String sentence) {
        assertThatThrownBy(() -> read(client, uri)).isInstanceOfSatisfying(McpError.class, error -> {
            assertThat(error.getJsonRpcError().code()).isEqualTo(code);
            assertThat(error.getJsonRpcError().message()).contains(sentence);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_gets_a_prompt_and_completes_its_argument(boolean isStateless) {
        tools.call("list_all_desk_365_tickets", Map.of("ticket_count", 100));
        tools.call("list_all_desk_365_kb_articles", Map.of());
        try (McpSyncClient client = client(isStateless)) {
            List<Prompt> prompts = client.listPrompts().prompts();
            assertThat(prompts)
                    .extracting(Prompt::name)
                    .containsExactlyInAnyOrder(
                            "triage", "draft_reply", "summarize_thread", "weekly_report", "article_from_ticket");
            assertThat(prompts)
                    .filteredOn(prompt -> prompt.name().equals("draft_reply"))
                    .singleElement()
                    .satisfies(prompt ->
                            assertThat(prompt.arguments().get(0).required()).isTrue());
            TextContent text = (TextContent) client.getPrompt(GetPromptRequest.builder("draft_reply")
                            .arguments(Map.of("ticket_number", "4052"))
                            .build())
                    .messages()
                    .get(0)
                    .content();

            assertThat(text.text()).startsWith("Draft a reply to the customer of ticket 4052.");
            assertThatThrownBy(() -> client.getPrompt(
                            GetPromptRequest.builder("draft_reply").build()))
                    .isInstanceOfSatisfying(
                            McpError.class,
                            error -> assertThat(error.getJsonRpcError().message())
                                    .startsWith("The prompt draft_reply needs ticket_number"));
            assertThat(client.completeCompletion(CompleteRequest.builder(
                                            new PromptReference("triage"), new CompleteArgument("group", ""))
                                    .build())
                            .completion()
                            .values())
                    .isEqualTo(tools.complete("triage", "group", "", CallContext.none())
                            .get("values"))
                    .isNotEmpty();
            assertThat(Objects.requireNonNull(client.completeCompletion(CompleteRequest.builder(
                                            new ResourceReference("desk365://kb/{article_name}"),
                                            new CompleteArgument("article_name", ""))
                                    .build())
                            .completion()
                            .total()))
                    .isPositive();
        }
    }
}
