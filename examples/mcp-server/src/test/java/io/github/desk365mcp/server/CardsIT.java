package io.github.desk365mcp.server;

import static io.github.desk365mcp.server.HostInProcess.CARDS;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that shows cards decides on a card, and only there; other clients do not see any of it. */
@Timeout(120)
class CardsIT {

    private static final String VIEW = "ui://desk365/approval.html";
    private static final String ANN = "the-long-token-of-ann";
    private static final String BOB = "the-long-token-of-bob";
    private static final int RACERS = 64;
    private static final ClientCapabilities NOTHING =
            ClientCapabilities.builder().build();
    private static final Map<String, Object> REPLY =
            Map.of("ticket_number", 4052, "body", "We are on it.\u202e It is <b>fixed</b> soon.");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
    private BoundTools tools = sandbox.bound(policy());
    private @Nullable HostInProcess host;

    private Policy policy() {
        return Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .authenticator(CallerAuthenticator.tokens(
                        Map.of(CallerAuthenticator.hash(ANN), "ann", CallerAuthenticator.hash(BOB), "bob")))
                .clock(clock)
                .audit(audit::add)
                .approvalCards();
    }

    private McpSyncClient client(ClientCapabilities capabilities, String token) {
        if (host == null) {
            host = HostInProcess.start(tools);
        }
        return host.client(capabilities, token);
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void a_client_with_cards_is_offered_the_view_and_the_deciding_tool() {
        try (McpSyncClient client = client(CARDS, ANN)) {
            List<Tool> listed = client.listTools().tools();
            Tool deciding = tool(listed, McpTools.CARD_TOOL);
            TextResourceContents view = (TextResourceContents)
                    client.readResource(ReadResourceRequest.builder(VIEW).build())
                            .contents()
                            .get(0);

            assertThat(deciding.meta()).isEqualTo(Map.of("ui", Map.of("visibility", List.of("app"))));
            assertThat(tool(listed, CREATE_REPLY).meta()).containsEntry("ui", Map.of("resourceUri", VIEW));
            assertThat(tool(listed, GET_TICKET).meta()).doesNotContainKey("ui");
            assertThat(listed).hasSize(tools.allDefinitions().size() + 1);
            assertThat(client.listResources().resources())
                    .singleElement()
                    .satisfies(resource -> assertThat(resource.uri()).isEqualTo(VIEW));
            assertThat(view.mimeType()).isEqualTo("text/html;profile=mcp-app");
            assertThat(view.text())
                    .contains(McpTools.CARD_TOOL, MetaKeys.PENDING_CALL)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "http:", "https:");
        }
    }

