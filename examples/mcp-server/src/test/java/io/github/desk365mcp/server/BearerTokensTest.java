package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.server.oauth.TestIssuer;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** Calls the server over HTTP with access tokens that the test signs. */
@Timeout(60)
class BearerTokensTest {

    private static final String STATIC = "a-long-and-random-token";
    private static final String METADATA = "/.well-known/oauth-protected-resource";
    private static final String READS = "get_single_desk_365_ticket_by_id";
    private static final String WRITES = "create_a_desk_365_ticket_note";

    private static TestSandbox sandbox;
    private static TestIssuer issuer;
    private static HostInProcess server;

    @BeforeAll
    static void start() {
        sandbox = TestSandbox.start();
        issuer = TestIssuer.start();
        server = serve(issuer);
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
        sandbox.close();
    }

    private static HostInProcess serve(TestIssuer issuer) {
        CallerAuthenticator others = CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash(STATIC), "7f3c"));
        OAuthOptions options = new OAuthOptions();
        new CommandLine(options).parseArgs("--issuer=" + issuer.address(), "--resource=" + TestIssuer.RESOURCE);
        BoundTools tools = Desk365Tools.with(
                        options.on(Policy.of(Selection.everything()).authenticator(others)))
                .bind(sandbox.client());
        BearerTokens tokens = Objects.requireNonNull(options.tokens(tools.allDefinitions(), others, Map.of()));
        return HostInProcess.start(tools, new HttpServer.Parts(null, tokens, Readiness.always()));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address().replaceFirst("/mcp$", path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        // A new client, because another one may keep a connection to a port that a later server gets.
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(@Nullable String token, @Nullable String session, String message)
            throws Exception {
        return post("/mcp", token, session, message);
    }

    private static HttpResponse<String> post(
            String path, @Nullable String token, @Nullable String session, String message) throws Exception {
        HttpRequest.Builder request = request(path)
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        return send(request);
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElse("none");
    }

    private static String begin(String token) throws Exception {
        HttpResponse<String> begun = post(token, null, Messages.INITIALIZE);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        String session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
        assertThat(post(token, session, Messages.INITIALIZED).statusCode()).isEqualTo(202);
        return session;
    }

    @Test
    void without_a_token_a_client_is_told_where_to_get_one() throws Exception {
        HttpResponse<String> refused = post(null, null, Messages.INITIALIZE);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused))
                .isEqualTo(
                        "Bearer resource_metadata=\"https://desk.example.com/.well-known/oauth-protected-resource/mcp\","
                                + " scope=\"desk365.read desk365.write\"");
        for (String path : List.of(METADATA, METADATA + "/mcp")) {
            HttpResponse<String> metadata = send(request(path));
            assertThat(metadata.statusCode()).isEqualTo(200);
            assertThat(metadata.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(metadata.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(JsonDocument.parse(metadata.body()).toMap())
                    .containsEntry("resource", TestIssuer.RESOURCE)
                    .containsEntry("authorization_servers", List.of(issuer.address()))
                    .containsEntry("bearer_methods_supported", List.of("header"));
        }
        assertThat(send(request(METADATA + "/other")).statusCode()).isEqualTo(404);
        HttpResponse<String> posted = post(METADATA, null, null, "{}");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void a_token_that_may_read_lists_and_calls_what_reads() {
        try (McpSyncClient client =
                server.client(ClientCapabilities.builder().build(), issuer.token(claims -> claims))) {
            List<Tool> tools = client.listTools().tools();

            assertThat(tools)
                    .extracting(Tool::name)
                    .containsExactlyElementsOf(Desk365Tools.select(Selection.readOnly()).definitions().stream()
                            .map(tool -> tool.name())
                            .toList());
            assertThat(client.callTool(CallToolRequest.builder(READS)
                                    .arguments(Map.of("ticket_number", 4052))
                                    .build())
                            .isError())
                    .isFalse();
        }
    }

    @Test
    void a_call_that_needs_another_scope_is_refused_and_not_sent() throws Exception {
        String token = issuer.token(claims -> claims);
        String session = begin(token);
        int before = sandbox.exchanges().size();

        HttpResponse<String> refused =
                post(token, session, Messages.call(2, WRITES, "{\"ticket_number\":4052,\"body\":\"Hello\"}"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(challenge(refused))
                .startsWith("Bearer error=\"insufficient_scope\"")
                .contains("resource_metadata=\"https://desk.example.com/", "scope=\"desk365.read desk365.write\"");
        assertThat(sandbox.exchanges()).hasSize(before);
        String wider = issuer.token(claims -> claims.claim("scope", "desk365.read desk365.write"));
        assertThat(post(wider, session, Messages.call(3, WRITES, "{\"ticket_number\":4052,\"body\":\"Hello\"}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.exchanges()).hasSizeGreaterThan(before);
    }

    @Test
    void a_token_without_a_scope_for_tools_is_told_which_ones_there_are() throws Exception {
        HttpResponse<String> refused = post(
                issuer.token(claims -> claims.claim("scope", "openid desk365.approve")), null, Messages.INITIALIZE);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(challenge(refused)).contains("insufficient_scope", "scope=\"desk365.read desk365.write\"");
    }

    @Test
    void a_session_belongs_to_the_subject_and_not_to_one_token() throws Exception {
        String session = begin(issuer.token(claims -> claims));
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

        assertThat(post(issuer.token(claims -> claims.claim("refreshed", true)), session, ping)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(issuer.token(claims -> claims.subject("another")), session, ping)
                        .statusCode())
                .isEqualTo(404);
        // A caller of the policy with the same name is somebody else.
        assertThat(post(STATIC, session, ping).statusCode()).isEqualTo(404);
    }

    @Test
    void tokens_of_the_policy_work_beside_access_tokens() throws Exception {
        assertThat(post("/mcp/" + STATIC, null, null, Messages.INITIALIZE).statusCode())
                .isEqualTo(200);
        try (McpSyncClient client = server.client(ClientCapabilities.builder().build(), STATIC)) {
            assertThat(client.listTools().tools())
                    .hasSize(Desk365Tools.all().definitions().size());
        }
    }

    @Test
    void a_token_that_is_not_accepted_is_answered_with_the_reason() throws Exception {
        HttpResponse<String> expired =
                post(issuer.token(claims -> claims.expirationTime(new Date(0))), null, Messages.INITIALIZE);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(challenge(expired))
                .contains("error=\"invalid_token\"", "The token has expired.", "resource_metadata=");
        assertThat(expired.body()).contains("The token has expired.");
        assertThat(post("garbage", null, Messages.INITIALIZE).statusCode()).isEqualTo(401);
        assertThat(challenge(post("x".repeat(9 * 1024), null, Messages.INITIALIZE)))
                .contains("The token is too long.");
        assertThat(post("x".repeat(7_000), null, Messages.INITIALIZE).statusCode())
                .isEqualTo(401);
        // Tomcat reads no header of this size.
        assertThat(post("x".repeat(20_000), null, Messages.INITIALIZE).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_slash_at_the_end_of_the_address_makes_no_difference() throws Exception {
        String token = issuer.token(claims -> claims);

        assertThat(post("/mcp/", token, null, Messages.INITIALIZE).statusCode()).isEqualTo(200);
        assertThat(post("/mcp/", "no-token", null, Messages.INITIALIZE).statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_access_token_in_the_address_is_not_accepted() throws Exception {
        String token = issuer.token(claims -> claims);

        assertThat(post("/mcp/" + token, null, null, Messages.INITIALIZE).statusCode())
                .isEqualTo(401);
        assertThat(post("/mcp?access_token=" + token, null, null, Messages.INITIALIZE)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_token_that_cannot_be_checked_is_neither_accepted_nor_called_bad() throws Exception {
        HostInProcess before = server;
        try (TestIssuer down = TestIssuer.start();
                HostInProcess waiting = serve(down)) {
            server = waiting;
            down.status(503);

            HttpResponse<String> response = post(down.token(claims -> claims), null, Messages.INITIALIZE);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
            assertThat(response.body()).contains("The token cannot be checked now.");
            assertThat(post(STATIC, null, Messages.INITIALIZE).statusCode()).isEqualTo(200);
        } finally {
            server = before;
        }
    }

    @Test
    void the_steps_of_a_sign_in_are_logged_as_codes() throws Exception {
        try (LogLines lines = new LogLines("desk365.oauth");
                HostInProcess other = serve(issuer)) {
            HostInProcess before = server;
            server = other;
            String token = issuer.token(claims -> claims.subject("jane@example.com"));
            try {
                post(null, null, Messages.INITIALIZE);
                send(request(METADATA));
                post(token + "x", null, Messages.INITIALIZE);
                String session = begin(token);
                post(token, session, Messages.call(2, WRITES, "{}"));
            } finally {
                server = before;
            }

            assertThat(lines.messages())
                    .containsExactly(
                            "oauth: no_token",
                            "oauth: metadata",
                            "oauth: refused signature",
                            "oauth: accepted",
                            "oauth: refused insufficient_scope");
        }
    }

    @Test
    void strangers_cannot_fill_the_log() {
        try (LogLines lines = new LogLines("desk365.oauth")) {
            OAuthLog steps = new OAuthLog();
            for (int i = 0; i < 1_000; i++) {
                steps.step("no_token");
            }

            assertThat(lines.messages())
                    .hasSizeLessThanOrEqualTo(20)
                    .anyMatch(line -> line.endsWith("(no more of these are logged in this minute)"));
        }
    }

    @Test
    void an_approver_signs_in_at_the_page_with_a_token_for_nothing_else() throws Exception {
        try (LogLines lines = new LogLines("desk365.oauth")) {
            List<String> pages =
                    approvals(null, jane("desk365.approve"), jane("desk365.approve desk365.read"), null, "garbage");

            assertThat(pages.get(0)).contains("oauth:jane").doesNotContain("Sign in to approve");
            assertThat(pages.subList(1, 4))
                    .hasSize(3)
                    .allSatisfy(page ->
                            assertThat(page).contains("Sign in to approve").doesNotContain("type=\"password\""));
            assertThat(lines.messages())
                    .containsExactly(
                            "oauth: approver accepted",
                            "oauth: approver refused scope",
                            "oauth: approver refused malformed");
        }
    }

    @Test
    void an_approver_may_also_type_a_token() throws Exception {
        Approvers typed = Approvers.tokens(Map.of(CallerAuthenticator.hash("bobs-own-token"), "bob"));

        assertThat(approvals(typed, jane("desk365.approve")).get(0)).contains("oauth:jane");
        assertThat(approvals(typed, (String) null).get(0)).contains("Sign in to approve", "type=\"password\"");
    }

    private static String jane(String scope) {
        return issuer.token(claims -> claims.subject("jane").claim("scope", scope));
    }

    /** Returns the page of approvals as it is for requests with these tokens, or without one. */
    private static List<String> approvals(@Nullable Approvers typed, @Nullable String... shown) throws Exception {
        OAuthOptions options = new OAuthOptions();
        new CommandLine(options)
                .parseArgs("--issuer=" + issuer.address(), "--resource=" + TestIssuer.RESOURCE, "--oauth-approvers");
        BoundTools tools =
                Desk365Tools.with(options.on(Policy.of(Selection.everything()))).bind(sandbox.client());
        BearerTokens tokens = Objects.requireNonNull(options.tokens(tools.allDefinitions(), null, Map.of()));
        ApprovalServlet page = new ApprovalServlet(tools.pendingCalls(), tokens.approvers(typed));
        HostInProcess before = server;
        try (HostInProcess other = HostInProcess.start(tools, new HttpServer.Parts(page, tokens, Readiness.always()))) {
            server = other;
            List<String> pages = new ArrayList<>();
            for (String token : shown) {
                HttpRequest.Builder request = request("/approvals/");
                HttpResponse<String> answer =
                        send(token == null ? request : request.header("Authorization", "Bearer " + token));
                assertThat(answer.statusCode()).isEqualTo(200);
                pages.add(answer.body());
            }
            if (typed != null) {
                PageClient bob = new PageClient(other.address().replaceFirst("/mcp$", "/approvals"));
                assertThat(bob.post("/sign-in", Map.of("token", "a-guess")).status())
                        .isEqualTo(403);
                assertThat(bob.signIn("bobs-own-token").get("/").text()).contains("bob");
            }
            return pages;
        } finally {
            server = before;
        }
    }
}
