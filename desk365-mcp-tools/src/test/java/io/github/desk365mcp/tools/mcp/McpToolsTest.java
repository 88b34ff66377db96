package io.github.desk365mcp.tools.mcp;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.AccessRefusedException;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The parts that need no server; with real servers and clients, see the tests of the example server. */
class McpToolsTest {

    private static final Function<McpTransportContext, CallContext> NOBODY = transport -> CallContext.none();
    private static final McpJsonMapper JSON = McpJsonDefaults.getMapper();

    @Test
    void a_definition_keeps_every_part_and_the_order_of_keys() {
        List<ToolDefinition> definitions = Desk365Tools.all().definitions();
        List<SyncToolSpecification> specifications = McpTools.sync(tools());

        assertThat(specifications).hasSameSizeAs(definitions);
        for (int i = 0; i < definitions.size(); i++) {
            ToolDefinition ours = definitions.get(i);
            Tool theirs = specifications.get(i).tool();
            assertThat(theirs.name()).isEqualTo(ours.name());
            assertThat(theirs.title()).isEqualTo(ours.title());
            assertThat(theirs.description()).isEqualTo(ours.description());
            // As text, because maps with another order are equal too.
            assertThat(theirs.inputSchema()).hasToString(ours.inputSchema().toString());
            assertThat(theirs.outputSchema()).hasToString(String.valueOf(ours.outputSchema()));
            assertThat(theirs.meta()).hasToString(ours.meta().toString());
            assertThat(theirs.annotations().destructiveHint())
                    .isEqualTo(ours.annotations().get("destructiveHint"));
        }
    }

    @Test
    void all_four_forms_have_the_same_tools() {
        BoundTools tools = tools();

        assertThat(McpTools.async(tools, NOBODY))
                .extracting(tool -> tool.tool())
                .isEqualTo(McpTools.sync(tools).stream()
                        .map(SyncToolSpecification::tool)
                        .toList())
                .isEqualTo(McpTools.stateless(tools, NOBODY).stream()
                        .map(McpStatelessServerFeatures.SyncToolSpecification::tool)
                        .toList())
                .isEqualTo(McpTools.statelessAsync(tools, NOBODY).stream()
                        .map(McpStatelessServerFeatures.AsyncToolSpecification::tool)
                        .toList());
    }

    @Test
    void a_fault_is_an_error_result_without_its_details() {
        BoundTools tools = Desk365Tools.all()
                .bind(Desk365Client.builder()
                        .subdomain("acme")
                        .apiKey("a-test-key")
                        .httpClient(http -> {
                            throw new IllegalStateException("s3cret");
                        })
                        .build());

        CallToolResult result = call(tools, NOBODY, GET_TICKET, Map.of("ticket_number", 4052));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("This server had an internal error").doesNotContain("s3cret", "Exception");
    }

    @Test
    void a_fault_of_the_function_that_reads_the_caller_is_an_error_result_too() {
        CallToolResult result = call(
                tools(),
                transport -> {
                    throw new AssertionError("s3cret");
                },
                GET_TICKET,
                Map.of());

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("This server had an internal error").doesNotContain("s3cret");
    }

    @Test
    void a_call_without_arguments_is_a_call() {
        CallToolResult result = call(tools(), NOBODY, GET_TICKET, null);

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("Nothing was done. ticket_number is missing");
        assertThat(result.structuredContent()).isNull();
        assertThat(result.meta()).containsKey("io.github.desk365mcp/error");
    }

    @Test
    void a_tool_that_the_caller_may_not_use_is_hidden_and_says_so_when_called() {
        BoundTools tools = tools();
        Function<McpTransportContext, CallContext> reader =
                transport -> CallContext.none().scope(Selection.readOnly());

        List<String> shown = new ArrayList<>();
        for (SyncToolSpecification tool : McpTools.sync(tools, reader)) {
            if (McpTools.filter(tools, reader).isVisible(McpTransportContext.EMPTY, tool.tool())) {
                shown.add(tool.tool().name());
            }
        }
        CallToolResult result = call(tools, reader, "create_a_desk_365_ticket", Map.of());

        assertThat(shown).contains(GET_TICKET).doesNotContain("create_a_desk_365_ticket");
        assertThat(result.isError()).isTrue();
        assertThat(text(result))
                .isEqualTo("Nothing was done. There is no tool create_a_desk_365_ticket; use one that is listed.");
    }

