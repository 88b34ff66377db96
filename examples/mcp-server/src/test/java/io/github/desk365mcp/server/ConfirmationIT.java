package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** If a call needs confirmation, a real client asks its user, and the call is sent only if the user agrees. */
class ConfirmationIT {

    enum Person {
        AGREES,
        DECLINES,
        ACCEPTS_AN_EMPTY_FORM,
        SAYS_NO_IN_THE_FORM;

        ElicitResult answer() {
            return switch (this) {
                case AGREES -> new ElicitResult(ElicitResult.Action.ACCEPT, Map.of("agreed", true));
                case DECLINES -> new ElicitResult(ElicitResult.Action.DECLINE, Map.of());
                case ACCEPTS_AN_EMPTY_FORM -> new ElicitResult(ElicitResult.Action.ACCEPT, Map.of());
                case SAYS_NO_IN_THE_FORM -> new ElicitResult(ElicitResult.Action.ACCEPT, Map.of("agreed", false));
            };
        }
    }

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static JarServer server;

    @BeforeAll
    static void start() throws Exception {
        // Each person is asked for the same reply.
        server = JarServer.startMeasured(sandbox, "--approval", "mail=confirm", "--duplicates-within", "0");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_reply_is_sent_only_if_the_person_agrees(Person person) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (McpSyncClient client = server.askedClient(request -> {
            asked.add(request.message());
            return person.answer();
        })) {
            CallToolResult result = reply(client);

            assertThat(asked).singleElement().asString().contains("nora.vance@northwind.example", "We are on it.");
            assertThat(result.isError()).isEqualTo(person != Person.AGREES);
            assertThat(replies()).isEqualTo(person == Person.AGREES ? 1 : 0);
        }
    }

    @Test
    void a_client_that_cannot_ask_gets_an_error() throws Exception {
        try (McpSyncClient client = server.client(null)) {
            CallToolResult result = reply(client);

            assertThat(result.isError()).isTrue();
            assertThat(result.meta()).containsEntry("io.github.desk365mcp/error", Map.of("code", "not_confirmed"));
            assertThat(result.content().toString()).contains("this client cannot ask for it");
            assertThat(replies()).isZero();
        }
    }

    @Test
    void a_person_can_answer_as_long_as_the_preview_lasts_and_a_missing_answer_is_reported() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (JarServer impatient = JarServer.start(sandbox, "--approval", "mail=confirm", "--approvals-last", "2");
                McpSyncClient client = impatient.askedClient(request -> {
                    await(never);
                    return Person.AGREES.answer();
                })) {
            CallToolResult result = reply(client);
            never.countDown();

            assertThat(result.isError()).isTrue();
            assertThat(result.meta()).containsEntry("io.github.desk365mcp/error", Map.of("code", "not_confirmed"));
            assertThat(result.content().toString())
                    .contains("Nobody answered the approval request within ", " seconds. Nothing was sent");
            assertThat(replies()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CallToolResult reply(McpSyncClient client) {
        client.initialize();
        return client.callTool(CallToolRequest.builder(CREATE_REPLY)
                .arguments(Map.of("ticket_number", 4052, "body", "We are on it."))
                .build());
    }

    private static long replies() {
        return sandbox.exchanges().stream()
                .filter(exchange -> exchange.path().endsWith("add_reply"))
                .count();
    }
}
