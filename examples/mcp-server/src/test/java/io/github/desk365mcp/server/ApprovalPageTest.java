package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.server.PageClient.Answer;
import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.server.approval.OneTimeLinks;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a signed-in person decides on the approval page, each call is carried out once, and nothing in a text runs. */
class ApprovalPageTest {

    private static final String JANES = "janes-own-token";
    private static final String TOMS = "toms-own-token";
    private static final String UPDATE = "update_a_desk_365_ticket_by_id";
    private static final String REPLY_TITLE = "Reply to the customer";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final CallContext RITA = CallContext.none().caller("rita");
    private static final Map<String, Object> REPLY =
            Map.of("ticket_number", 4052, "body", "<p>It is <b>fixed</b>.</p>", "cc_emails", List.of("otto@w.example"));
    private static final String SECRET = "The supplier's discount for Kepler Stores is confidential: 41.75 percent.";
    private static final int RACING = 64;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final ManualClock clock = new ManualClock(NOON);
    private final Approvers approvers =
            Approvers.tokens(Map.of(CallerAuthenticator.hash(JANES), "jane", CallerAuthenticator.hash(TOMS), "tom"));
    private final List<Site> sites = new ArrayList<>();
    private BoundTools tools = sandbox.bound(policy());
    private String page = "";

    @BeforeEach
    void start() throws Exception {
        page = serve(approvers, null);
    }

    @AfterEach
    void stop() {
        sites.forEach(Site::close);
    }

    private Policy policy() {
        return Policy.of(Selection.everything())
                .approvals(Approvals.defaults()
                        .customerMail(Approval.CONFIRM)
                        .deletes(Approval.CONFIRM)
                        .updates(Approval.CONFIRM)
                        .publish(Approval.CONFIRM))
                .approvalPlace("the page")
                .clock(clock);
    }

    private String serve(Approvers people, @Nullable URI address) throws Exception {
        Site site = new Site("127.0.0.1", 0, RACING)
                .add("approvals", new ApprovalServlet(tools.pendingCalls(), people, address, clock), "/approvals/*");
        sites.add(site);
        site.start();
        return site.address() + "/approvals";
    }

    private PageClient stranger() {
        return new PageClient(page);
    }

    private PageClient jane() throws Exception {
        return stranger().signIn(JANES);
    }

    private String waits(Map<String, Object> reply) {
        ToolResult asked = tools.call(CREATE_REPLY, reply, RITA);
        assertThat(asked.structuredContent()).containsEntry("status", "waiting_for_approval");
        return "/call/" + asked.pendingCall();
    }

