package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.server.PageClient.Answer;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.host.ToolGrant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two replicas with one state over HTTP: what admins create at one opens the tools at the other, and nothing more. */
@Timeout(60)
class OnDemandServersTest {

    private static final String ADMIN = "the-admins-own-token";
    private static final String RITAS = "ritas-own-token";
    private static final String TENANT = "sandbox";
    private static final String READS =
            "{\"name\":\"contractor\",\"config\":{\"methods\":[\"read\"],\"tags\":[\"tickets\"]}}";
    private static final Logger OWN_CLIENT = Logger.getLogger("jdk");
    private static final ManualClock CLOCK = new ManualClock();

    private static TestSandbox sandbox;
    private static Cut state;
    private static HostInProcess one;
    private static HostInProcess two;

    /** A state that can become unreachable. */
    private static final class Cut implements SharedState {

        private final SharedState memory = SharedState.inMemory(CLOCK);
        private volatile boolean isCut;
        private final Semaphore stalled = new Semaphore(0);
        private volatile @Nullable CountDownLatch stall;

        private SharedState reach() {
            if (isCut) {
                throw new IllegalStateException("cut");
            }
            return memory;
        }

        @Override
        public byte @Nullable [] get(String key) {
            byte[] value = reach().get(key);
            CountDownLatch end = stall;
            if (value == null && end != null) {
                stalled.release();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return value;
        }

        @Override
        public byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
            return reach().putIfAbsent(key, value, life);
        }

        @Override
        public boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
            return reach().compareAndSet(key, expected, value, life);
        }

