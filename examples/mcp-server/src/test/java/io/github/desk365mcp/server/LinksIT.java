package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitationCompleteNotification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client with elicitation in URL mode opens the page; its call waits for the decision there and gets the outcome. */
@Timeout(120)
class LinksIT {

    private static final String PLACE = "https://helpdesk.example/approvals";
    private static final ClientCapabilities LINKS =
            ClientCapabilities.builder().elicitation(false, true).build();
    private static final Map<String, Object> REPLY = Map.of("ticket_number", 4052, "body", "We are on it.");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final List<ElicitUrlRequest> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ElicitationCompleteNotification> completed = new LinkedBlockingQueue<>();
    private BoundTools tools = sandbox.bound(policy());
    private @Nullable HostInProcess host;

    private static Policy policy() {
        return Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalPlace(PLACE);
    }

    private McpSyncClient client(
            ClientCapabilities capabilities, Function<ElicitUrlRequest, ElicitResult.Action> person) {
        host = HostInProcess.start(tools);
        return host.client(
                capabilities,
                null,
                specification -> specification
                        .elicitation(form -> new ElicitResult(ElicitResult.Action.ACCEPT, Map.of("agreed", true)))
                        .urlElicitation(link -> {
                            asked.add(link);
                            return new ElicitResult(person.apply(link), null);
                        })
                        .elicitationCompleteConsumer(completed::add));
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    private PendingCall awaitPending() throws InterruptedException {
        while (tools.pendingCalls().waiting().isEmpty()) {
            Thread.sleep(5);
        }
        return tools.pendingCalls().waiting().get(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"DONE", "DECLINED"})
    void the_call_waits_for_the_decision_on_the_page_and_gets_the_outcome(State decision) throws Exception {
        try (McpSyncClient client = client(LINKS, link -> ElicitResult.Action.ACCEPT)) {
            // Not in the common pool: with two processors it has one thread, which the client needs.
            CompletableFuture<CallToolResult> call =
                    CompletableFuture.supplyAsync(() -> reply(client), work -> new Thread(work).start());
            PendingCall pending = awaitPending();
            Thread.sleep(1_000);

            assertThat(call).isNotDone();
            assertThat(sandbox.writes()).isEmpty();
            if (decision == State.DONE) {
                tools.pendingCalls().approve(pending.id(), "jane", "page");
            } else {
                tools.pendingCalls().decline(pending.id(), "jane", "page", "Call her instead.");
            }

            CallToolResult result = call.get(20, TimeUnit.SECONDS);
            assertThat(result.isError()).isEqualTo(decision == State.DECLINED);
            assertThat(result.content().toString())
                    .contains(decision == State.DONE ? "nora.vance@northwind.example" : "They say: Call her instead.");
            assertThat(sandbox.writes()).hasSize(decision == State.DONE ? 1 : 0);
            assertThat(asked).singleElement().satisfies(link -> {
                assertThat(link.url()).isEqualTo(PLACE);
                assertThat(link.message()).doesNotContain("nora", "We are on it.");
                assertThat(link.toString()).doesNotContain(pending.id());
            });
            assertThat(completed.poll(20, TimeUnit.SECONDS))
                    .extracting(ElicitationCompleteNotification::elicitationId)
                    .isEqualTo(asked.get(0).elicitationId());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"DONE", "FAILED"})
    void two_equal_calls_wait_for_one_decision_and_one_is_sent(State outcome) throws Exception {
        try (McpSyncClient client = client(LINKS, link -> ElicitResult.Action.ACCEPT)) {
            List<CompletableFuture<CallToolResult>> calls = List.of(
                    CompletableFuture.supplyAsync(() -> reply(client), work -> new Thread(work).start()),
                    CompletableFuture.supplyAsync(() -> reply(client), work -> new Thread(work).start()));
            while (asked.size() < 2) {
                Thread.sleep(5);
            }
            String pending = awaitPending().id();
            assertThat(tools.pendingCalls().waiting()).hasSize(1);
            if (outcome == State.FAILED) {
                sandbox.next("addReply", Fault.answer(400, Map.of(), "{\"message\":\"no\"}"));
            }

            assertThat(tools.pendingCalls().approve(pending, "jane", "page").state())
                    .isEqualTo(outcome);

            List<String> results = new ArrayList<>();
            for (CompletableFuture<CallToolResult> call : calls) {
                results.add(call.get(20, TimeUnit.SECONDS).content().toString());
            }
            assertThat(sandbox.writes()).hasSize(1);
            if (outcome == State.DONE) {
                assertThat(results).allSatisfy(result -> assertThat(result).contains("Nothing was sent now"));
                assertThat(tools.pendingCalls().waiting()).isEmpty();
            } else {
                // A failure is reported once; the second call is a new one, which waits.
                assertThat(results).anyMatch(result -> result.contains("Desk365 refused this"));
                assertThat(results).anyMatch(result -> result.contains("waiting_for_approval"));
                assertThat(tools.pendingCalls().waiting()).hasSize(1);
            }
        }
    }

    @Test
    void a_user_who_declines_to_open_the_page_declines_the_call() {
        try (McpSyncClient client = client(LINKS, link -> ElicitResult.Action.DECLINE)) {
            assertThat(reply(client).content().toString()).contains("did not approve this call");
            assertThat(tools.pendingCalls().decided())
                    .singleElement()
                    .satisfies(call -> assertThat(call.channel()).isEqualTo("client"));
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void a_user_who_closes_the_question_can_still_be_approved_for() {
        try (McpSyncClient client = client(LINKS, link -> ElicitResult.Action.CANCEL)) {
            assertThat(reply(client).content().toString()).contains("waiting_for_approval", PLACE);
            tools.pendingCalls().approve(tools.pendingCalls().waiting().get(0).id(), "jane", "page");
            assertThat(reply(client).isError()).isFalse();
            assertThat(sandbox.writes()).hasSize(1);
        }
    }

    @Test
    void the_call_ends_when_the_preview_has_expired() {
        tools = sandbox.bound(policy().approvalsLast(Duration.ofSeconds(1)));
        try (McpSyncClient client = client(LINKS, link -> ElicitResult.Action.ACCEPT)) {
            CallToolResult result = reply(client);

            assertThat(result.isError()).isTrue();
            assertThat(result.content().toString()).contains("Nobody decided on this call within 1 second");
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void a_client_with_both_modes_is_asked_with_the_form() {
        ClientCapabilities both =
                ClientCapabilities.builder().elicitation(true, true).build();
        try (McpSyncClient client = client(both, link -> ElicitResult.Action.CANCEL)) {
            assertThat(reply(client).isError()).isFalse();
            assertThat(asked).isEmpty();
            assertThat(sandbox.writes()).hasSize(1);
        }
    }

    @Test
    void a_place_that_is_no_address_is_told_to_the_model_alone() {
        tools = sandbox.bound(policy().approvalPlace("the approvals channel of your chat"));
        try (McpSyncClient client = client(LINKS, link -> ElicitResult.Action.ACCEPT)) {
            assertThat(reply(client).content().toString())
                    .contains("waiting_for_approval", "at the approvals channel of your chat");
            assertThat(asked).isEmpty();
        }
    }

    private static CallToolResult reply(McpSyncClient client) {
        return client.callTool(
                CallToolRequest.builder(CREATE_REPLY).arguments(REPLY).build());
    }
}