    private State state() {
        List<State> states = Stream.concat(
                        tools.pendingCalls().waiting().stream(), tools.pendingCalls().decided().stream())
                .map(call -> call.state())
                .toList();
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    // Signing in.

    @Test
    void a_stranger_sees_nothing_of_any_call_on_any_page() throws Exception {
        String call = waits(REPLY);

        for (String path : List.of("/", call, call + "?late", "/call/guess", "/open/guess", "/nothing")) {
            Answer answer = stranger().get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("Sign in to approve").doesNotContain("4052", "Nora", "fixed", "rita");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a-guess", "janes-own-token2", "rita"})
    void no_other_token_signs_in(String token) throws Exception {
        PageClient client = stranger();

        Answer answer = client.post("/sign-in", Map.of("token", token));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("This is not an approver’s token.").doesNotContain("guess");
        assertThat(client.cookies()).isEmpty();
    }

    @Test
    void an_approver_who_was_asked_to_sign_in_comes_to_the_call_that_they_opened() throws Exception {
        String call = waits(REPLY);
        PageClient client = stranger();
        Document signIn = client.get(call).page();

        Answer answer = client.post(
                "/sign-in",
                Map.of(
                        "token",
                        JANES,
                        "wanted",
                        signIn.select("input[name=wanted]").val()));

        assertThat(answer.header("Location")).isEqualTo("/approvals" + call);
        assertThat(stranger()
                        .post("/sign-in", Map.of("token", JANES, "wanted", "//evil.example/"))
                        .header("Location"))
                .isEqualTo("/approvals/");
    }

    @Test
    void wrong_tokens_are_limited_and_the_right_one_always_signs_in() throws Exception {
        PageClient jane = jane();
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(stranger()
                            .post("/sign-in", Map.of("token", "guess " + attempt))
                            .status())
                    .isEqualTo(403);
        }

        Answer refused = stranger().post("/sign-in", Map.of("token", "another guess"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(jane.get("/").text()).contains("Signed in as jane");
        // From the same address as the guesses.
        assertThat(jane().get("/").text()).contains("Signed in as jane");
        clock.advance(Duration.ofMinutes(1));
        assertThat(stranger().post("/sign-in", Map.of("token", "a later guess")).status())
                .isEqualTo(403);
    }

    @Test
    void a_session_ends_by_signing_out_and_after_twelve_hours() throws Exception {
        PageClient jane = jane();
        PageClient copy = stranger();
        copy.cookies().putAll(jane.cookies());
        assertThat(copy.get("/").text()).contains("Signed in as jane");

        jane.submit("/", "Sign out", Map.of());

        assertThat(jane.cookies()).isEmpty();
        assertThat(copy.get("/").text()).contains("Sign in to approve");
        PageClient later = jane();
        clock.advance(Duration.ofHours(12));
        assertThat(later.get("/").text()).contains("Sign in to approve");
    }

    @Test
    void the_oldest_session_ends_if_there_are_too_many() throws Exception {
        PageClient first = jane();
        PageClient second = jane();
        for (int session = 0; session < 199; session++) {
            jane();
        }

        assertThat(first.get("/").text()).contains("Sign in to approve");
        assertThat(second.get("/").text()).contains("Signed in as jane");
    }

    @Test
    void a_host_can_say_who_is_signed_in() throws Exception {
        String other = serve(
                new Approvers() {
                    @Override
                    public @Nullable String byToken(String token) {
                        return null;
                    }

                    @Override
                    public @Nullable String byRequest(HttpServletRequest request) {
                        return request.getHeader("X-User");
                    }
                },
                null);
        PageClient client = new PageClient(other);

        assertThat(client.get("/", "X-User", "ann").text()).contains("Signed in as ann");
        assertThat(client.get("/", "X-User", "bob").text()).contains("Signed in as bob");
        assertThat(new PageClient(other).get("/").text()).contains("Sign in to approve");
        PageClient byLink = new PageClient(other);
        byLink.get("/open/x", "X-User", "ann");
        assertThat(byLink.get("/").text()).as("checked again").contains("Sign in to approve");

        String call = waits(REPLY);
        Map<String, String> form = Map.of(
                "form",
                client.get(call, "X-User", "bob")
                        .page()
                        .select("input[name=form]")
                        .val(),
                "decision",
                "approve");
        String origin = other.replace("/approvals", "");
        for (String[] headers : List.of(
                new String[] {"Origin", origin},
                new String[] {"Origin", origin, "X-User", "ann"},
                new String[] {"Origin", "https://evil.example", "X-User", "bob"})) {
            assertThat(client.post(call, form, headers).status()).isEqualTo(403);
        }
        assertThat(client.get(call).text()).as("signed out by the host").contains("Sign in to approve");
        assertThat(sandbox.writes()).isEmpty();
        client.post(call, form, "Origin", origin, "X-User", "bob");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_link_signs_in_once_until_it_ends_or_there_is_a_newer_one() throws Exception {
        OneTimeLinks links = new OneTimeLinks("ann", clock);
        String other = serve(links, null);
        String old = links.next(Duration.ofMinutes(10));
        String first = links.next(Duration.ofMinutes(10));
        PageClient ann = new PageClient(other);

        assertThat(new PageClient(other).get(old).text()).contains("can be used once");
        assertThat(ann.get(first).header("Location")).isEqualTo("/approvals/");
        assertThat(ann.get("/").text()).contains("Signed in as ann");
        assertThat(links.isOpen()).isFalse();
        assertThat(new PageClient(other).get(first).text()).contains("can be used once");
        assertThat(ann.get(first).status()).as("signed in already").isEqualTo(303);
        String late = links.next(Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(10));
        assertThat(new PageClient(other).get(late).text()).contains("can be used once");
        assertThat(new PageClient(other).post("/sign-in", Map.of("token", "")).status())
                .isEqualTo(403);
    }

    // What protects the pages.

    @Test
    void strangers_who_send_their_forms_slowly_do_not_keep_approvers_out() throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();
        List<Socket> slow = new ArrayList<>();
        try {
            for (String path : List.of("/sign-out", call, "/call/guess", "/elsewhere")) {
                Socket begun = begins(path, "Origin: " + page.replace("/approvals", ""));
                slow.add(begun);
                assertThat(status(begun)).as("without waiting for the form").contains(" 403 ");
            }
            Socket foreign = begins("/sign-in", "Origin: https://evil.example");
            slow.add(foreign);
            assertThat(status(foreign)).contains(" 403 ");

            for (int stranger = 0; stranger < 80; stranger++) {
                slow.add(begins("/sign-in", "Sec-Fetch-Site: same-origin"));
            }
            assertThat(jane().get("/").text()).contains("Signed in as jane");
            assertThat(jane.press(call, "Send", Map.of()).text()).contains("Sent Approved by jane");
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    /** Sends the head of a form and one byte of it. */
    private Socket begins(String path, String header) throws Exception {
        URI at = URI.create(page + path);
        Socket socket = new Socket(at.getHost(), at.getPort());
        socket.getOutputStream()
                .write(("POST " + at.getPath() + " HTTP/1.1\r\nHost: " + at.getAuthority() + "\r\n" + header
                                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\nt")
                        .getBytes(UTF_8));
        return socket;
    }

    private static String status(Socket socket) {
        try {
            return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
        } catch (IOException e) {
            return "closed";
        }
    }

    @Test
    void no_page_can_be_framed_cached_or_load_anything_from_elsewhere() throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();

        for (String path : List.of("/", call, "/call/none", "/style.css", "", "/open/x")) {
            for (PageClient client : List.of(jane, stranger())) {
                Answer answer = client.get(path);
                assertThat(answer.header("Content-Security-Policy"))
                        .matches("default-src 'none'; style-src 'self' 'sha256-[\\w+/=]+'; img-src data:;"
                                + " frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
                assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            }
        }
        assertThat(jane.get("/style.css").header("Content-Type")).startsWith("text/css");
    }

    @Test
    void the_cookie_is_out_of_reach_of_scripts_other_sites_and_other_paths() throws Exception {
        String cookie = stranger().post("/sign-in", Map.of("token", JANES)).header("Set-Cookie");
        String behindProxy = serve(approvers, URI.create("https://desk.example.com/x/approvals"));
        Answer secure = new PageClient(behindProxy)
                .post("/sign-in", Map.of("token", JANES), "Origin", "https://desk.example.com");

        assertThat(cookie)
                .matches("approver-[\\w-]{8}=[\\w-]{32}; Path=/approvals; Max-Age=43200; HttpOnly; SameSite=Strict");
        assertThat(secure.header("Set-Cookie"))
                .matches("approver-[\\w-]{8}=[\\w-]{32}; Path=/x/approvals; Max-Age=43200; HttpOnly; SameSite=Strict;"
                        + " Secure");
        assertThat(secure.header("Location")).isEqualTo("/x/approvals/");
    }

    static Stream<Map<String, String>> foreignHeaders() {
        return Stream.of(
                Map.of(),
                Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "null"),
                Map.of("Origin", "http://127.0.0.1:1"),
                Map.of("Sec-Fetch-Site", "cross-site"),
                Map.of("Sec-Fetch-Site", "same-site"),
                Map.of("Sec-Fetch-Site", "none"),
                Map.of("Sec-Fetch-Site", "same-origin", "Origin", "https://evil.example"));
    }

    @ParameterizedTest
    @MethodSource("foreignHeaders")
    void a_form_of_another_site_does_nothing(Map<String, String> headers) throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();
        Map<String, String> form = Map.of("form", secret(jane, call), "decision", "approve");
        String[] all = headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);

        assertThat(jane.post(call, form, all).status()).isEqualTo(403);
        assertThat(jane.post("/sign-out", form, all).status()).isEqualTo(403);
        assertThat(stranger().post("/sign-in", Map.of("token", JANES), all).status())
                .isEqualTo(403);

        assertThat(state()).isEqualTo(State.WAITING);
        assertThat(sandbox.writes()).isEmpty();
        assertThat(jane.post(call, form, "Sec-Fetch-Site", "same-origin").status())
                .isEqualTo(303);
        assertThat(state()).isEqualTo(State.DONE);
    }

    @Test
    void a_form_without_the_secret_of_its_session_does_nothing() throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();
        PageClient tom = stranger().signIn(TOMS);
        String janes = secret(jane, call);
        List<Map<String, String>> forms = List.of(
                Map.of("decision", "approve"),
                Map.of("decision", "approve", "form", ""),
                Map.of("decision", "approve", "form", "guess"),
                Map.of("decision", "approve", "form", secret(tom, call)));

        for (Map<String, String> form : forms) {
            assertThat(jane.post(call, form).status()).isEqualTo(403);
        }
        assertThat(jane.post(call + "?decision=approve&form=" + janes, Map.of()).status())
                .isEqualTo(403);
        assertThat(stranger()
                        .post(call, Map.of("decision", "approve", "form", janes))
                        .text())
                .contains("Nothing was done, because you are not signed in.");
        assertThat(jane.post(call, Map.of("decision", "yes", "form", janes)).status())
                .isEqualTo(404);
        assertThat(jane.post(call, Map.of("decision", "approve", "form", janes, "words", "x".repeat(20_000)))
                        .status())
                .as("larger than any form")
                .isEqualTo(403);
        assertThat(state()).isEqualTo(State.WAITING);
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void other_methods_are_refused(String method) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(page + "/"))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void a_link_in_a_chat_is_opened_again_from_here_so_that_the_browser_sends_the_cookie() throws Exception {
        Answer bounced = stranger().get("/", "Sec-Fetch-Site", "cross-site");

        assertThat(bounced.page().select("meta[http-equiv=refresh]").attr("content"))
                .isEqualTo("0; url=/approvals/?from=link");
        assertThat(stranger().get("/?from=link", "Sec-Fetch-Site", "cross-site").text())
                .contains("Sign in to approve");
        assertThat(jane().get("/", "Sec-Fetch-Site", "cross-site").text()).contains("Signed in as jane");
    }

    // Deciding.

    @Test
    void a_person_sees_everything_and_sends_once() throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();

        String list = jane.get("/").text();
        Answer shown = jane.get(call);
        Answer sent = jane.press(call, "Send", Map.of());

        assertThat(list)
                .contains(REPLY_TITLE, "4052", "nora.vance@northwind.example", "It is fixed.", "rita", "10 minutes");
        assertThat(shown.text())
                .contains(
                        "To nora.vance@northwind.example",
                        "Copy (cc) otto@w.example",
                        "From mailbox the account's default mailbox",
                        "Asked by rita, through an AI agent",
                        "10 minutes, until 12:10 UTC");
        assertThat(mail(shown).body().html()).isEqualTo("<p>It is <b>fixed</b>.</p>");
        assertThat(sent.text()).contains("Sent Approved by jane at 12:00 UTC.");
        assertThat(sent.page().select("button").eachText()).containsExactly("Sign out");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).text()).contains("Nothing was sent now");
        assertThat(jane.get("/").text()).contains("Nothing is waiting.", "Sent " + REPLY_TITLE, "by jane at 12:00");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_person_declines_with_words_for_the_model() throws Exception {
        String call = waits(REPLY);

        Answer declined = jane().press(call, "Don’t send", Map.of("words", "Say when, & \"why\"."));

        assertThat(declined.text())
                .contains("Not sent Declined by jane at 12:00 UTC. The AI agent is told: Say when, & \"why\".");
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).text()).contains("They say: Say when, & \"why\".");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_change_is_shown_with_the_old_and_the_new_value() throws Exception {
        tools.call(UPDATE, Map.of("ticket_number", 4052, "status", "Closed"), RITA);
        PageClient jane = jane();

        Document shown = jane.get(jane.call("Change a ticket")).page();

        assertThat(shown.select("tbody tr").eachText()).containsExactly("Status Open Closed");
        assertThat(shown.select("main button").eachText()).containsExactly("Save", "Don’t save");
        assertThat(jane.get("/").text()).contains("Status Open → Closed");
        assertThat(jane.press(jane.call("Change a ticket"), "Save", Map.of()).text())
                .contains("Saved Approved by jane");
    }

