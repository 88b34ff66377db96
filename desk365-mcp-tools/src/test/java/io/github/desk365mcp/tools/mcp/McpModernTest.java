package io.github.desk365mcp.tools.mcp;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCMessage;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCNotification;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCRequest;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCResponse;
import io.modelcontextprotocol.modern.McpSchema.Implementation;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.modern.server.McpTransportResponse;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The server of revision 2026-07-28, without a transport. */
@Timeout(60)
class McpModernTest {

    private static final McpJsonMapper JSON = McpJsonDefaults.getMapper();
    private static final Function<McpTransportContext, CallContext> CALLER =
            transport -> CallContext.none().caller(transport.get("user") instanceof String user ? user : "rita");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, Object> REPLY = Map.of("ticket_number", 4052, "body", "It is on its way.");

    private static final Map<String, Object> FORMS = Map.of("elicitation", Map.of("form", Map.of()));
    private static final Map<String, Object> LINKS = Map.of("elicitation", Map.of("url", Map.of()));
    private static final Map<String, Object> YES = Map.of("action", "accept", "content", Map.of("agreed", true));

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final List<AuditRecord> audit = new ArrayList<>();

    private Policy asking() {
        return Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .audit(audit::add);
    }

    private static McpServer server(BoundTools tools) {
        return server(McpTools.modern(tools, CALLER));
    }

    private static McpServer server(McpModern tools) {
        return tools.server(JSON)
                .serverInfo(Implementation.builder("desk365", "1.0").build())
                .build();
    }

    private static JSONRPCRequest request(String method, Map<String, ?> params, Map<String, ?> client) {
        Map<String, Object> all = new LinkedHashMap<>(params);
        all.put(
                "_meta",
                Map.of(
                        "io.modelcontextprotocol/protocolVersion",
                        "2026-07-28",
                        "io.modelcontextprotocol/clientCapabilities",
                        client,
                        "progressToken",
                        7));
        return new JSONRPCRequest(method, 1, all);
    }

    private static JSONRPCRequest call(String tool, Map<String, ?> arguments, Map<String, ?> client) {
        return request("tools/call", Map.of("name", tool, "arguments", arguments), client);
    }

    /** The same call with what the client gives back. */
    private static JSONRPCRequest again(Map<?, ?> asked, Map<String, ?> arguments, Map<String, ?> answer) {
        Map<String, ?> client = String.valueOf(asked.get("inputRequests")).contains("url=") ? LINKS : FORMS;
        return request(
                "tools/call",
                Map.of(
                        "name",
                        CREATE_REPLY,
                        "arguments",
                        arguments,
                        "requestState",
                        asked.get("requestState"),
                        "inputResponses",
                        Map.of("approval", answer)),
                client);
    }