        @Override
        public boolean remove(String key, byte[] expected) {
            return reach().remove(key, expected);
        }
    }

    @BeforeAll
    static void start() {
        sandbox = TestSandbox.start();
        state = new Cut();
        one = serve();
        two = serve();
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        sandbox.close();
    }

    private static BoundTools tools() {
        return sandbox.bound(policy());
    }

    private static Policy policy() {
        return Policy.of(Selection.everything().exclude("contracts"))
                .clock(CLOCK)
                .state(state)
                .plan(Plan.STANDARD)
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash(RITAS), "rita")));
    }

    private static HostInProcess serve(String... options) {
        return serve(tools(), options);
    }

    private static HostInProcess serve(BoundTools tools, String... options) {
        Approvers admins = Approvers.tokens(Map.of(CallerAuthenticator.hash(ADMIN), "anna"));
        OnDemandServers servers = new OnDemandServers(tools, List.of(TENANT), true);
        return HostInProcess.start(
                tools,
                new HttpServer.Parts(null, null, Readiness.always(), ServerAdmin.of(tools, servers, admins, null)),
                false,
                options);
    }

    // As an admin's program.

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder at(HostInProcess replica, String path) {
        return HttpRequest.newBuilder(URI.create(replica.address().replaceFirst("/mcp$", path)));
    }

    private static HttpResponse<String> admin(String method, String path, @Nullable String body) throws Exception {
        return send(at(one, path)
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private static Map<String, @Nullable Object> json(HttpResponse<String> response) {
        return JsonDocument.parse(response.body()).toMap();
    }

    private static Map<String, @Nullable Object> create(String body) throws Exception {
        HttpResponse<String> created = admin("POST", "/servers", body);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created);
    }

    private static String path(Map<String, @Nullable Object> created) {
        return URI.create(String.valueOf(created.get("url"))).getPath();
    }

    // As a client.

    private static HttpResponse<String> post(
            HostInProcess replica, String path, @Nullable String session, String message, String... headers)
            throws Exception {
        HttpRequest.Builder request = at(replica, path)
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message));
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String begin(HostInProcess replica, String path, String... headers) throws Exception {
        return begin(replica, path, Messages.INITIALIZE, headers);
    }

    private static String begin(HostInProcess replica, String path, String initialize, String[] headers)
            throws Exception {
        HttpResponse<String> begun = post(replica, path, null, initialize, headers);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        String session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
        assertThat(post(replica, path, session, Messages.INITIALIZED, headers).statusCode())
                .isEqualTo(202);
        return session;
    }

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}";
    private static final String CALL = Messages.call(4, GET_TICKET, "{\"ticket_number\":4052}");

    // What a server opens.

    @Test
    void a_resource_or_prompt_for_tools_that_the_address_does_not_open_is_refused() throws Exception {
        String path =
                path(create("{\"name\":\"reader\",\"config\":{\"methods\":[\"read\"],\"tags\":[\"knowledge_base\"]}}"));
        String session = begin(one, path);

        assertThat(post(
                                one,
                                path,
                                session,
                                Messages.request(5, "resources/read", "{\"uri\":\"desk365://ticket/4052\"}"))
                        .body())
                .contains("-32002", "Resources are desk365://kb/{article_name}")
                .doesNotContain("desk365://ticket/{");
        assertThat(post(one, path, session, Messages.request(6, "prompts/get", "{\"name\":\"triage\"}"))
                        .body())
                .contains("-32602", "Unknown prompt");
    }

    @Test
    void the_hosted_products_own_body_creates_a_server_that_every_replica_serves() throws Exception {
        HttpResponse<String> response = admin(
                "POST",
                "/servers",
                "{\"name\":\"My MCP Server\",\"config\":{\"methods\":[\"read\"],\"tags\":[\"tickets\",\"companies\"],"
                        + "\"tool_exposure\":\"all\",\"require_api_token_auth\":false},\"expires_at\":null}");
        Map<String, @Nullable Object> created = json(response);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("Location")).contains("/servers/" + created.get("id"));
        assertThat(created)
                .containsEntry("name", "My MCP Server")
                .containsEntry("config", Map.of("methods", List.of("read"), "tags", List.of("tickets", "companies")))
                .containsEntry("require_api_token_auth", false)
                .containsEntry("expires_at", null)
                .containsEntry("tenant", TENANT)
                .containsEntry("created_by", "anna");
        assertThat(created.get("url")).isEqualTo(one.address() + "/" + created.get("token"));
        String session = begin(two, path(created));
        assertThat(post(two, path(created), session, LIST).body())
                .contains(GET_TICKET)
                .doesNotContain("\"name\":\"" + CREATE_NOTE, "\"name\":\"list_all_desk_365_contacts");
        assertThat(post(two, path(created), session, CALL).body())
                .contains("4052")
                .contains("\"isError\":false");
        assertThat(post(
                                two,
                                path(created),
                                session,
                                Messages.call(5, CREATE_NOTE, "{\"ticket_number\":4052,\"body\":\"x\"}"))
                        .body())
                .contains("There is no tool " + CREATE_NOTE);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void an_empty_configuration_opens_what_the_policy_allows_and_no_more() throws Exception {
        Map<String, @Nullable Object> created = create("{\"name\":\"all\",\"config\":{}}");

        assertThat(String.valueOf(created.get("tools"))).contains(CREATE_NOTE).doesNotContain("contract");
        String session = begin(one, path(created));
        assertThat(post(one, path(created), session, LIST).body())
                .contains(CREATE_NOTE)
                .doesNotContain("_contract");
    }

    @Test
    void without_a_secret_or_a_token_nothing_is_opened() throws Exception {
        Map<String, @Nullable Object> created = create(READS);

        assertThat(post(one, "/mcp", null, Messages.INITIALIZE).statusCode()).isEqualTo(401);
        assertThat(post(one, "/mcp/" + created.get("id"), null, Messages.INITIALIZE)
                        .statusCode())
                .isEqualTo(401);
        for (String guess : List.of("desk365_" + "A".repeat(43), "desk365_", created.get("token") + "x")) {
            HttpResponse<String> refused = post(one, "/mcp/" + guess, null, Messages.INITIALIZE);
            assertThat(refused.statusCode()).as(guess).isEqualTo(404);
            assertThat(refused.body()).contains("This address opens nothing");
            assertThat(refused.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
        }
        // The secret counts in the address alone.
        assertThat(post(one, "/mcp", null, Messages.INITIALIZE, "Authorization", "Bearer " + created.get("token"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(one, "/mcp/" + ADMIN, null, Messages.INITIALIZE).statusCode())
                .isEqualTo(401);
        // Callers' tokens go on working, in the header and in the address.
        begin(one, "/mcp/" + RITAS);
        begin(one, "/mcp", "Authorization", "Bearer " + RITAS);
    }

    @Test
    void a_server_can_ask_for_a_callers_token_besides() throws Exception {
        String path = path(create("{\"name\":\"closed\",\"config\":{},\"require_api_token_auth\":true}"));

        assertThat(post(one, path, null, Messages.INITIALIZE).statusCode()).isEqualTo(401);
        assertThat(post(one, path, null, Messages.INITIALIZE, "Authorization", "Bearer " + ADMIN)
                        .statusCode())
                .isEqualTo(401);
        String session = begin(one, path, "Authorization", "Bearer " + RITAS);
        assertThat(post(one, path, session, CALL).statusCode()).isEqualTo(401);
        assertThat(post(one, path, session, CALL, "Authorization", "Bearer " + RITAS)
                        .body())
                .contains("4052");
    }

    @Test
    void a_session_of_one_server_does_not_exist_for_another() throws Exception {
        String narrow = path(create(READS));
        String wide = path(create("{\"name\":\"all\",\"config\":{}}"));
        String session = begin(one, wide);

        assertThat(post(one, narrow, session, LIST).statusCode()).isEqualTo(404);
        assertThat(post(one, "/mcp/" + RITAS, session, LIST).statusCode()).isEqualTo(404);
        assertThat(post(one, wide, session, LIST).statusCode()).isEqualTo(200);
    }

    @Test
    void a_server_of_another_helpdesk_in_the_same_state_opens_nothing_here() throws Exception {
        String secret = tools().grants()
                .issue(ToolGrant.of("other", Selection.everything()).tenant("northwind.desk365.io"))
                .secret();

        assertThat(post(one, "/mcp/" + secret, null, Messages.INITIALIZE).statusCode())
                .isEqualTo(404);
        assertThat(admin("GET", "/servers", null).body()).doesNotContain("northwind");
    }

    // Until when.

    @Test
    void a_revoked_server_is_refused_at_once_in_open_sessions_at_every_replica() throws Exception {
        Map<String, @Nullable Object> created = create(READS);
        String path = path(created);
        String session = begin(two, path);

        assertThat(admin("DELETE", "/servers/" + created.get("id"), null).statusCode())
                .isEqualTo(204);

        for (HostInProcess replica : List.of(one, two)) {
            assertThat(post(replica, path, session, CALL).statusCode()).isEqualTo(404);
            assertThat(post(replica, path, null, Messages.INITIALIZE).statusCode())
                    .isEqualTo(404);
        }
        assertThat(admin("DELETE", "/servers/" + created.get("id"), null).statusCode())
                .isEqualTo(404);
        assertThat(admin("GET", "/servers/" + created.get("id"), null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_open_stream_of_a_revoked_server_ends_and_those_of_others_do_not() throws Exception {
        String other = path(create(READS));
        Future<HttpResponse<String>> stays = listen(other, begin(two, other));
        int ended = 0;
        // The second ends in a later check than the first, so the other one has been checked too.
        while (ended < 2) {
            Map<String, @Nullable Object> created = create(READS);
            String session = begin(two, path(created));
            Future<HttpResponse<String>> stream = listen(path(created), session);
            post(two, path(created), session, LIST);
            admin("DELETE", "/servers/" + created.get("id"), null);
            int status = stream.get().statusCode();
            // Nothing shows when the server has begun the stream, so it may be revoked too early.
            assertThat(status).isIn(200, 404);
            ended += status == 200 ? 1 : 0;
        }

        assertThat(stays).isNotDone();
    }

    private static Future<HttpResponse<String>> listen(String path, String session) {
        return HttpClient.newHttpClient()
                .sendAsync(
                        at(two, path)
                                .header("Accept", "text/event-stream")
                                .header("Mcp-Session-Id", session)
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void a_call_that_was_sent_before_the_revocation_is_completed() throws Exception {
        Map<String, @Nullable Object> created = create(READS);
        String session = begin(one, path(created));
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            sandbox.forget();
            sandbox.stall(1);
            Future<HttpResponse<String>> call = client.submit(() -> post(one, path(created), session, CALL));
            sandbox.awaitExchanges(1);
            admin("DELETE", "/servers/" + created.get("id"), null);
            sandbox.release();

            assertThat(call.get().body()).contains("4052").contains("\"isError\":false");
        } finally {
            client.shutdownNow();
        }
    }

    @Test
    void a_call_that_waits_when_its_server_is_revoked_is_never_sent() throws Exception {
        Map<String, @Nullable Object> created = create(READS);
        String other = path(create(READS));
        ExecutorService client = Executors.newFixedThreadPool(2);
        try (HostInProcess narrow = serve("--calls", "1")) {
            String session = begin(narrow, path(created));
            String kept = begin(narrow, other);
            sandbox.forget();
            sandbox.stall(1);
            Future<HttpResponse<String>> runs = client.submit(() -> post(narrow, other, kept, CALL));
            sandbox.awaitExchanges(1);
            Future<HttpResponse<String>> waits = client.submit(() -> post(narrow, path(created), session, CALL));
            post(narrow, path(created), session, PING);

            admin("DELETE", "/servers/" + created.get("id"), null);

            // Or the server had not read the call yet, and refuses it.
            assertThat(waits.get(20, TimeUnit.SECONDS).body())
                    .containsAnyOf("\"code\":\"cancelled\"", "This address opens nothing");
            sandbox.release();
            assertThat(runs.get().body()).contains("Checkout is down");
            assertThat(sandbox.exchanges()).hasSize(1);
        } finally {
            client.shutdownNow();
        }
    }

    @Test
    void a_call_that_waits_for_a_decision_on_the_page_ends_when_its_server_is_revoked() throws Exception {
        Map<String, @Nullable Object> created = create("{\"name\":\"replier\",\"config\":{}}");
        BoundTools asking =
                sandbox.bound(policy().approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                        .approvalPlace("https://helpdesk.example/approvals"));
        ExecutorService client = Executors.newSingleThreadExecutor();
        try (HostInProcess server = serve(asking)) {
            String session = begin(
                    server, path(created), Messages.initialize(1, "{\"elicitation\":{\"url\":{}}}"), new String[0]);
            Future<HttpResponse<String>> waits = client.submit(() -> post(
                    server,
                    path(created),
                    session,
                    Messages.call(4, CREATE_REPLY, "{\"ticket_number\":4052,\"body\":\"We are on it.\"}")));
            while (asking.pendingCalls().waiting().isEmpty()) {
                Thread.sleep(20);
            }

            admin("DELETE", "/servers/" + created.get("id"), null);

            assertThat(waits.get(20, TimeUnit.SECONDS).body()).contains("waiting_for_approval");
        } finally {
            client.shutdownNow();
        }
    }

    @Test
    void the_end_can_be_changed_and_then_holds() throws Exception {
        String id = String.valueOf(create(READS).get("id"));
        Map<String, @Nullable Object> created = create("{\"name\":\"short\",\"config\":{},\"expires_at\":\""
                + CLOCK.instant().plusSeconds(60) + "\"}");
        String path = path(created);
        String session = begin(one, path);

        HttpResponse<String> changed = admin(
                "PATCH",
                "/servers/" + created.get("id"),
                "{\"expires_at\":\"" + CLOCK.instant().plusSeconds(120) + "\"}");
        assertThat(changed.statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(119));
        assertThat(post(one, path, session, LIST).statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(1));

        assertThat(post(one, path, session, LIST).statusCode()).isEqualTo(404);
        assertThat(admin("GET", "/servers", null).body())
                .contains(id)
                .doesNotContain(String.valueOf(created.get("id")));
        assertThat(json(admin("PATCH", "/servers/" + id, "{\"expires_at\":null}")))
                .containsEntry("expires_at", null);
    }

    @Test
    void if_the_state_cannot_be_reached_the_client_is_asked_to_come_back() throws Exception {
        String path = path(create(READS));
        state.isCut = true;
        try {
            HttpResponse<String> refused = post(one, path, null, Messages.INITIALIZE);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(admin("GET", "/servers", null).statusCode()).isEqualTo(503);
        } finally {
            state.isCut = false;
        }
        begin(one, path);
    }

    @Test
    void guessed_addresses_read_the_state_four_at_a_time() throws Exception {
        String right = path(create(READS));
        String almost = right.substring(0, right.length() - 2) + "-";
        HttpClient client = HttpClient.newHttpClient();
        CountDownLatch end = new CountDownLatch(1);
        List<CompletableFuture<HttpResponse<String>>> guesses = new ArrayList<>();
        state.stall = end;
        try {
            for (int guess = 0; guess < 4; guess++) {
                guesses.add(client.sendAsync(
                        at(one, almost + guess)
                                .POST(BodyPublishers.ofString(PING))
                                .build(),
                        BodyHandlers.ofString()));
            }
            state.stalled.acquire(4);

            HttpResponse<String> refused = post(one, almost + "x", null, PING);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.body()).contains("busy");
            assertThat(state.stalled.availablePermits()).isZero();
        } finally {
            state.stall = null;
            end.countDown();
        }
        assertThat(guesses)
                .allSatisfy(guess -> assertThat(guess.get().statusCode()).isEqualTo(404));
        begin(one, right);
    }

    // Administration.

    @Test
    void nobody_but_an_admin_creates_or_sees_servers() throws Exception {
        for (String[] headers : new String[][] {
            {}, {"Authorization", "Bearer guess"}, {"Authorization", "Bearer " + RITAS}, {"Authorization", "Bearer "}
        }) {
            for (String method : List.of("GET", "POST", "DELETE", "PUT")) {
                HttpRequest.Builder request = at(one, "/servers").method(method, BodyPublishers.ofString(READS));
                HttpResponse<String> refused = send(headers.length == 0 ? request : request.headers(headers));
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
                assertThat(refused.body()).startsWith("{\"error\":");
            }
        }
        assertThat(send(at(one, "/servers?token=" + ADMIN)).statusCode()).isEqualTo(401);
        assertThat(send(at(one, "/servers/" + ADMIN)).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name":"x","config":{"methods":["raed"]}} | 400 | Unknown method raed; did you mean read?
                    {"name":"x","config":{"tags":["ticket"]}} | 400 | Unknown tag ticket; did you mean tickets?
                    {"name":"x","config":{"tags":["contracts"]}} | 400 | No tool is left: none that is allowed here
                    {"name":"x","config":{"tags":["knowledge_base"],"methods":["custom"]}} | 400 | No tool is left
                    {"name":"x","config":{"methods":[]}} | 400 | config.methods is empty
                    {"name":"x","config":{"methods":"read"}} | 400 | config.methods must be a list of strings
                    {"name":"x","config":{"method":["read"]}} | 400 | There is no key config.method; did you mean methods?
                    {"name":"x","config":[]} | 400 | config must be an object
                    {"name":"x","config":{"tool_exposure":"discovery"}} | 400 | config.tool_exposure can only be all
                    {"name":"x","preset":"heroes"} | 400 | There is no key preset; known are config, expires_at, name
                    {"name":"x","tokens":{}} | 400 | There is no key tokens
                    {"config":{}} | 400 | name is missing
                    {"name":7} | 400 | name is missing; it must be a string
                    {"name":" "} | 400 | The name must have 1 to 100 characters
                    {"name":"x","expires_at":"2020-01-01T00:00:00Z"} | 400 | The end 2020-01-01T00:00:00Z is in the past
                    {"name":"x","expires_at":"9999-01-01T00:00:00Z"} | 400 | is more than ten years away
                    {"name":"x","expires_at":"tomorrow"} | 400 | expires_at
                    {"name":"x","expires_at":7} | 400 | expires_at
                    {"name":"x","tenant":"northwind.desk365.io"} | 400 | The tenant must be one of the helpdesks of this server: sandbox
                    {"name":"x","require_api_token_auth":"yes"} | 400 | require_api_token_auth must be true or false
                    {"name":"x","require_api_token_auth":true,"config":{"require_api_token_auth":false}} | 400 | given twice
                    {"name":"x","name":"y"} | 400 | twice
                    {"name":"x"} {} | 400 | Not a JSON object
                    ["x"] | 400 | Not a JSON object
                    7 | 400 | Not a JSON object
                    """)
    void a_wrong_body_creates_nothing_and_says_why(String body, int status, String sentence) throws Exception {
        int before = servers().size();

        HttpResponse<String> refused = admin("POST", "/servers", body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(String.valueOf(json(refused).get("error"))).contains(sentence);
        assertThat(servers()).hasSize(before);
    }

    private static List<?> servers() throws Exception {
        return (List<?>)
                Objects.requireNonNull(json(admin("GET", "/servers", null)).get("result"));
    }

    @Test
    void other_requests_are_refused_with_what_would_be_right() throws Exception {
        String server = "/servers/" + create(READS).get("id");

        assertThat(admin("PUT", "/servers", READS).headers().firstValue("Allow"))
                .contains("GET, POST");
        assertThat(admin("POST", server, READS).headers().firstValue("Allow")).contains("GET, PATCH, DELETE");
        assertThat(String.valueOf(
                        json(admin("PATCH", server, "{\"name\":\"y\"}")).get("error")))
                .contains("Only expires_at can be changed");
        assertThat(admin("PATCH", server, "{\"expires_at\":\"2020-01-01\"}").body())
                .contains("is in the past");
        assertThat(admin("GET", "/servers/guess", null).statusCode()).isEqualTo(404);
        assertThat(admin("GET", "/servers/../servers", null).statusCode()).isIn(200, 400, 404);
        assertThat(admin("POST", "/servers", "{\"name\":\"" + "x".repeat(20_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(at(one, "/servers")
                                .header("Authorization", "Bearer " + ADMIN)
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(READS)))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(at(one, "/servers")
                                .header("Authorization", "Bearer " + ADMIN)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xC3, '"'})))
                        .body())
                .contains("not in UTF-8");
    }

    @Test
    void the_secret_is_in_no_log_and_in_no_later_answer() throws Exception {
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        LogLines lines = new LogLines("");
        root.setLevel(Level.ALL);
        // The test's own client.
        OWN_CLIENT.setLevel(Level.OFF);
        String secret;
        StringBuilder answers = new StringBuilder();
        try {
            Map<String, @Nullable Object> created = create(READS);
            secret = String.valueOf(created.get("token"));
            String path = path(created);
            String session = begin(one, path);
            answers.append(post(one, path, session, CALL).body());
            answers.append(post(one, path, session, "{").body());
            answers.append(post(one, path, null, CALL).body());
            answers.append(send(at(one, path + "/more")).body());
            answers.append(
                    send(at(one, path).method("HEAD", BodyPublishers.noBody())).body());
            answers.append(admin("GET", "/servers", null).body());
            answers.append(admin("GET", "/servers/" + created.get("id"), null).body());
            answers.append(admin("PATCH", "/servers/" + created.get("id"), "{\"expires_at\":null}")
                    .body());
            admin("DELETE", "/servers/" + created.get("id"), null);
            answers.append(post(one, path, session, CALL).body());
            assertThat(lines.text()).contains("anna created the server " + created.get("id"));
        } finally {
            lines.close();
            root.setLevel(before);
        }
        assertThat(lines.text()).doesNotContain(secret.substring(8));
        assertThat(answers).doesNotContain(secret.substring(8));
    }

    @Test
    void the_calls_that_are_left_are_headers_of_answers_in_json() throws Exception {
        String path = path(create(READS));
        String session = begin(one, path);

        HttpResponse<String> stream = post(one, path, session, CALL);
        HttpResponse<String> json = post(one, path, null, PING);

        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(stream.headers().firstValue("ratelimit-remaining")).isEmpty();
        assertThat(json.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(stream.body())
                .contains("\"ratelimit-remaining\":"
                        + json.headers().firstValue("ratelimit-remaining").orElseThrow());
        assertThat(json.headers().firstValue("ratelimit-reset").orElse("")).matches("\\d+");
    }

    @Test
    void without_sessions_the_result_of_a_call_is_json_and_has_them_too() throws Exception {
        String path = path(create(READS));
        try (HostInProcess stateless = serve("--stateless")) {
            HttpResponse<String> answer = post(stateless, path, null, CALL);

            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            for (String figure : List.of("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")) {
                assertThat(answer.body())
                        .contains("\"" + figure + "\":"
                                + answer.headers().firstValue(figure).orElseThrow());
            }
            assertThat(post(stateless, "/mcp", null, CALL).statusCode()).isEqualTo(401);
        }
    }

    private static HttpResponse<String> modern(HostInProcess replica, String path, String method, String params)
            throws Exception {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"test\",\"version\":\"1\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        List<String> headers = new ArrayList<>(List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
        if (method.equals("tools/call")) {
            headers.addAll(List.of("Mcp-Name", params.replaceFirst("\"name\":\"(.*?)\".*", "$1")));
        }
        return post(replica, path, null, message, headers.toArray(String[]::new));
    }

    @Test
    void clients_of_2026_get_the_same_tools_and_the_calls_that_are_left_in_headers() throws Exception {
        Map<String, @Nullable Object> created = create(READS);
        String path = path(created);
        String call = "\"name\":\"" + GET_TICKET + "\",\"arguments\":{\"ticket_number\":4052},";
        String write = "\"name\":\"" + CREATE_NOTE + "\",\"arguments\":{\"ticket_number\":4052,\"body\":\"x\"},";

        assertThat(modern(two, path, "tools/list", "").body())
                .contains("\"name\":\"" + GET_TICKET)
                .doesNotContain("\"name\":\"" + CREATE_NOTE);
        assertThat(modern(two, path, "tools/call", write).body())
                .contains(CREATE_NOTE)
                .doesNotContain("\"note");
        HttpResponse<String> called = modern(two, path, "tools/call", call);
        HttpResponse<String> listed = modern(two, path, "tools/list", "");
        assertThat(listed.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(called.body())
                .contains("4052")
                .contains("\"ratelimit-remaining\":"
                        + listed.headers().firstValue("ratelimit-remaining").orElseThrow())
                .contains("\"ratelimit-limit\":"
                        + listed.headers().firstValue("ratelimit-limit").orElseThrow());
        assertThat(sandbox.writes()).isEmpty();

        admin("DELETE", "/servers/" + created.get("id"), null);
        assertThat(modern(two, path, "tools/call", call).statusCode()).isEqualTo(404);
        assertThat(modern(two, "/mcp", "tools/call", call).statusCode()).isEqualTo(401);
    }

    @Test
    void many_admins_create_and_revoke_at_once_and_the_list_is_right() throws Exception {
        int before = servers().size();
        ExecutorService admins = Executors.newFixedThreadPool(8);
        CountDownLatch ready = new CountDownLatch(8);
        try {
            List<Future<Boolean>> done = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean revokes = i % 2 == 0;
                done.add(admins.submit(() -> {
                    ready.countDown();
                    ready.await();
                    String id = String.valueOf(create(READS).get("id"));
                    return !revokes || admin("DELETE", "/servers/" + id, null).statusCode() == 204;
                }));
            }
            for (Future<Boolean> one : done) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            admins.shutdownNow();
        }
        assertThat(servers()).hasSize(before + 4);
    }

    // The page.

    private static PageClient page() {
        return new PageClient(one.address().replaceFirst("/mcp$", "/admin"));
    }

    private static Map<String, String> form(Answer page) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element input : page.page().select("main form input")) {
            if (!input.attr("type").equals("checkbox") || input.hasAttr("checked")) {
                fields.put(input.attr("name"), input.val());
            }
        }
        return fields;
    }

    @Test
    void an_admin_creates_a_server_on_the_page_and_sees_its_address_once() throws Exception {
        PageClient anna = page().signIn(ADMIN);
        Map<String, String> fields = form(anna.get("/new"));
        assertThat(fields).containsKeys("method-read", "end").doesNotContainKey("method-write");
        fields.put("name", "<b>Contractor</b> GmbH");
        fields.put("tag-tickets", "on");

        Answer created = anna.post("/new", fields);
        assertThat(created.status()).isEqualTo(303);
        assertThat(created.header("Location")).doesNotContain("desk365_");
        String shown = created.header("Location").replaceFirst("^/admin", "");
        Answer page = anna.get(shown);

        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'; style-src 'self';");
        String address =
                Objects.requireNonNull(page.page().selectFirst("#address")).text();
        assertThat(page.page().select("textarea").eachText())
                .hasSizeGreaterThan(4)
                .allMatch(text -> text.contains(address))
                .anyMatch(text -> text.startsWith("claude mcp add --transport http desk365-b-contractor-b-gmbh http"));
        begin(two, URI.create(address).getPath());
        String secret = address.substring(address.lastIndexOf('/') + 1);
        for (String again : List.of(shown, "/", shown.replace("/created", ""))) {
            assertThat(anna.get(again).response().body())
                    .doesNotContain(secret, "<b>Contractor")
                    .contains("&lt;b&gt;Contractor");
        }
    }

    @Test
    void an_admin_changes_the_end_and_revokes_on_the_page_after_a_confirmation() throws Exception {
        Map<String, @Nullable Object> created = create("{\"name\":\"by page\",\"config\":{}}");
        String server = "/server/" + created.get("id");
        PageClient anna = page().signIn(ADMIN);

        assertThat(anna.submit(server, "Change the end", Map.of("end", "2100-01-01T00:00"))
                        .text())
                .contains("more than ten years away");
        assertThat(anna.submit(server, "Change the end", Map.of("end", "soon")).text())
                .contains("The end must be a date and a time");
        String year = String.valueOf(CLOCK.instant().atZone(ZoneOffset.UTC).getYear() + 1);
        assertThat(anna.press(server, "Change the end", Map.of("end", year + "-01-01T00:00"))
                        .text())
                .contains("Ends " + year + "-01-01 00:00 UTC");
        assertThat(anna.get(server + "/revoke").text())
                .contains("Revoke by page?")
                .contains("Keep it");
        assertThat(post(one, path(created), null, Messages.INITIALIZE).statusCode())
                .isEqualTo(200);
        assertThat(anna.press(server + "/revoke", "Revoke", Map.of()).text()).doesNotContain("by page");
        assertThat(post(one, path(created), null, Messages.INITIALIZE).statusCode())
                .isEqualTo(404);
        assertThat(anna.get(server).status()).isEqualTo(404);
    }

    @Test
    void the_page_shows_nothing_to_strangers_and_obeys_no_form_of_another_site() throws Exception {
        Map<String, @Nullable Object> created = create("{\"name\":\"hidden name\",\"config\":{}}");
        String server = "/server/" + created.get("id");
        PageClient stranger = page();
        for (String path : List.of("/", "/new", server, server + "/revoke", server + "/created", "/nothing")) {
            assertThat(stranger.get(path).text())
                    .contains("Sign in to manage servers")
                    .doesNotContain("hidden name");
        }
        for (String wrong : List.of(RITAS, "guess", "")) {
            assertThat(stranger.post("/sign-in", Map.of("token", wrong)).status())
                    .isEqualTo(403);
        }
        assertThat(stranger.post(server + "/revoke", Map.of()).status()).isEqualTo(403);

        PageClient anna = page().signIn(ADMIN);
        assertThat(anna.post(server + "/revoke", Map.of()).status()).isEqualTo(403);
        Map<String, String> fields = form(anna.get(server + "/revoke"));
        assertThat(anna.post(server + "/revoke", fields, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(admin("GET", server.replace("server", "servers"), null).statusCode())
                .isEqualTo(200);
        assertThat(anna.submit(server + "/revoke", "Revoke", Map.of()).status()).isEqualTo(303);
        assertThat(admin("GET", server.replace("server", "servers"), null).statusCode())
                .isEqualTo(404);
    }
}