    @Test
    void a_deletion_has_its_own_word() throws Exception {
        tools.call("delete_a_desk_365_kb_article_by_id", Map.of("article_name", "How to reset your password"), RITA);
        PageClient jane = jane();

        assertThat(jane.get(jane.call("Delete a knowledge-base article"))
                        .page()
                        .select("main button")
                        .eachText())
                .containsExactly("Delete", "Don’t delete");
    }

    @Test
    void an_article_that_becomes_visible_has_its_own_word() throws Exception {
        tools.call(
                "create_a_desk_365_kb_article",
                Map.of(
                        "article_name",
                        "Checkout",
                        "category_name",
                        "Account",
                        "folder_name",
                        "Sign-in",
                        "article_content",
                        "<p>All is <i>well</i>.</p>",
                        "status",
                        "published"),
                RITA);
        PageClient jane = jane();
        String path = jane.call("Create a knowledge-base article");

        assertThat(jane.get(path).page().select("main button").eachText()).containsExactly("Publish", "Don’t publish");
        assertThat(mail(jane.get(path)).text()).isEqualTo("All is well.");
    }

    @Test
    void earlier_copies_quotations_and_repeated_words_are_shown() throws Exception {
        tools.call("list_all_desk_365_ticket_conversations", Map.of("ticket_number", 4101), RITA);
        tools.call("create_a_desk_365_ticket_note", Map.of("ticket_number", 4101, "body", SECRET), RITA);
        tools.call("list_all_desk_365_ticket_conversations", Map.of("ticket_number", 4101), RITA);
        String call = waits(
                Map.of("ticket_number", 4052, "body", SECRET, "include_prev_ccs", true, "include_prev_messages", true));

        String shown = jane().get(call).text();

        assertThat(shown)
                .contains("Warning: ", "Repeated text: ", "Also to ", "About these copies ", "Quoted below the text ");
    }

