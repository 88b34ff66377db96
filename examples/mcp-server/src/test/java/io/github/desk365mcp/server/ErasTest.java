package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.modelcontextprotocol.modern.McpSchema.CacheScope;
import io.modelcontextprotocol.modern.McpSchema.CallToolResult;
import io.modelcontextprotocol.modern.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.modern.McpSchema.ElicitResult;
import io.modelcontextprotocol.modern.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.modern.McpSchema.ListToolsResult;
import io.modelcontextprotocol.modern.McpSchema.Role;
import io.modelcontextprotocol.modern.McpSchema.TextContent;
import io.modelcontextprotocol.modern.McpSchema.TextResourceContents;
import io.modelcontextprotocol.modern.McpSchema.Tool;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.McpSyncClient;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import io.modelcontextprotocol.modern.client.transport.McpHttpRequestCustomizer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of both eras at one address, with the same guards, and older clients without sessions. */
@Timeout(60)
class ErasTest {

    private static final String REPORT = "desk_365_tickets_report";
    private static final String TOKEN = "the-long-token-of-ann";
    private static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);
    private static final Map<String, Object> REPLY = Map.of("ticket_number", 4052, "body", "We are on it.");
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String LIST = request("tools/list", "");
    private static final BlockingQueue<AuditRecord> AUDIT = new LinkedBlockingQueue<>();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static HostInProcess host;

    @BeforeAll
    static void start() {
        host = HostInProcess.start(tools(), HttpServer.Parts.NONE, true);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static BoundTools tools() {
        return sandbox.bound(Policy.of(Selection.everything())
                .charts()
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .authenticator(context -> TOKEN.equals(context.credential()) ? "ann" : null)
                .audit(AUDIT::add));
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + META + "}}";
    }

    private static String call(String tool, String arguments) {
        return request("tools/call", "\"name\":\"" + tool + "\",\"arguments\":{" + arguments + "},");
    }

    private static Map<String, String> headers(String method, String... more) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "localhost");
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("Authorization", "Bearer " + TOKEN);
        headers.put("MCP-Protocol-Version", "2026-07-28");
        headers.put("Mcp-Method", method);
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }

    private static String send(HostInProcess to, String method, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        StringBuilder head = new StringBuilder(method + " /mcp HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!headers.containsKey("Content-Length")) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(to.address()).getPort())) {
            socket.getOutputStream().write((head + "\r\n").getBytes(UTF_8));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            if (headers.containsKey("Content-Length")) {
                // The rest of the body does not come, so the server need not wait for it.
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static McpClient.SyncBuilder modern(HostInProcess to, @Nullable String token) {
        HttpClientMcpTransport.Builder transport = HttpClientMcpTransport.builder(to.address());
        if (token != null) {
            transport.requestCustomizer(McpHttpRequestCustomizer.fromSync(
                    (request, headers, context) -> headers.set("Authorization", "Bearer " + token)));
        }
        return McpClient.sync(transport.build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    @Test
    void clients_of_both_eras_list_and_call_the_same_tools() {
        try (io.modelcontextprotocol.client.McpSyncClient older =
                host.client(ClientCapabilities.builder().build(), TOKEN)) {
            McpSyncClient newer = modern(host, TOKEN).build();

            assertThat(newer.listTools().list().tools())
                    .extracting(Tool::name)
                    .isEqualTo(older.listTools().tools().stream()
                            .map(McpSchema.Tool::name)
                            .toList());
            CallToolResult read = newer.tool(GET_TICKET).arguments(TICKET).call();
            assertThat(read.structuredContent())
                    .isEqualTo(older.callTool(CallToolRequest.builder(GET_TICKET)
                                    .arguments(TICKET)
                                    .build())
                            .structuredContent());
            assertThat(read.meta()).containsEntry("io.github.desk365mcp/sandbox", true);
            assertThat(newer.discover().instructions()).startsWith("No helpdesk is connected");
        }
    }

    @Test
    void clients_of_both_eras_get_the_chart_of_a_report_for_their_users() {
        Map<String, Object> byGroup = Map.of("group_by", List.of("group"));
        try (io.modelcontextprotocol.client.McpSyncClient older =
                host.client(ClientCapabilities.builder().build(), TOKEN)) {
            EmbeddedResource chart = (EmbeddedResource) modern(host, TOKEN)
                    .build()
                    .tool(REPORT)
                    .arguments(byGroup)
                    .call()
                    .content()
                    .get(1);
            McpSchema.EmbeddedResource olderChart = (McpSchema.EmbeddedResource) older.callTool(
                            CallToolRequest.builder(REPORT).arguments(byGroup).build())
                    .content()
                    .get(1);

            assertThat(chart.annotations().audience()).containsExactly(Role.USER);
            assertThat(olderChart.annotations().audience()).containsExactly(McpSchema.Role.USER);
            assertThat(chart.resource().mimeType())
                    .isEqualTo(olderChart.resource().mimeType())
                    .isEqualTo("image/svg+xml");
            assertThat(((TextResourceContents) chart.resource()).text())
                    .isEqualTo(((McpSchema.TextResourceContents) olderChart.resource()).text())
                    .startsWith("<svg ")
                    .contains("Service Desk");
        }
    }

    @Test
    void discovery_says_who_the_server_is_and_how_long_that_holds() throws Exception {
        assertThat(send(host, "POST", headers("server/discover"), request("server/discover", "")))
                .startsWith("HTTP/1.1 200")
                .contains(
                        "\"supportedVersions\":[\"2026-07-28\"]",
                        "\"name\":\"desk365-sandbox\"",
                        "\"ttlMs\":300000",
                        "\"cacheScope\":\"private\"",
                        "\"io.github.desk365mcp/sandbox\":true");
        ListToolsResult list = modern(host, TOKEN).build().tools().list();
        assertThat(list.ttlMs()).isEqualTo(300_000);
        assertThat(list.cacheScope()).isEqualTo(CacheScope.PRIVATE);
    }

    @Test
    void an_unsupported_revision_and_wrong_headers_are_refused_as_the_revision_says() throws Exception {
        assertThat(send(
                        host,
                        "POST",
                        headers("tools/list", "MCP-Protocol-Version", "2031-01-01"),
                        LIST.replace("2026-07-28", "2031-01-01")))
                .startsWith("HTTP/1.1 400")
                .contains("-32022", "\"supported\":[\"2026-07-28\"]");
        assertThat(send(host, "POST", headers("tools/call"), LIST))
                .startsWith("HTTP/1.1 400")
                .contains("-32020");
        assertThat(send(host, "POST", headers("tools/list", "MCP-Protocol-Version", "2025-11-25"), LIST))
                .startsWith("HTTP/1.1 400")
                .contains("-32020");
        assertThat(send(host, "POST", headers("tasks/list"), request("tasks/list", "")))
                .startsWith("HTTP/1.1 404")
                .contains("-32601");
        assertThat(send(
                        host,
                        "POST",
                        headers("tools/list"),
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
                .startsWith("HTTP/1.1 400")
                .contains("-32602");
        assertThat(send(host, "GET", headers("x"), "")).startsWith("HTTP/1.1 405");
        assertThat(send(host, "DELETE", headers("x"), "")).startsWith("HTTP/1.1 405");
    }

    @Test
    void a_modern_request_passes_the_same_guards() throws Exception {
        Map<String, String> anonymous = headers("tools/list");
        anonymous.remove("Authorization");

        assertThat(send(host, "POST", anonymous, LIST))
                .startsWith("HTTP/1.1 401")
                .contains("WWW-Authenticate: Bearer");
        assertThat(send(host, "POST", headers("tools/list", "Host", "evil.example"), LIST))
                .startsWith("HTTP/1.1 421");
        assertThat(send(host, "POST", headers("tools/list", "Origin", "http://evil.example"), LIST))
                .startsWith("HTTP/1.1 403");
        assertThat(send(host, "POST", headers("tools/list", "Content-Length", "20000000"), ""))
                .startsWith("HTTP/1.1 413");
        assertThat(send(
                        host,
                        "POST",
                        headers("tools/call", "Mcp-Name", GET_TICKET),
                        call(GET_TICKET, "\"ticket_number\":4051,\"ticket_number\":4052")))
                .startsWith("HTTP/1.1 400")
                .contains("the same name twice");
        assertThat(send(
                        host,
                        "POST",
                        headers("tools/call", "Mcp-Name", "get_single_desk_365_ticket"),
                        call("get_single_desk_365_ticket", "")))
                .startsWith("HTTP/1.1 400")
                .contains("-32602", "did you mean " + GET_TICKET);
        assertThat(send(host, "POST", headers("tools/list", "Content-Type", "text/plain"), LIST))
                .startsWith("HTTP/1.1 415");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_modern_request_needs_no_session_also_if_it_is_large() throws Exception {
        String large = "\"ticket_number\":4052,\"body\":\"" + "x".repeat(100_000) + "\"";

        assertThat(send(
                        host,
                        "POST",
                        headers("tools/call", "Mcp-Name", CREATE_REPLY, "Mcp-Session-Id", "of-somebody"),
                        call(CREATE_REPLY, large)))
                .startsWith("HTTP/1.1 200")
                .contains("this client cannot ask for it")
                .doesNotContain("Mcp-Session-Id");
    }

    @Test
    void a_session_begins_only_with_a_small_message_whatever_header_it_has() throws Exception {
        Map<String, String> inSession = headers("x", "MCP-Protocol-Version", "2025-11-25");
        String begun = send(host, "POST", inSession, Messages.INITIALIZE);
        assertThat(begun).startsWith("HTTP/1.1 200");
        inSession.put("Mcp-Session-Id", begun.replaceFirst("(?is).*\\nmcp-session-id: *(\\S+).*", "$1"));
        String longText = "\"" + "x".repeat(32 << 10) + "\"";
        String many = "[" + "{},".repeat(250) + "{}]";

        for (Map<String, String> headers :
                List.of(headers("initialize"), headers("x", "MCP-Protocol-Version", "2025-11-25"), inSession)) {
            for (String value : List.of(longText, many)) {
                assertThat(send(host, "POST", headers, Messages.initialize(1, experimental(value))))
                        .startsWith("HTTP/1.1 413")
                        .contains("initialize has at most 32 KB and 250 values")
                        .doesNotContainIgnoringCase("mcp-session-id");
            }
        }
        String fits = experimental("[" + "{},".repeat(100) + "\"" + "x".repeat(30_000) + "\"]");
        assertThat(send(host, "POST", headers("initialize"), Messages.initialize(1, fits)))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("mcp-session-id");
    }

    private static String experimental(String value) {
        return "{\"experimental\":{\"x\":{\"y\":" + value + "}}}";
    }

    @Test
    void a_message_is_utf_8_whatever_charset_its_header_names() throws Exception {
        String arguments = "\"ticket_number\":4052,\"body\":\"Grüße\"";
        Map<String, String> older = headers("x", "Content-Type", "application/json; charset=iso-8859-1");
        older.remove("MCP-Protocol-Version");

        assertThat(send(
                        host,
                        "POST",
                        headers(
                                "tools/call",
                                "Mcp-Name",
                                CREATE_NOTE,
                                "Content-Type",
                                "application/json; charset=iso-8859-1"),
                        call(CREATE_NOTE, arguments)))
                .startsWith("HTTP/1.1 200");
        try (HostInProcess stateless = HostInProcess.start(tools(), "--stateless")) {
            assertThat(send(
                            stateless,
                            "POST",
                            older,
                            Messages.call(2, CREATE_NOTE, "{" + arguments.replace("4052", "4051") + "}")))
                    .startsWith("HTTP/1.1 200");
        }

        assertThat(sandbox.writes())
                .hasSize(2)
                .allSatisfy(write -> assertThat(write.text()).contains("Grüße"));
    }

    @Test
    void a_request_that_fails_ends_nobody_elses_call() throws Exception {
        sandbox.stall(1);
        try (Socket call = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(host.address()).getPort())) {
            String body = call(GET_TICKET, "\"ticket_number\":4052");
            StringBuilder head = new StringBuilder("POST /mcp HTTP/1.1\r\nConnection: close\r\n");
            headers("tools/call", "Mcp-Name", GET_TICKET, "Content-Length", String.valueOf(body.length()))
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            call.getOutputStream().write((head + "\r\n" + body).getBytes(UTF_8));
            sandbox.awaitExchanges(1);

            assertThat(send(host, "POST", headers("tasks/list"), request("tasks/list", "")))
                    .startsWith("HTTP/1.1 404");
            sandbox.release();

            assertThat(new String(call.getInputStream().readAllBytes(), UTF_8)).contains("Checkout is down");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPT", "DECLINE", "CANCEL"})
    void the_user_is_asked_between_two_requests(String action) {
        AUDIT.clear();
        Map<String, Object> reply = Map.of("ticket_number", 4052, "body", "We are on it. " + action);
        McpSyncClient client = modern(host, TOKEN)
                .formElicitation((ElicitFormRequest form) -> {
                    assertThat(form.message()).contains("We are on it. " + action);
                    assertThat(sandbox.writes()).isEmpty();
                    return new ElicitResult(ElicitResult.Action.valueOf(action), Map.of("agreed", true));
                })
                .build();

        CallToolResult result = client.tool(CREATE_REPLY).arguments(reply).call();

        boolean isAccepted = action.equals("ACCEPT");
        assertThat(result.isError()).isEqualTo(!isAccepted);
        assertThat(sandbox.writes()).hasSize(isAccepted ? 1 : 0);
        assertThat(AUDIT).extracting(AuditRecord::caller).containsOnly("ann");
        assertThat(AUDIT)
                .extracting(AuditRecord::outcome)
                .containsExactly("needs_approval", isAccepted ? "ok" : "not_confirmed");
    }

    @Test
    void where_approvers_sign_in_the_client_cannot_answer_for_them() throws Exception {
        BoundTools tools = tools();
        HttpServer.Parts parts = new HttpServer.Parts(
                new ApprovalServlet(
                        tools.pendingCalls(),
                        Approvers.tokens(Map.of(CallerAuthenticator.hash("jane"), "jane")),
                        null,
                        Clock.systemUTC()),
                null,
                Readiness.always());
        try (HostInProcess strict = HostInProcess.start(tools, parts)) {
            McpSyncClient client = modern(strict, TOKEN)
                    .formElicitation((ElicitFormRequest form) -> ElicitResult.accept(Map.of("agreed", true)))
                    .build();

            assertThat(text(client.tool(CREATE_REPLY).arguments(REPLY).call())).contains("cannot ask");
            assertThat(sandbox.writes()).isEmpty();
        }
    }

    @Test
    void without_sessions_any_server_answers_an_older_client() throws Exception {
        try (HostInProcess one = HostInProcess.start(tools(), "--stateless");
                HostInProcess other = HostInProcess.start(tools(), "--stateless")) {
            Map<String, String> headers = headers("x");
            headers.remove("Mcp-Method");
            headers.remove("MCP-Protocol-Version");
            assertThat(send(one, "POST", headers, Messages.initialize(1, "{\"elicitation\":{}}")))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"protocolVersion\":\"2025")
                    .doesNotContainIgnoringCase("mcp-session-id");
            assertThat(send(other, "POST", headers, Messages.INITIALIZED)).startsWith("HTTP/1.1 202");
            assertThat(send(one, "POST", headers, Messages.call(2, GET_TICKET, "{\"ticket_number\":\"#4052\"}")))
                    .startsWith("HTTP/1.1 200")
                    .contains("Checkout is down");
            assertThat(send(
                            other,
                            "POST",
                            headers,
                            Messages.call(
                                    3,
                                    CREATE_REPLY,
                                    "{\"ticket_number\":4052,\"body\":\"" + "x".repeat(100_000) + "\"}")))
                    .startsWith("HTTP/1.1 200")
                    .contains("this client cannot ask for it");
            assertThat(send(one, "POST", headers, Messages.call(4, "get_single_desk_365_ticket", "{}")))
                    .contains("did you mean " + GET_TICKET);
            assertThat(send(one, "POST", headers, "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}"))
                    .startsWith("HTTP/1.1 200");
            assertThat(send(one, "GET", headers, "")).startsWith("HTTP/1.1 405");
            assertThat(send(one, "DELETE", headers, "")).startsWith("HTTP/1.1 405");
            headers.put("Mcp-Session-Id", "of-a-server-with-sessions");
            assertThat(send(one, "POST", headers, Messages.call(6, GET_TICKET, "{\"ticket_number\":4052}")))
                    .startsWith("HTTP/1.1 404");
            try (io.modelcontextprotocol.client.McpSyncClient client =
                    one.client(ClientCapabilities.builder().build(), TOKEN)) {
                assertThat(client.listTools().tools()).isNotEmpty();
            }
            assertThat(modern(one, TOKEN).build().listTools().list().tools()).isNotEmpty();
        }
    }

    @Test
    void a_caller_without_a_good_token_gets_nothing() {
        McpSyncClient client = modern(host, "another").build();

        assertThatThrownBy(() -> client.listTools().list()).hasMessageContaining("401");
        assertThat(sandbox.exchanges()).isEmpty();
    }
}