    @Test
    void for_any_other_client_nothing_of_it_exists() {
        tools = sandbox.bound(policy().approvalPlace("https://helpdesk.example/approvals"));
        try (McpSyncClient client = client(NOTHING, ANN)) {
            List<Tool> listed = client.listTools().tools();
            CallToolResult asked = call(client, CREATE_REPLY, REPLY);
            String id = tools.pendingCalls().waiting().get(0).id();

            assertThat(listed).hasSameSizeAs(tools.allDefinitions());
            assertThat(listed).extracting(Tool::name).doesNotContain(McpTools.CARD_TOOL);
            assertThat(listed).extracting(Tool::meta).noneMatch(meta -> meta.containsKey("ui"));
            assertThat(client.listResources().resources()).isEmpty();
            assertThatThrownBy(() -> client.readResource(
                            ReadResourceRequest.builder(VIEW).build()))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("Resource not found");
            assertThat(asked.toString())
                    .contains("https://helpdesk.example/approvals")
                    .doesNotContain(id);
            assertThatThrownBy(() -> decide(client, id, true)).isInstanceOf(McpError.class);
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void without_the_operators_word_a_client_with_cards_is_like_any_other() {
        tools = sandbox.bound(
                Policy.of(Selection.everything()).approvals(Approvals.defaults().customerMail(Approval.CONFIRM)));
        try (McpSyncClient client = client(CARDS, ANN)) {
            assertThat(client.listTools().tools()).extracting(Tool::name).doesNotContain(McpTools.CARD_TOOL);
            assertThat(call(client, CREATE_REPLY, REPLY).isError()).isTrue();
            assertThat(tools.pendingCalls().waiting()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void over_standard_input_a_client_is_served_by_what_it_offers(boolean cards) throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        String offer =
                "{\"extensions\":{\"io.modelcontextprotocol/ui\":{\"mimeTypes\":[\"text/html;profile=mcp-app\"]}}}";
        String lines = String.join(
                "\n",
                Messages.initialize(1, cards ? offer : "{}"),
                Messages.INITIALIZED,
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
                Messages.call(3, CREATE_REPLY, "{\"ticket_number\":4052,\"body\":\"We are on it.\"}"),
                Messages.call(4, McpTools.CARD_TOOL, "{\"id\":\"a-guess\",\"approve\":true}"));

        new McpHost(tools, new CallOptions(), "test", false)
                .serveStdio(
                        CallContext.none().credential(ANN),
                        new ByteArrayInputStream(lines.getBytes(UTF_8)),
                        new PrintStream(written, true, UTF_8),
                        () -> {});

        String answers = written.toString(UTF_8);
        assertThat(answers.contains("\"resourceUri\":\"" + VIEW)).isEqualTo(cards);
        assertThat(answers.contains("\"visibility\":[\"app\"]")).isEqualTo(cards);
        assertThat(answers.contains(MetaKeys.PENDING_CALL)).isEqualTo(cards);
        assertThat(answers.contains("This call is unknown here")).isEqualTo(cards);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_click_sends_once_and_the_model_gets_the_result() {
        try (McpSyncClient client = client(CARDS, ANN)) {
            CallToolResult asked = call(client, CREATE_REPLY, REPLY);
            Map<?, ?> card = card(asked);

            assertThat(asked.structuredContent().toString()).contains("waiting_for_approval", "on the card");
            assertThat(String.valueOf(card.get("preview")))
                    .contains("nora.vance@northwind.example", "We are on it.[U+202E] It is");
            assertThat(sandbox.writes()).isEmpty();

            clock.advance(Duration.ofSeconds(7));
            CallToolResult decided = decide(client, String.valueOf(card.get("id")), true);

            assertThat(decided.structuredContent()).isEqualTo(Map.of("state", "done"));
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(call(client, CREATE_REPLY, REPLY).structuredContent().toString())
                    .contains("replayed=true", "Nothing was sent now");
            assertThat(decide(client, String.valueOf(card.get("id")), true).structuredContent())
                    .isEqualTo(Map.of("state", "done"));
            assertThat(sandbox.writes()).hasSize(1);
            AuditRecord sent = audit.stream()
                    .filter(record -> record.channel() != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(sent.channel()).isEqualTo("card");
            assertThat(sent.decidedBy()).isEqualTo("ann");
            assertThat(sent.waited()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void of_64_approvals_at_once_one_sends() throws Exception {
        try (McpSyncClient client = client(CARDS, ANN)) {
            String id = id(call(client, CREATE_REPLY, REPLY));
            CyclicBarrier line = new CyclicBarrier(RACERS);
            ExecutorService threads = Executors.newFixedThreadPool(RACERS);
            List<Future<CallToolResult>> racing = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                racing.add(threads.submit(() -> {
                    line.await();
                    return decide(client, id, true);
                }));
            }

            List<Object> states = new ArrayList<>();
            for (Future<CallToolResult> one : racing) {
                states.add(((Map<?, ?>) one.get().structuredContent()).get("state"));
            }
            threads.shutdown();

            assertThat(states).hasSize(RACERS).containsAnyOf("done").isSubsetOf("done", "acting");
            assertThat(sandbox.writes()).hasSize(1);
        }
    }

    @Test
    void who_declines_can_tell_the_model_why() {
        try (McpSyncClient client = client(CARDS, ANN)) {
            String id = id(call(client, CREATE_REPLY, REPLY));

            CallToolResult declined = call(
                    client, McpTools.CARD_TOOL, Map.of("id", id, "approve", false, "words", "Say when it was fixed."));

            assertThat(declined.structuredContent())
                    .isEqualTo(Map.of("state", "declined", "message", "Say when it was fixed."));
            assertThat(call(client, CREATE_REPLY, REPLY).content().toString())
                    .contains("They say: Say when it was fixed.");
            assertThat(((Map<?, ?>) decide(client, id, true).structuredContent()).get("state"))
                    .isEqualTo("declined");
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void for_another_caller_the_identifier_does_not_exist() {
        try (McpSyncClient ann = client(CARDS, ANN);
                McpSyncClient bob = client(CARDS, BOB)) {
            String id = id(call(ann, CREATE_REPLY, REPLY));

            CallToolResult refused = decide(bob, id, true);
            CallToolResult guessed = decide(bob, "a-guess", true);

            assertThat(refused.isError()).isTrue();
            assertThat(refused.content()).isEqualTo(guessed.content());
            assertThat(tools.pendingCalls().find(id).orElseThrow().state()).isEqualTo(PendingCall.State.WAITING);
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void a_model_that_sees_everything_but_the_meta_has_nothing_to_decide_with() {
        try (McpSyncClient client = client(CARDS, ANN)) {
            CallToolResult asked = call(client, CREATE_REPLY, REPLY);
            String seen = asked.content() + " " + asked.structuredContent() + client.listTools();
            String id = tools.pendingCalls().waiting().get(0).id();

            assertThat(seen).doesNotContain(id);
            for (String word : seen.split("[^A-Za-z0-9_-]+")) {
                if (word.length() >= 16 && word.length() <= 40) {
                    assertThat(decide(client, word, true).isError()).as(word).isTrue();
                }
            }
            for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                    Map.of(),
                    Map.of("approve", true),
                    Map.of("id", 1, "approve", true),
                    Map.of("id", id),
                    Map.of("id", id, "approve", "true"),
                    Map.of("id", id, "approve", false, "words", 1))) {
                assertThat(call(client, McpTools.CARD_TOOL, wrong).isError()).isTrue();
            }
            assertThat(tools.pendingCalls().waiting()).hasSize(1);
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void a_card_cannot_be_approved_after_its_time() {
        try (McpSyncClient client = client(CARDS, ANN)) {
            String id = id(call(client, CREATE_REPLY, REPLY));
            clock.advance(Duration.ofMinutes(10));

            assertThat(decide(client, id, true).structuredContent()).isEqualTo(Map.of("state", "expired"));
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void a_ticket_with_another_contact_by_now_gets_no_reply() {
        try (McpSyncClient client = client(CARDS, ANN)) {
            String id = id(call(client, CREATE_REPLY, REPLY));
            sandbox.client().tickets().update(4052, ticket -> ticket.contactEmail("giulia.ferraro@northwind.example"));

            Map<?, ?> outcome = (Map<?, ?>) decide(client, id, true).structuredContent();

            assertThat(outcome.get("state")).isEqualTo("failed");
            assertThat(String.valueOf(outcome.get("message"))).contains("contact has changed");
            assertThat(sandbox.writes()).hasSize(1);
        }
    }

    @Test
    void a_lost_answer_is_unknown_on_the_card_and_nothing_is_sent_again() {
        tools = sandbox.bound(policy().approvals(Approvals.defaults().updates(Approval.CONFIRM)));
        try (McpSyncClient client = client(CARDS, ANN)) {
            Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
            String id = id(call(client, UPDATE_TICKET, closing));
            sandbox.next("updateTicket", Fault.answer(502, Map.of(), ""));

            Map<?, ?> outcome = (Map<?, ?>) decide(client, id, true).structuredContent();
            int sent = sandbox.writes().size();

            assertThat(outcome.get("state")).isEqualTo("unknown");
            assertThat(((Map<?, ?>) decide(client, id, true).structuredContent()).get("state"))
                    .isEqualTo("unknown");
            assertThat(call(client, UPDATE_TICKET, closing).isError()).isTrue();
            assertThat(sandbox.writes()).hasSize(sent);
        }
    }

    private static Tool tool(List<Tool> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CallToolResult call(McpSyncClient client, String name, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(name).arguments(arguments).build());
    }

    private static CallToolResult decide(McpSyncClient client, String id, boolean approve) {
        return call(client, McpTools.CARD_TOOL, Map.of("id", id, "approve", approve));
    }

    private static Map<?, ?> card(CallToolResult asked) {
        return (Map<?, ?>) Objects.requireNonNull(asked.meta().get(MetaKeys.PENDING_CALL));
    }

    private static String id(CallToolResult asked) {
        return String.valueOf(card(asked).get("id"));
    }
}