    @Test
    void of_many_approvals_at_once_one_is_carried_out_and_all_learn_of_it() throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();
        Map<String, String> form = Map.of("form", secret(jane, call), "decision", "approve");

        List<Answer> answers = race(() -> jane.post(call, form));

        assertThat(answers).extracting(Answer::status).containsOnly(303);
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(jane.get(call).text()).contains("Sent Approved by jane");
    }

    @Test
    void the_second_persons_decision_changes_nothing_and_they_learn_who_was_first() throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();
        PageClient tom = stranger().signIn(TOMS);
        String toms = secret(tom, call);
        jane.press(call, "Send", Map.of());

        Answer late = tom.post(call, Map.of("form", toms, "decision", "decline", "words", "No!"));

        assertThat(late.header("Location")).endsWith(call + "?late");
        assertThat(tom.get(call + "?late").text())
                .contains("Approved by jane", "Your decision came too late and changed nothing");
        assertThat(state()).isEqualTo(State.DONE);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void after_its_time_a_call_cannot_be_approved() throws Exception {
        String call = waits(REPLY);
        PageClient jane = jane();
        Map<String, String> form = Map.of("form", secret(jane, call), "decision", "approve");
        clock.advance(Duration.ofMinutes(10));

        jane.post(call, form);

        assertThat(jane.get(call).text()).contains("Expired Nobody decided in time.");
        assertThat(jane.get(call).page().select("main button")).isEmpty();
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_failure_a_lost_answer_and_a_spent_budget_are_told() throws Exception {
        PageClient jane = jane();
        String failed = waits(REPLY);
        sandbox.next("addReply", Fault.answer(400, Map.of(), "{\"message\":\"no\"}"));
        assertThat(jane.press(failed, "Send", Map.of()).text())
                .contains("Not sent Approved by jane at 12:00 UTC, but it could not be carried out.");

        Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
        tools.call(UPDATE, closing, RITA);
        sandbox.next("updateTicket", Fault.answer(502, Map.of(), ""));
        assertThat(jane.press(jane.call("Change a ticket"), "Save", Map.of()).text())
                .contains("Unknown Approved by jane", "Check in the Desk365 app");

        sandbox.forget();
        tools = sandbox.bound(policy(), desk -> desk.plan(Plan.PLUS));
        page = serve(approvers, null);
        PageClient again = jane();
        String spent = waits(REPLY);
        sandbox.next(Fault.answer(200, Map.of("X-Rate-Limit-Remaining", "0"), "{\"ticket_number\": 4053}"));
        tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4053), RITA);
        Answer waiting = again.press(spent, "Send", Map.of());
        assertThat(waiting.text()).contains("Your last decision was not carried out.", "You can decide again.");
        clock.advance(Duration.ofSeconds(61));
        assertThat(again.press(spent, "Send", Map.of()).text()).contains("Sent Approved by jane");
    }

    @Test
    void a_call_that_does_not_exist_is_not_found() throws Exception {
        PageClient jane = jane();

        assertThat(jane.get("/call/none").status()).isEqualTo(404);
        assertThat(jane.get("/elsewhere").status()).isEqualTo(404);
        assertThat(jane.get("").header("Location")).isEqualTo("/approvals/");
    }

    // Hostile text.

    @Test
    void nothing_in_a_text_runs_escapes_its_place_or_hides() throws Exception {
        String attack = "\"'></iframe></td></bdi><script>alert(1)</script><img src=x onerror=alert(2)>&lt;script&gt;";
        String hidden = "pay\u202Etxt.exe\u200B\u2066";
        tools.call(
                CREATE_REPLY,
                Map.of(
                        "ticket_number",
                        4052,
                        "body",
                        "<p onclick=alert(3) style='display:none'>&#x202E;&zwnj;" + hidden + attack
                                + "</p><a href='javascript:alert(4)'>a</a><form action=/x><input></form>"
                                + "<a href='https://evil.example/x'>https://bank.example</a>"
                                + "<a href='https://bank.example@evil.example/y'>https://bank.example@evil.example/y</a>"
                                + "<a href='https://b\u0430nk.example/'>https://b\u0430nk.example/</a>"
                                + "<img src='https://evil.example/pixel.png' alt=p>"),
                RITA.caller("rita" + attack));
        tools.call(UPDATE, Map.of("ticket_number", 4052, "subject", hidden + attack), RITA);
        PageClient jane = jane();

        for (String path : List.of("/", jane.call(REPLY_TITLE), jane.call("Change a ticket"))) {
            Document shown = jane.get(path).page();
            assertThat(shown.select("script, img, object, embed, base")).isEmpty();
            assertThat(shown.getAllElements())
                    .flatExtracting(element -> element.attributes().asList())
                    .noneMatch(attribute -> attribute.getKey().startsWith("on")
                            || attribute.getKey().equals("style")
                            || attribute.getValue().startsWith("javascript"));
            String all = shown.outerHtml()
                    + org.jsoup.Jsoup.parse(shown.select("iframe").attr("srcdoc"))
                            .text();
            assertThat(all).doesNotContain("\u202E", "\u200B", "\u2066").contains("[U+202E]", "[U+200B]", "[U+2066]");
            assertThat(shown.select("form"))
                    .allSatisfy(form -> assertThat(form.attr("action")).startsWith("/approvals/"));
        }
        Answer reply = jane.get(jane.call(REPLY_TITLE));
        Element frame = reply.page().select("iframe").get(0);
        assertThat(frame.attributes().hasKey("sandbox")).isTrue();
        assertThat(frame.attr("sandbox")).isEmpty();
        assertThat(mail(reply).select("script, form, input, [onclick], [onerror], [style], [href^=javascript]"))
                .isEmpty();
        assertThat(reply.text())
                .contains(
                        "https://bank.example https://evil.example/x",
                        "https://bank.example@evil.example/y (on the server evil.example)",
                        "https://b\u0430nk.example/ (on the server xn--bnk-6cd.example)",
                        "Images in this text p https://evil.example/pixel.png",
                        "Images from other servers are not loaded");
        assertThat(jane.get(jane.call("Change a ticket")).text()).contains("<script>alert(1)</script>");
    }

    @Test
    void addresses_and_titles_contain_no_text_of_a_call() throws Exception {
        String call = waits(REPLY);

        Answer shown = jane().get(call);

        assertThat(call).matches("/call/[\\w-]{22}");
        assertThat(shown.page().title()).isEqualTo(REPLY_TITLE + " · Approvals");
        assertThat(shown.page().select("[href], [action]").stream()
                        .map(element -> element.attr("href") + element.attr("action")))
                .allMatch(address -> address.matches("data:,|/approvals(/|/style.css|/sign-out|/call/[\\w-]{22})"));
    }

    private static Document mail(Answer shown) {
        return org.jsoup.Jsoup.parse(shown.page().select("iframe").attr("srcdoc"));
    }

    private static String secret(PageClient client, String call) throws Exception {
        return client.get(call).page().select("input[name=form]").val();
    }

    private static <T> List<T> race(Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RACING);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int thread = 0; thread < RACING; thread++) {
                running.add(threads.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