    @Test
    void the_transports_tenant_is_the_calls() {
        AtomicReference<String> asked = new AtomicReference<>();
        try (TestSandbox sandbox = TestSandbox.start()) {
            BoundTools tools = Desk365Tools.with(
                            Policy.of(Selection.everything()).hosts("127.0.0.1"))
                    .bind(context -> {
                        asked.set(context.tenant());
                        return Tenant.of("acme", sandbox.baseUrl(), sandbox.apiKey());
                    });

            CallToolResult result = call(
                    tools,
                    transport -> CallContext.none().tenant(String.valueOf(transport.get("organization"))),
                    GET_TICKET,
                    Map.of("ticket_number", 4052));

            assertThat(result.isError()).isFalse();
            assertThat(asked).hasValue("acme");
        }
    }

    @Test
    @Timeout(60)
    void an_answer_that_is_cancelled_under_way_ends_its_request() throws Exception {
        McpAsyncServerExchange session = new McpAsyncServerExchange("one", null, null, null, McpTransportContext.EMPTY);
        CallToolRequest request = CallToolRequest.builder(GET_TICKET)
                .arguments(Map.of("ticket_number", 4052))
                .build();

        assertThat(outcome((tools, caller) -> handler(McpTools.async(tools, caller), AsyncToolSpecification::tool)
                        .callHandler()
                        .apply(session, request)))
                .isEqualTo("cancelled");
        assertThat(outcome((tools, caller) -> handler(
                                McpTools.statelessAsync(tools, caller),
                                McpStatelessServerFeatures.AsyncToolSpecification::tool)
                        .callHandler()
                        .apply(McpTransportContext.EMPTY, request)))
                .isEqualTo("cancelled");
    }

    /** What became of a call that was cancelled while the helpdesk was at work on it. */
    private static String outcome(
            BiFunction<BoundTools, Function<McpTransportContext, CallContext>, Mono<CallToolResult>> call)
            throws Exception {
        CompletableFuture<AuditRecord> ended = new CompletableFuture<>();
        try (TestSandbox sandbox = TestSandbox.start()) {
            BoundTools tools = sandbox.bound(Policy.of(Selection.everything()).audit(ended::complete));
            sandbox.next(Fault.stall());
            Disposable underWay = call.apply(tools, NOBODY).subscribe();
            while (sandbox.exchanges().isEmpty()) {
                Thread.onSpinWait();
            }

            underWay.dispose();

            return ended.get().outcome();
        }
    }

    @Test
    void a_policy_that_checks_callers_needs_the_function_that_reads_them() {
        BoundTools tools = Desk365Tools.with(Policy.of(Selection.everything()).authenticator(context -> null))
                .bind(Desk365Client.connect("acme", "a-test-key"));

        assertThatThrownBy(() -> McpTools.sync(tools)).isInstanceOf(AccessRefusedException.class);
        assertThat(McpTools.sync(tools, NOBODY)).isNotEmpty();
    }