    private static List<JSONRPCMessage> messages(McpServer server, JSONRPCRequest request, String user) {
        Mono<McpTransportResponse> response = server.handle(McpTransportContext.create(Map.of("user", user)), request);
        return response.flatMapMany(all -> all instanceof McpTransportResponse.Streaming stream
                        ? stream.messages()
                        : Mono.just(
                                all instanceof McpTransportResponse.Result result
                                        ? result.response()
                                        : ((McpTransportResponse.Error) all).response()))
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static JSONRPCResponse response(McpServer server, JSONRPCRequest request, String user) {
        List<JSONRPCMessage> all = messages(server, request, user);
        return (JSONRPCResponse) all.get(all.size() - 1);
    }

    private static Map<String, Object> result(McpServer server, JSONRPCRequest request) {
        JSONRPCResponse response = response(server, request, "rita");
        assertThat(response.error()).isNull();
        return JSON.convertValue(response.result(), new TypeRef<Map<String, Object>>() {});
    }

    private static String error(McpServer server, JSONRPCRequest request, String user) {
        JSONRPCResponse response = response(server, request, user);
        assertThat(response.error()).isNotNull();
        return response.error().code() + " " + response.error().message();
    }

    private static String text(Map<String, Object> result) {
        return String.valueOf(((Map<?, ?>) list(result, "content").get(0)).get("text"));
    }

    private static List<?> list(Map<String, Object> result, String name) {
        return (List<?>) Objects.requireNonNull(result.get(name));
    }

    private static Map<String, Object> ask(McpServer server) {
        Map<String, Object> asked = result(server, call(CREATE_REPLY, REPLY, FORMS));
        assertThat(asked).containsEntry("resultType", "input_required");
        return asked;
    }

    @Test
    void the_list_has_every_part_of_a_definition_and_says_how_long_it_holds() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));

        Map<String, Object> listed = result(server(tools), request("tools/list", Map.of(), Map.of()));

        assertThat(listed).containsEntry("ttlMs", 300_000L).containsEntry("cacheScope", "private");
        List<?> shown = list(listed, "tools");
        List<ToolDefinition> definitions = Desk365Tools.all().definitions();
        assertThat(shown).hasSameSizeAs(definitions);
        for (int i = 0; i < definitions.size(); i++) {
            Map<?, ?> theirs = (Map<?, ?>) shown.get(i);
            ToolDefinition ours = definitions.get(i);
            assertThat(theirs.get("name")).isEqualTo(ours.name());
            assertThat(theirs.get("description")).isEqualTo(ours.description());
            // As text, because maps with another order are equal too.
            assertThat(theirs.get("inputSchema")).hasToString(ours.inputSchema().toString());
            assertThat(theirs.get("outputSchema")).hasToString(String.valueOf(ours.outputSchema()));
            assertThat(theirs.get("_meta")).hasToString(ours.meta().toString());
            assertThat(theirs.get("annotations")).isEqualTo(ours.annotations());
        }
    }

    @Test
    void each_caller_is_listed_and_reads_the_resources_of_its_tools() {
        McpServer all = server(sandbox.bound(Policy.of(Selection.everything()).audit(audit::add)));
        McpServer few = server(McpTools.modern(
                sandbox.bound(Policy.of(Selection.everything())),
                transport -> CallContext.none()
                        .scope(Selection.everything().methods("read").tags("knowledge_base"))));
        JSONRPCRequest templates = request("resources/templates/list", Map.of(), Map.of());
        JSONRPCRequest read = request("resources/read", Map.of("uri", "desk365://ticket/4052"), Map.of());

        assertThat(list(result(all, templates), "resourceTemplates")).hasSize(5);
        assertThat(list(result(few, templates), "resourceTemplates")).hasSize(1);
        assertThat(list(result(all, request("resources/list", Map.of(), Map.of())), "resources"))
                .isEmpty();
        assertThat(result(all, read)).containsEntry("ttlMs", 0L).containsEntry("cacheScope", "private");
        assertThat(list(result(all, read), "contents").toString()).contains("Checkout is down", "application/json");
        assertThat(error(few, read, "rita")).startsWith("-32602 Unknown resource: ");
        assertThat(error(all, request("resources/read", Map.of("uri", "desk365://ticket/999999"), Map.of()), "rita"))
                .startsWith("-32602 Desk365 has no record with ticket_number 999999");
        assertThat(audit).extracting(AuditRecord::tool).containsOnly(GET_TICKET);
        assertThat(audit).extracting(AuditRecord::caller).containsOnly("rita");
    }

    @Test
    void each_caller_gets_the_prompts_for_its_tools_and_completes_their_arguments() {
        BoundTools tools = sandbox.bound(
                Policy.of(Selection.everything()).vocabulary(Vocabulary.none().groups("IT", "Billing")));
        McpServer all = server(tools);
        McpServer few = server(McpTools.modern(
                tools,
                transport -> CallContext.none()
                        .scope(Selection.everything().methods("read").tags("knowledge_base"))));
        JSONRPCRequest get = request("prompts/get", Map.of("name", "triage"), Map.of());
        JSONRPCRequest complete = request(
                "completion/complete",
                Map.of(
                        "ref",
                        Map.of("type", "ref/prompt", "name", "triage"),
                        "argument",
                        Map.of("name", "group", "value", "b")),
                Map.of());
        JSONRPCRequest completeArticles = request(
                "completion/complete",
                Map.of(
                        "ref",
                        Map.of("type", "ref/resource", "uri", "desk365://kb/{article_name}"),
                        "argument",
                        Map.of("name", "article_name", "value", "")),
                Map.of());

        assertThat(String.valueOf(result(all, request("server/discover", Map.of(), Map.of()))
                        .get("capabilities")))
                .contains("tools", "resources", "prompts", "completions");
        assertThat(list(result(all, request("prompts/list", Map.of(), Map.of())), "prompts"))
                .hasSize(5);
        assertThat(list(result(few, request("prompts/list", Map.of(), Map.of())), "prompts"))
                .isEmpty();
        assertThat(list(result(all, get), "messages").toString()).contains("role=user", "Triage the open tickets");
        assertThat(error(few, get, "rita")).startsWith("-32602");
        assertThat(error(
                        all,
                        request(
                                "prompts/get",
                                Map.of("name", "draft_reply", "arguments", Map.of("ticket_number", "x")),
                                Map.of()),
                        "rita"))
                .isEqualTo("-32602 ticket_number must be a ticket's number, such as 4052");
        assertThat(result(all, complete).get("completion"))
                .isEqualTo(Map.of("values", List.of("Billing"), "total", 1, "hasMore", false));
        assertThat(result(all, completeArticles).get("completion"))
                .isEqualTo(Map.of("values", List.of(), "total", 0, "hasMore", false));
        assertThat(error(few, complete, "rita")).startsWith("-32602");
    }

    @Test
    void discovery_gives_the_instructions() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.readOnly()));

        assertThat(result(server(tools), request("server/discover", Map.of(), Map.of())))
                .containsEntry("instructions", tools.instructions())
                .containsEntry("supportedVersions", List.of("2026-07-28"))
                .containsEntry("cacheScope", "private");
    }

    @Test
    void arguments_are_repaired_before_they_are_checked() {
        Map<String, Object> answer = result(
                server(sandbox.bound(Policy.of(Selection.everything()))),
                call(GET_TICKET, Map.of("ticket_number", "#4052"), Map.of()));

        assertThat(answer).containsEntry("resultType", "complete").containsEntry("isError", false);
        assertThat(answer.get("structuredContent")).isNotNull();
        assertThat(text(answer)).contains("Checkout is down");
    }

    @Test
    void a_caller_sees_and_calls_only_its_tools() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        McpServer server = server(McpTools.modern(
                tools,
                transport -> CallContext.none().scope(Selection.everything().tools(GET_TICKET))));

        assertThat(list(result(server, request("tools/list", Map.of(), Map.of())), "tools"))
                .hasSize(1);
        assertThat(error(server, call(CREATE_TICKET, Map.of(), Map.of()), "rita"))
                .startsWith("-32602 ")
                .contains(CREATE_TICKET);
        assertThat(error(server, call("get_single_desk_365_ticket", Map.of(), Map.of()), "rita"))
                .startsWith("-32602 ")
                .contains("did you mean " + GET_TICKET);
        assertThat(error(server, request("tools/list", Map.of("cursor", "2"), Map.of()), "rita"))
                .startsWith("-32602 ");
    }

    @Test
    void an_unknown_caller_sees_nothing_and_is_refused() {
        McpServer server =
                server(sandbox.bound(Policy.of(Selection.everything()).authenticator(context -> null)));

        assertThat(list(result(server, request("tools/list", Map.of(), Map.of())), "tools"))
                .isEmpty();
        assertThat(result(server, call(GET_TICKET, Map.of("ticket_number", 4052), Map.of())))
                .containsEntry("isError", true);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_fault_is_an_error_result_without_its_details() {
        McpServer server = server(McpTools.modern(sandbox.bound(Policy.of(Selection.everything())), transport -> {
            throw new IllegalStateException("s3cret");
        }));

        Map<String, Object> answer = result(server, call(GET_TICKET, Map.of("ticket_number", 4052), Map.of()));

        assertThat(answer).containsEntry("isError", true);
        assertThat(text(answer)).startsWith("This server had an internal error").doesNotContain("s3cret");
    }

    @Test
    void progress_is_reported_before_the_result() {
        McpServer server = server(sandbox.bound(Policy.of(Selection.everything())));

        List<JSONRPCMessage> all =
                messages(server, call("desk_365_tickets_get_context", Map.of("ticket_number", 4052), Map.of()), "rita");

        assertThat(all).hasSizeGreaterThan(1);
        assertThat(all.subList(0, all.size() - 1))
                .allSatisfy(message ->
                        assertThat(((JSONRPCNotification) message).method()).isEqualTo("notifications/progress"));
        assertThat(all.get(all.size() - 1)).isInstanceOf(JSONRPCResponse.class);
    }

    @Test
    void a_call_that_is_cancelled_ends_its_request() throws Exception {
        CompletableFuture<AuditRecord> ended = new CompletableFuture<>();
        McpServer server =
                server(sandbox.bound(Policy.of(Selection.everything()).audit(ended::complete)));
        sandbox.next(Fault.stall());
        Disposable underWay = server.handle(
                        McpTransportContext.EMPTY, call(GET_TICKET, Map.of("ticket_number", 4052), Map.of()))
                .flatMapMany(response -> ((McpTransportResponse.Streaming) response).messages())
                .subscribe();
        sandbox.awaitExchanges(1);

        underWay.dispose();

        assertThat(ended.get().outcome()).isEqualTo("cancelled");
    }

    @Test
    void the_user_sees_the_preview_and_the_call_is_sent_when_they_agree() {
        McpServer server = server(sandbox.bound(asking()));

        Map<String, Object> asked = ask(server);
        assertThat(sandbox.writes()).isEmpty();
        assertThat(String.valueOf(asked.get("inputRequests")))
                .contains("elicitation/create", "It is on its way.", "agreed");
        Map<String, Object> done = result(server, again(asked, REPLY, YES));

        assertThat(done).containsEntry("isError", false).containsEntry("resultType", "complete");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(audit).extracting(AuditRecord::outcome).containsExactly("needs_approval", "ok");
    }

    @Test
    void nothing_is_sent_when_the_user_declines_cancels_or_only_accepts_the_form() {
        McpServer server = server(sandbox.bound(asking()));

        for (Map<String, ?> answer : List.<Map<String, ?>>of(
                Map.of("action", "decline"),
                Map.of("action", "cancel"),
                Map.of("action", "accept"),
                Map.of("action", "accept", "content", Map.of("agreed", false)))) {
            Map<String, Object> asked = ask(server);
            assertThat(text(result(server, again(asked, REPLY, answer)))).contains("did not approve this call");
            assertThat(text(result(server, again(asked, REPLY, YES)))).contains("was already used");
        }
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void an_answer_holds_once_for_its_call_and_its_caller() {
        McpServer server = server(sandbox.bound(asking().duplicates(Duration.ZERO)));
        Map<String, Object> asked = ask(server);
        Map<String, Object> other = Map.of("ticket_number", 4052, "body", "Send me your password.");

        assertThat(text(result(server, again(asked, other, YES)))).contains("for another call");
        assertThat(error(server, again(asked, REPLY, YES), "tom")).isEqualTo("-32602 Invalid or expired requestState");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(result(server, again(asked, REPLY, YES))).containsEntry("isError", false);
        assertThat(text(result(server, again(asked, REPLY, YES)))).contains("was already used");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_state_that_was_changed_or_has_expired_is_refused() {
        McpServer server = server(sandbox.bound(asking()));
        Map<String, Object> asked = ask(server);
        String state = String.valueOf(asked.get("requestState"));
        McpServer hasty = server(sandbox.bound(asking().approvalsLast(Duration.ofNanos(1))));
        Map<String, Object> late = ask(hasty);

        for (String changed : List.of("x", "x." + state, state + "x", "x" + state, state.replaceFirst("\\..*", "."))) {
            assertThat(error(server, again(Map.of("requestState", changed), REPLY, YES), "rita"))
                    .isEqualTo("-32602 Invalid or expired requestState");
        }
        assertThat(
                        response(hasty, again(late, REPLY, YES), "rita").result() instanceof Map<?, ?> result
                                ? String.valueOf(result)
                                : "Invalid or expired")
                .contains("xpired");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_client_that_brings_no_answer_is_asked_again() {
        McpServer server = server(sandbox.bound(asking()));
        Map<String, Object> asked = ask(server);

        Map<String, Object> stateOnly = result(
                server,
                request(
                        "tools/call",
                        Map.of("name", CREATE_REPLY, "arguments", REPLY, "requestState", asked.get("requestState")),
                        FORMS));
        Map<String, Object> answerOnly = result(
                server,
                request(
                        "tools/call",
                        Map.of("name", CREATE_REPLY, "arguments", REPLY, "inputResponses", Map.of("approval", YES)),
                        FORMS));

        assertThat(List.of(stateOnly, answerOnly))
                .allSatisfy(result -> assertThat(result).containsEntry("resultType", "input_required"));
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_client_that_cannot_ask_is_refused() {
        McpServer server = server(sandbox.bound(asking()));

        assertThat(text(result(server, call(CREATE_REPLY, REPLY, Map.of())))).contains("this client cannot ask for it");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void another_process_with_the_same_state_and_key_takes_the_answer_once() {
        SharedState state = SharedState.inMemory();
        Policy shared = asking().duplicates(Duration.ZERO).state(state, KEY);
        McpServer one = server(sandbox.bound(shared));
        McpServer other = server(sandbox.bound(shared));
        Map<String, Object> asked = ask(one);

        assertThat(result(other, again(asked, REPLY, YES))).containsEntry("isError", false);
        assertThat(text(result(one, again(asked, REPLY, YES)))).contains("was already used");
        assertThat(text(result(other, again(asked, REPLY, YES)))).contains("was already used");

        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_process_without_the_key_refuses_the_answer() {
        SharedState state = SharedState.inMemory();
        Map<String, Object> asked = ask(server(sandbox.bound(asking().state(state))));

        assertThat(error(server(sandbox.bound(asking().state(state))), again(asked, REPLY, YES), "rita"))
                .isEqualTo("-32602 Invalid or expired requestState");
    }

    @Test
    void a_client_that_opens_links_waits_for_the_decision_on_the_page() throws Exception {
        BoundTools tools = sandbox.bound(asking().approvalPlace("https://desk.example.com/approvals"));
        McpServer server = server(McpTools.modern(tools, CALLER)
                .queue(CallQueue.standard())
                .approvals(McpApprovals.elicitation(tools).withoutForms()));
        Map<String, Object> asked = result(server, call(CREATE_REPLY, REPLY, LINKS));
        PendingCall pending = tools.pendingCalls().waiting().get(0);

        assertThat(String.valueOf(asked.get("inputRequests")))
                .contains("url=https://desk.example.com/approvals")
                .doesNotContain(pending.id());
        CompletableFuture<Map<String, Object>> opened = CompletableFuture.supplyAsync(
                () -> result(server, again(asked, REPLY, Map.of("action", "accept"))),
                task -> new Thread(task, "client").start());
        tools.pendingCalls().approve(pending.id(), "jane", "page");

        assertThat(opened.get()).containsEntry("isError", false);
        assertThat(sandbox.writes()).hasSize(1);
    }

    /** A state whose first two reads in a thread of Reactor that may wait fail: those of a call that waits for a decision. */
    private static SharedState failingWhileWaiting(CountDownLatch failed) {
        SharedState state = SharedState.inMemory();
        return (SharedState) Proxy.newProxyInstance(
                SharedState.class.getClassLoader(), new Class<?>[] {SharedState.class}, (self, method, arguments) -> {
                    if (Thread.currentThread().getName().startsWith("boundedElastic") && failed.getCount() > 0) {
                        failed.countDown();
                        throw new IllegalStateException("cut");
                    }
                    return method.invoke(state, arguments);
                });
    }

    @Test
    void a_call_goes_on_waiting_for_the_page_if_the_state_cannot_be_read_meanwhile() throws Exception {
        CountDownLatch failed = new CountDownLatch(2);
        BoundTools tools = sandbox.bound(
                asking().approvalPlace("https://desk.example.com/approvals").state(failingWhileWaiting(failed), KEY));
        McpServer server = server(McpTools.modern(tools, CALLER)
                .approvals(McpApprovals.elicitation(tools).withoutForms()));
        Map<String, Object> asked = result(server, call(CREATE_REPLY, REPLY, LINKS));

        CompletableFuture<Map<String, Object>> opened = CompletableFuture.supplyAsync(
                () -> result(server, again(asked, REPLY, Map.of("action", "accept"))),
                task -> new Thread(task, "client").start());
        assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
        tools.pendingCalls().approve(tools.pendingCalls().waiting().get(0).id(), "jane", "page");

        assertThat(opened.get()).containsEntry("isError", false);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_link_that_is_not_opened_declines_the_call_or_leaves_it_waiting() {
        BoundTools tools = sandbox.bound(asking().approvalPlace("https://desk.example.com/approvals"));
        McpServer server = server(tools);
        Map<String, Object> asked = result(server, call(CREATE_REPLY, REPLY, LINKS));

        assertThat(result(server, again(asked, REPLY, Map.of("action", "cancel"))))
                .containsEntry("resultType", "complete");
        assertThat(tools.pendingCalls().waiting().get(0).state()).isEqualTo(PendingCall.State.WAITING);
        assertThat(text(result(server, again(asked, REPLY, Map.of("action", "decline")))))
                .contains("did not approve this call");
        assertThat(sandbox.writes()).isEmpty();
    }
}