    @Test
    void cards_need_the_operators_word() {
        assertThatThrownBy(() ->
                        McpTools.asyncCards(tools(), NOBODY, CallQueue.standard(), McpApprovals.elicitation(tools())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The policy has no cards; add approvalCards() to it");
    }

    @Test
    void a_synchronous_server_has_cards_for_clients_that_offer_them() {
        try (TestSandbox sandbox = TestSandbox.start()) {
            BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                    .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                    .approvalCards());
            List<SyncToolSpecification> cards = McpTools.syncCards(tools, NOBODY, McpApprovals.elicitation(tools));
            ClientCapabilities offer = ClientCapabilities.builder()
                    .extensions(Map.of(
                            "io.modelcontextprotocol/ui", Map.of("mimeTypes", List.of("text/html;profile=mcp-app"))))
                    .build();
            Map<String, Object> reply = Map.of("ticket_number", 4052, "body", "We are on it.");

            CallToolResult asked = call(cards, CREATE_REPLY, reply, offer);
            Map<?, ?> pending = (Map<?, ?>) Objects.requireNonNull(asked.meta().get(MetaKeys.PENDING_CALL));
            Map<String, Object> yes = Map.of("id", pending.get("id"), "approve", true);

            assertThat(call(cards, McpTools.CARD_TOOL, yes, null).isError()).isTrue();
            assertThat(sandbox.writes()).isEmpty();
            assertThat(call(cards, McpTools.CARD_TOOL, yes, offer).structuredContent())
                    .isEqualTo(Map.of("state", "done"));
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(call(cards, CREATE_REPLY, Map.of("ticket_number", 4052, "body", "Again."), null)
                            .isError())
                    .isTrue();
            assertThat(McpTools.filter(tools, NOBODY)
                            .isVisible(
                                    McpTransportContext.EMPTY,
                                    cards.get(cards.size() - 1).tool()))
                    .isTrue();
        }
    }

    private static CallToolResult call(
            List<SyncToolSpecification> tools,
            String name,
            Map<String, Object> arguments,
            @Nullable ClientCapabilities client) {
        McpAsyncServerExchange session =
                new McpAsyncServerExchange("one", null, client, null, McpTransportContext.EMPTY);
        return tools.stream()
                .filter(tool -> tool.tool().name().equals(name))
                .findFirst()
                .orElseThrow()
                .callHandler()
                .apply(
                        new McpSyncServerExchange(session),
                        CallToolRequest.builder(name).arguments(arguments).build());
    }

    private static <T> T handler(List<T> specifications, Function<T, Tool> tool) {
        return specifications.stream()
                .filter(one -> tool.apply(one).name().equals(GET_TICKET))
                .findFirst()
                .orElseThrow();
    }

    private static BoundTools tools() {
        return Desk365Tools.all().bind(Desk365Client.connect("acme", "a-test-key"));
    }

    private static CallToolResult call(
            BoundTools tools,
            Function<McpTransportContext, CallContext> caller,
            String name,
            @Nullable Map<String, Object> arguments) {
        return McpTools.stateless(tools, caller).stream()
                .filter(tool -> tool.tool().name().equals(name))
                .findFirst()
                .orElseThrow()
                .callHandler()
                .apply(
                        McpTransportContext.create(Map.of("organization", "acme")),
                        CallToolRequest.builder(name).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    // Resources and prompts; the asynchronous forms are tested in the example server.

    private static final JSONRPCRequest READ =
            new JSONRPCRequest("resources/read", 1, Map.of("uri", "desk365://ticket/4052"));
    private static final JSONRPCRequest GET = new JSONRPCRequest("prompts/get", 2, Map.of("name", "triage"));
    private static final JSONRPCRequest COMPLETE = new JSONRPCRequest(
            "completion/complete",
            3,
            Map.of(
                    "ref",
                    Map.of("type", "ref/prompt", "name", "triage"),
                    "argument",
                    Map.of("name", "group", "value", "b")));
    private static final ServerCapabilities CAPABILITIES = ServerCapabilities.builder()
            .resources(false, false)
            .prompts(false)
            .completions()
            .build();

    @Test
    void a_synchronous_server_with_sessions_serves_resources_prompts_and_completions() throws Exception {
        try (TestSandbox sandbox = TestSandbox.start();
                PipedOutputStream messages = new PipedOutputStream();
                PipedInputStream responses = new PipedInputStream(1 << 16)) {
            McpServer.SyncSpecification<?> server = McpServer.sync(new StdioServerTransportProvider(
                            JSON, new PipedInputStream(messages, 1 << 16), new PipedOutputStream(responses)))
                    .capabilities(CAPABILITIES);
            McpTools.addResources(server, billing(sandbox), NOBODY);
            McpSyncServer running = server.build();
            BufferedReader lines = new BufferedReader(new InputStreamReader(responses, StandardCharsets.UTF_8));
            send(
                    messages,
                    new JSONRPCRequest(
                            "initialize",
                            0,
                            Map.of(
                                    "protocolVersion",
                                    "2025-11-25",
                                    "capabilities",
                                    Map.of(),
                                    "clientInfo",
                                    Map.of("name", "test", "version", "1"))));
            assertThat(lines.readLine()).contains("\"completions\"", "\"prompts\"", "\"resources\"");
            send(messages, new JSONRPCNotification("notifications/initialized"));

            send(messages, READ);
            assertThat(lines.readLine()).contains("Checkout is down", "desk365://ticket/4052");
            send(messages, GET);
            assertThat(lines.readLine()).contains("Triage the open tickets");
            send(messages, COMPLETE);
            assertThat(lines.readLine()).contains("[\"Billing\"]");
            running.close();
        }
    }

    private static BoundTools billing(TestSandbox sandbox) {
        return sandbox.bound(
                Policy.of(Selection.everything()).vocabulary(Vocabulary.none().groups("IT", "Billing")));
    }

    private static void send(OutputStream messages, Object message) throws IOException {
        messages.write((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        messages.flush();
    }

    @Test
    void a_synchronous_stateless_server_serves_resources_prompts_and_completions() {
        AtomicReference<McpStatelessServerHandler> handler = new AtomicReference<>();
        try (TestSandbox sandbox = TestSandbox.start()) {
            McpServer.StatelessSyncSpecification server =
                    McpServer.sync(transport(handler)).capabilities(CAPABILITIES);
            McpTools.addResources(
                    server,
                    billing(sandbox),
                    from -> CallContext.none()
                            .scope(
                                    from.get("user") == null
                                            ? Selection.everything()
                                            : Selection.everything().tags("contacts")));
            server.build();

            assertThat(response(handler, READ, Map.of()).result().toString()).contains("Checkout is down");
            assertThat(response(handler, GET, Map.of()).result().toString()).contains("Triage the open tickets");
            assertThat(response(handler, COMPLETE, Map.of()).result().toString())
                    .contains("[Billing]");

            sandbox.forget();
            Map<String, Object> other = Map.of("user", "bob");
            assertThat(response(handler, READ, other).error().code()).isEqualTo(-32002);
            assertThat(response(handler, READ, other).error().message()).startsWith("Unknown resource");
            assertThat(response(handler, GET, other).error().message()).startsWith("Unknown prompt");
            assertThat(response(handler, COMPLETE, other).result().toString()).contains("values=[]");
            assertThat(sandbox.exchanges()).isEmpty();
        }
    }

    @Test
    void a_fault_while_a_resource_is_read_is_an_error_without_its_details() {
        AtomicReference<McpStatelessServerHandler> handler = new AtomicReference<>();
        McpServer.StatelessSyncSpecification server =
                McpServer.sync(transport(handler)).capabilities(CAPABILITIES);
        McpTools.addResources(server, tools(), transport -> {
            throw new IllegalStateException("s3cret");
        });
        server.build();

        for (JSONRPCRequest request : List.of(READ, GET, COMPLETE)) {
            assertThat(response(handler, request, Map.of()).error().code()).isEqualTo(-32603);
            assertThat(response(handler, request, Map.of()).error().message())
                    .startsWith("This server had an internal error")
                    .doesNotContain("s3cret");
        }
    }

    private static McpStatelessServerTransport transport(AtomicReference<McpStatelessServerHandler> handler) {
        return new McpStatelessServerTransport() {
            @Override
            public void setMcpHandler(McpStatelessServerHandler given) {
                handler.set(given);
            }

            @Override
            public Mono<Void> closeGracefully() {
                return Mono.empty();
            }
        };
    }

    private static JSONRPCResponse response(
            AtomicReference<McpStatelessServerHandler> handler, JSONRPCRequest request, Map<String, Object> transport) {
        return Objects.requireNonNull(Objects.requireNonNull(handler.get())
                .handleRequest(McpTransportContext.create(transport), request)
                .block());
    }
}
