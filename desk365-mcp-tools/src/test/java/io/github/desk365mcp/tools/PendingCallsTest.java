package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.DELETE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.host.PendingListener;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that needs a person waits; the person's yes carries it out once, and nothing else does. */
class PendingCallsTest {

    private static final String PLACE = "https://helpdesk.example/approvals";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final CallContext RITA =
            CallContext.none().tenant("acme").caller("rita").session("s1");
    private static final Map<String, Object> REPLY =
            Map.of("ticket_number", 4052, "body", "<p>It&#x202E; is <b>fixed</b>.<script>alert(1)</script></p>");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ManualClock clock = new ManualClock(NOON);
    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();

    private Policy policy() {
        return Policy.of(Selection.everything())
                .approvals(Approvals.defaults()
                        .customerMail(Approval.CONFIRM)
                        .publish(Approval.CONFIRM)
                        .deletes(Approval.CONFIRM)
                        .updates(Approval.CONFIRM))
                .approvalPlace(PLACE)
                .clock(clock)
                .audit(audit::add);
    }

    private static PendingCall only(BoundTools tools) {
        assertThat(tools.pendingCalls().waiting()).hasSize(1);
        return tools.pendingCalls().waiting().get(0);
    }

    private static PendingCall approve(BoundTools tools) {
        return tools.pendingCalls().approve(only(tools).id(), "jane", "page");
    }

    static Stream<String> guarded() {
        return ApprovalTest.guarded();
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void nothing_leaves_before_a_person_agrees_and_one_call_does_after(String name) {
        BoundTools tools = sandbox.bound(policy().duplicates(Duration.ZERO));
        Map<String, Object> arguments = ApprovalTest.arguments(name);

        ToolResult asked = tools.call(name, arguments, RITA);
        ToolResult again = tools.call(name, arguments, RITA);

        assertThat(asked.structuredContent())
                .as(asked.text())
                .containsEntry("status", "waiting_for_approval")
                .containsKeys("next", "expires_on", "preview");
        assertThat(new ArgumentSchema(Catalogue.get(name).answer().schema()).problems(Expect.answer(asked)))
                .isEmpty();
        assertThat(again.structuredContent()).isEqualTo(asked.structuredContent());
        assertThat(sandbox.writes()).isEmpty();

        PendingCall done = approve(tools);

        assertThat(done.state()).as(String.valueOf(done.message())).isEqualTo(State.DONE);
        assertThat(done.message()).isNull();
        assertThat(sandbox.writes()).hasSize(1);
        ToolResult result = tools.call(name, arguments, RITA);
        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(String.valueOf(Expect.answer(result).get("notice"))).contains("A person approved this call");
        assertThat(Expect.answer(result)).hasSizeGreaterThan(1);
        assertThat(new ArgumentSchema(Catalogue.get(name).answer().schema()).problems(Expect.answer(result)))
                .isEmpty();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void of_many_approvals_at_once_one_acts_and_all_learn_of_it() throws Exception {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);
        String id = only(tools).id();

        List<PendingCall> seen = ApprovalTest.race(() -> tools.pendingCalls().approve(id, "jane", "page"));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(seen).extracting(PendingCall::state).isSubsetOf(State.ACTING, State.DONE);
        assertThat(tools.pendingCalls().find(id).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void many_equal_calls_at_once_ask_once() throws Exception {
        List<PendingCall> noticed = new CopyOnWriteArrayList<>();
        BoundTools tools = sandbox.bound(policy().pendingListener(noticed::add));

        ApprovalTest.race(() -> tools.call(DELETE_ARTICLE, ApprovalTest.arguments(DELETE_ARTICLE), RITA));

        assertThat(noticed).hasSize(1);
        only(tools);
    }

    @Test
    void who_declines_can_tell_the_model_why() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);

        PendingCall declined =
                tools.pendingCalls().decline(only(tools).id(), "jane", "page", "Say when it was fixed.\u202e");

        assertThat(declined.state()).isEqualTo(State.DECLINED);
        assertThat(declined.message()).isEqualTo("Say when it was fixed.");
        ToolResult told = tools.call(CREATE_REPLY, REPLY, RITA);
        assertThat(told.errorCode()).isEqualTo("not_confirmed");
        assertThat(told.text())
                .contains("Nothing was sent. They say: Say when it was fixed.")
                .doesNotContain("\u202e");
        assertThat(tools.pendingCalls().approve(declined.id(), "tom", "page").decidedBy())
                .isEqualTo("jane");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_decision_is_audited_with_who_made_it_how_and_how_long_it_took() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);
        tools.call(DELETE_ARTICLE, ApprovalTest.arguments(DELETE_ARTICLE), RITA);
        clock.advance(Duration.ofSeconds(90));
        List<PendingCall> waiting = tools.pendingCalls().waiting();
        tools.pendingCalls().approve(waiting.get(0).id(), "jane", "page");
        PendingCall declined = tools.pendingCalls().decline(waiting.get(1).id(), "tom", "chat", "");

        assertThat(audit)
                .extracting(AuditRecord::outcome)
                .containsExactly("waiting_for_approval", "waiting_for_approval", "ok", "not_confirmed");
        AuditRecord approved = audit.get(2);
        assertThat(approved.decidedBy()).isEqualTo("jane");
        assertThat(approved.channel()).isEqualTo("page");
        assertThat(approved.waited()).isEqualTo(Duration.ofSeconds(90));
        assertThat(approved.caller()).isEqualTo("rita");
        assertThat(audit.get(3).decidedBy()).isEqualTo("tom");
        assertThat(audit.get(0).channel()).isNull();
        assertThat(audit.toString()).doesNotContain("fixed", "northwind");
        assertThat(declined.message()).isNull();
    }

    @Test
    void after_its_time_a_call_cannot_be_approved_and_the_model_is_told_once() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);
        String id = only(tools).id();
        clock.advance(Duration.ofMinutes(10));

        assertThat(tools.pendingCalls().approve(id, "jane", "page").state()).isEqualTo(State.EXPIRED);
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).text())
                .contains("Nobody decided on this call within 10 minutes. Nothing was sent");
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).structuredContent())
                .containsEntry("status", "waiting_for_approval");
        assertThat(only(tools).id()).isNotEqualTo(id);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void an_equal_call_gets_the_outcome_for_as_long_as_approvals_last_and_then_a_person_is_asked_anew() {
        BoundTools tools = sandbox.bound(policy());
        Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
        tools.call(UPDATE_TICKET, closing, RITA);
        approve(tools);

        assertThat(tools.call(UPDATE_TICKET, closing, RITA).structuredContent())
                .containsKey("notice")
                .containsEntry("changed", Map.of("status", Map.of("from", "Open", "to", "Closed")));
        clock.advance(Duration.ofMinutes(10));
        assertThat(tools.call(UPDATE_TICKET, closing, RITA).structuredContent()).containsKey("notice");
        clock.advance(Duration.ofMillis(1));
        assertThat(tools.call(UPDATE_TICKET, closing, RITA).structuredContent())
                .containsEntry("status", "waiting_for_approval");
    }

    @Test
    void a_recipient_who_has_changed_since_the_preview_gets_nothing() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);
        sandbox.bound(Unguarded.policy())
                .call(
                        UPDATE_TICKET,
                        Map.of("ticket_number", 4052, "contact_email", "giulia.ferraro@northwind.example"));

        PendingCall failed = approve(tools);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message()).contains("contact has changed", "Nothing was sent");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).errorCode()).isEqualTo("recipient_changed");
        ToolResult anew = tools.call(CREATE_REPLY, REPLY, RITA);
        assertThat(String.valueOf(Expect.answer(anew).get("preview"))).contains("giulia.ferraro");
    }

    @Test
    void an_answer_that_is_lost_leaves_the_outcome_open_and_nothing_is_sent_again() {
        BoundTools tools = sandbox.bound(policy());
        Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
        tools.call(UPDATE_TICKET, closing, RITA);
        sandbox.next("updateTicket", Fault.answer(502, Map.of(), ""));

        PendingCall unknown = approve(tools);

        assertThat(unknown.state()).isEqualTo(State.UNKNOWN);
        int sent = sandbox.writes().size();
        assertThat(tools.call(UPDATE_TICKET, closing, RITA).errorCode()).isEqualTo("unavailable");
        assertThat(tools.pendingCalls().approve(unknown.id(), "jane", "page").state())
                .isEqualTo(State.UNKNOWN);
        assertThat(sandbox.writes()).hasSize(sent);
    }

    @Test
    void a_spent_budget_lets_the_call_wait_for_another_yes() {
        BoundTools tools = sandbox.bound(policy(), desk -> desk.plan(Plan.PLUS));
        tools.call(CREATE_REPLY, REPLY, RITA);
        sandbox.next(Fault.answer(200, Map.of("X-Rate-Limit-Remaining", "0"), "{\"ticket_number\": 4053}"));
        tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4053), RITA);

        PendingCall waits = approve(tools);

        assertThat(waits.state()).isEqualTo(State.WAITING);
        assertThat(waits.message()).contains("Nothing was sent");
        clock.advance(Duration.ofSeconds(61));
        assertThat(approve(tools).state()).isEqualTo(State.DONE);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void what_was_approved_in_time_and_could_not_be_sent_until_its_end_says_why() {
        BoundTools tools = sandbox.bound(
                policy().audit(call -> clock.advance(Duration.ofMinutes(6))), desk -> desk.plan(Plan.PLUS));
        tools.call(CREATE_REPLY, REPLY, RITA);
        sandbox.next(Fault.answer(429, Map.of("Retry-After", "3600"), "{}"));

        PendingCall ended = approve(tools);

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.message()).contains("rate limit");
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).text())
                .contains("rate limit")
                .doesNotContain("Nobody decided");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"no server", "a server with an unknown certificate"})
    void if_desk365_cannot_be_reached_nothing_was_sent_and_the_person_can_try_again(String there) throws Exception {
        boolean isUntrusted = !there.equals("no server");
        try (TestSandbox reachable = TestSandbox.start();
                TlsServer untrusted = new TlsServer(folder, "ip:127.0.0.1", (path, out) -> {})) {
            int port = isUntrusted ? untrusted.port() : freePort();
            AtomicBoolean isReachable = new AtomicBoolean(true);
            BoundTools tools = reachable.bound(
                    policy(),
                    desk -> desk.httpClient(http -> http.addInterceptor(chain -> chain.proceed(
                            isReachable.get()
                                    ? chain.request()
                                    : chain.request()
                                            .newBuilder()
                                            .url(chain.request()
                                                    .url()
                                                    .newBuilder()
                                                    .scheme(isUntrusted ? "https" : "http")
                                                    .port(port)
                                                    .build())
                                            .build()))));
            tools.call(DELETE_ARTICLE, Map.of("article_name", "Slow Wi-Fi in meeting rooms"), RITA);
            isReachable.set(false);

            PendingCall waiting = approve(tools);

            assertThat(waiting.state()).isEqualTo(State.WAITING);
            assertThat(waiting.message()).contains("nothing was changed");
            assertThat(reachable.writes()).isEmpty();

            isReachable.set(true);
            assertThat(approve(tools).state()).isEqualTo(State.DONE);
            assertThat(reachable.writes()).hasSize(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void who_has_lost_access_since_gets_nothing_done() {
        AtomicReference<String> known = new AtomicReference<>("rita");
        BoundTools tools = sandbox.bound(policy().authenticator(context -> known.get()));
        tools.call(CREATE_REPLY, REPLY, RITA);
        known.set(null);

        assertThat(approve(tools).state()).isEqualTo(State.FAILED);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_session_that_is_locked_after_the_preview_does_not_undo_the_persons_yes() {
        BoundTools tools = sandbox.bound(policy().lockWritesAfterUntrustedText());
        tools.call(CREATE_REPLY, REPLY, RITA);
        tools.call("list_all_desk_365_ticket_conversations", Map.of("ticket_number", 4052), RITA);

        assertThat(approve(tools).state()).isEqualTo(State.DONE);
    }

    @Test
    void another_caller_or_tenant_or_argument_asks_anew() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);
        tools.call(CREATE_REPLY, REPLY, RITA.caller("tom"));
        tools.call(CREATE_REPLY, with(REPLY, "include_prev_ccs", true), RITA);

        assertThat(tools.pendingCalls().waiting()).hasSize(3);
        tools.pendingCalls().approve(tools.pendingCalls().waiting().get(0).id(), "jane", "page");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA.caller("tom")).structuredContent())
                .containsEntry("status", "waiting_for_approval");
    }

    @Test
    void a_caller_sees_and_decides_on_their_own_calls_alone() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);
        tools.call(DELETE_ARTICLE, ApprovalTest.arguments(DELETE_ARTICLE), RITA);
        String id = tools.pendingCalls().waiting().get(0).id();
        PendingCalls own = tools.pendingCalls(RITA);
        own.decline(own.waiting().get(1).id(), "rita", "card", "");

        for (CallContext other : List.of(RITA.caller("tom"), RITA.tenant("globex"), CallContext.none())) {
            PendingCalls others = tools.pendingCalls(other);
            assertThat(others.waiting()).isEmpty();
            assertThat(others.decided()).isEmpty();
            assertThat(others.find(id)).isEmpty();
            assertThatThrownBy(() -> others.approve(id, "tom", "card")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> others.decline(id, "tom", "card", ""))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(sandbox.writes()).isEmpty();

        assertThat(own.waiting()).extracting(PendingCall::id).containsExactly(id);
        assertThat(own.decided()).extracting(PendingCall::tool).containsExactly(DELETE_ARTICLE);
        assertThat(own.approve(id, "rita", "card").state()).isEqualTo(State.DONE);
        assertThat(own.find(id)).get().extracting(PendingCall::decidedBy).isEqualTo("rita");
    }

    @Test
    void whom_the_policy_no_longer_admits_has_no_calls_to_decide_on() {
        AtomicReference<String> known = new AtomicReference<>("rita");
        BoundTools tools = sandbox.bound(policy().authenticator(context -> known.get()));
        tools.call(CREATE_REPLY, REPLY, RITA);
        assertThat(tools.pendingCalls(RITA).waiting()).hasSize(1);

        known.set(null);

        assertThat(tools.pendingCalls(RITA).waiting()).isEmpty();
    }

    @Test
    void a_model_that_reads_every_byte_of_its_answers_has_nothing_to_decide_with() {
        BoundTools tools = sandbox.bound(policy());
        ToolResult asked = tools.call(CREATE_REPLY, REPLY, RITA);
        String id = only(tools).id();

        assertThat(asked.pendingCall()).isEqualTo(id);
        assertThat(asked.toJson()).contains(PLACE).doesNotContain(id).doesNotContain("approval_token");
        assertThat(tools.call(CREATE_REPLY, with(REPLY, "approval_token", id), RITA)
                        .toJson())
                .doesNotContain(id);
        assertThatThrownBy(() -> tools.pendingCalls().approve("guess", "model", "page"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_person_sees_the_body_as_readers_will_without_what_could_run() {
        BoundTools tools = sandbox.bound(policy());
        ToolResult asked = tools.call(CREATE_REPLY, REPLY, RITA);

        PendingCall waits = only(tools);

        assertThat(waits.text())
                .contains("to: nora.vance@northwind.example", "action: Reply to the customer")
                .contains("ticket_subject: Checkout is down");
        assertThat(asked.toJson()).doesNotContain("Checkout is down");
        assertThat(waits.body()).isEqualTo("<p>It[U+202E] is <b>fixed</b>.</p>");
        assertThat(waits.html())
                .contains("<dt>to</dt>", "nora.vance@northwind.example")
                .doesNotContain("<script");
        assertThat(waits.caller()).isEqualTo("rita");
        assertThat(waits.expiresAt()).isEqualTo(NOON.plusSeconds(600));
        assertThat(waits).hasToString("PendingCall[" + CREATE_REPLY + ", WAITING, caller rita]");
    }

    @Test
    void the_name_of_an_argument_imitates_no_line_and_hides_nothing() {
        OwnTool own = OwnTool.creates(
                "log_visit", "Logs a visit.", "{\"type\": \"object\"}", (desk, in, context) -> Map.of());
        BoundTools tools = sandbox.bound(
                policy().ownTool(own).approvals(Approvals.defaults().creates(Approval.CONFIRM)));
        tools.call("log_visit", Map.of("x\r\naction: Read a list\nt\u202eo", "a\nb"), RITA);

        PendingCall waits = only(tools);

        String name = "x[U+000D][U+000A]action: Read a list[U+000A]t[U+202E]o";
        assertThat(waits.text().lines()).contains(name + ":").doesNotContain("action: Read a list");
        assertThat(waits.html()).contains("<dt>" + name + "</dt>");
    }

    @Test
    void a_listener_that_throws_does_not_matter() {
        BoundTools tools = sandbox.bound(policy().pendingListener(new PendingListener() {
            @Override
            public void waits(PendingCall call) {
                throw new IllegalStateException("chat is down");
            }

            @Override
            public void decided(PendingCall call) {
                throw new IllegalStateException("chat is down");
            }
        }));
        tools.call(CREATE_REPLY, REPLY, RITA);

        assertThat(approve(tools).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_client_that_offers_to_ask_but_fails_to_lets_the_call_wait() {
        BoundTools tools = sandbox.bound(policy());
        CallContext failing = RITA.confirmation((preview, context) -> {
            throw new IllegalStateException("not implemented");
        });

        assertThat(tools.call(CREATE_REPLY, REPLY, failing).structuredContent())
                .containsEntry("status", "waiting_for_approval");
        assertThat(approve(tools).state()).isEqualTo(State.DONE);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void too_many_waiting_calls_of_one_caller_are_refused_and_keep_nobody_else_out() {
        BoundTools tools = sandbox.bound(policy());
        for (int call = 0; call < 50; call++) {
            tools.call(CREATE_REPLY, with(REPLY, "body", "Number " + call), RITA);
        }

        ToolResult surplus = tools.call(CREATE_REPLY, REPLY, RITA);

        assertThat(surplus.errorCode()).isEqualTo("busy");
        assertThat(surplus.text()).contains("too many calls wait for a person's approval", PLACE);
        assertThat(tools.pendingCalls().waiting()).hasSize(50);
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA.caller("tom")).structuredContent())
                .containsEntry("status", "waiting_for_approval");
    }

    @Test
    void two_hundred_calls_wait_at_most_and_the_oldest_decided_ones_are_forgotten() {
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().creates(Approval.CONFIRM))
                .duplicates(Duration.ZERO));
        PendingCalls pending = tools.pendingCalls();
        for (int call = 0; call < 200; call++) {
            tools.call(CREATE_NOTE, note(call), RITA.caller("caller " + call / 50));
        }
        assertThat(pending.waiting()).hasSize(200);
        assertThat(tools.call(CREATE_NOTE, note(200), RITA).errorCode()).isEqualTo("busy");
        String oldest = pending.waiting().get(0).id();

        for (int call = 200; call < 402; call++) {
            pending.decline(pending.waiting().get(0).id(), "jane", "page", "");
            tools.call(CREATE_NOTE, note(call), RITA.caller("caller " + call / 50));
        }
        List<PendingCall> last = pending.waiting();
        for (PendingCall waiting : last) {
            pending.decline(waiting.id(), "jane", "page", "");
        }

        assertThat(pending.find(oldest)).isEmpty();
        // All but one of the 402.
        assertThat(pending.decided()).hasSize(401);
        assertThat(pending.decided().get(0).id())
                .as("the newest first")
                .isEqualTo(last.get(last.size() - 1).id());
    }

    private static Map<String, Object> note(int number) {
        return Map.of("ticket_number", 4052, "body", "Number " + number);
    }

    @Test
    void long_arguments_do_not_fill_the_memory_and_decided_calls_make_room_the_oldest_first() {
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().creates(Approval.CONFIRM))
                .duplicates(Duration.ZERO));
        PendingCalls pending = tools.pendingCalls();
        for (int call = 0; call < 4; call++) {
            tools.call(CREATE_NOTE, longNote(call), RITA);
        }
        assertThat(pending.waiting()).hasSize(4);
        assertThat(tools.call(CREATE_NOTE, longNote(4), RITA).errorCode()).isEqualTo("busy");
        List<String> ids = pending.waiting().stream().map(PendingCall::id).toList();
        pending.decline(ids.get(2), "jane", "page", "");
        pending.decline(ids.get(1), "jane", "page", "");

        tools.call(CREATE_NOTE, longNote(4), RITA);

        assertThat(pending.waiting()).hasSize(3);
        assertThat(pending.decided()).extracting(PendingCall::id).containsExactly(ids.get(2));
    }

    /** A note whose arguments have a little less than a quarter of the characters that are kept. */
    private static Map<String, Object> longNote(int number) {
        return with(note(number), "body", number + "x".repeat(1_240_000));
    }

    @Test
    void a_call_during_which_this_server_runs_out_of_memory_is_left_to_a_person() {
        List<PendingCall> decided = new CopyOnWriteArrayList<>();
        BoundTools tools = sandbox.bound(
                policy().pendingListener(told(decided)),
                desk -> desk.httpClient(http -> http.addInterceptor(chain -> {
                    if (!chain.request().method().equals("GET")) {
                        throw new OutOfMemoryError("of a test");
                    }
                    return chain.proceed(chain.request());
                })));
        Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
        tools.call(UPDATE_TICKET, closing, RITA);
        String id = only(tools).id();

        assertThatThrownBy(() -> tools.pendingCalls().approve(id, "jane", "page"))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(tools.pendingCalls().find(id))
                .get()
                .extracting(PendingCall::state)
                .isEqualTo(State.UNKNOWN);
        assertThat(tools.call(UPDATE_TICKET, closing, RITA).errorCode()).isEqualTo("unknown_outcome");
        assertThat(decided).extracting(PendingCall::state).containsExactly(State.UNKNOWN);
    }

    /** A listener that keeps the decisions it is told of. */
    static PendingListener told(Collection<PendingCall> decided) {
        return new PendingListener() {
            @Override
            public void waits(PendingCall call) {
                // The test decides.
            }

            @Override
            public void decided(PendingCall call) {
                decided.add(call);
            }
        };
    }

    @Test
    void a_listener_is_told_how_a_call_ended_and_not_that_it_waits_again() {
        List<PendingCall> decided = new CopyOnWriteArrayList<>();
        BoundTools tools = sandbox.bound(policy().pendingListener(told(decided)));
        tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Closed"), RITA);
        sandbox.next("updateTicket", Fault.answer(429, Map.of(), ""));

        assertThat(approve(tools).state()).isEqualTo(State.WAITING);
        assertThat(decided).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        approve(tools);

        assertThat(decided).extracting(PendingCall::state).containsExactly(State.DONE);
    }

    @Test
    void a_call_that_is_made_again_while_it_is_carried_out_says_so_and_is_sent_once() throws Exception {
        BoundTools tools = sandbox.bound(policy());
        Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
        tools.call(UPDATE_TICKET, closing, RITA);
        String id = only(tools).id();
        Fault stall = Fault.stall();
        sandbox.next("updateTicket", stall);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<PendingCall> done = thread.submit(() -> tools.pendingCalls().approve(id, "jane", "page"));
            sandbox.awaitWrites(1);

            assertThat(tools.call(UPDATE_TICKET, closing, RITA).text())
                    .contains("A person has approved this call, and it is being carried out");
            assertThat(only(tools).state()).isEqualTo(State.ACTING);
            stall.release();
            assertThat(done.get().state()).isEqualTo(State.DONE);
        } finally {
            stall.release();
            thread.shutdownNow();
        }
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void long_after_nobody_decided_the_same_call_asks_a_person_at_once() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_REPLY, REPLY, RITA);

        clock.advance(Duration.ofMinutes(20).plusMillis(1));

        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).structuredContent())
                .containsEntry("status", "waiting_for_approval");
    }

    @Test
    void without_the_memory_of_duplicates_a_lost_create_is_not_asked_about_again() {
        BoundTools tools = sandbox.bound(policy().duplicates(Duration.ZERO));
        tools.call(CREATE_REPLY, REPLY, RITA);
        sandbox.next("addReply", Fault.loseAnswer());

        assertThat(approve(tools).state()).isEqualTo(State.UNKNOWN);
        assertThat(tools.call(CREATE_REPLY, REPLY, RITA).isError()).isTrue();
        assertThat(tools.pendingCalls().waiting()).isEmpty();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_denied_call_never_waits() {
        BoundTools tools = sandbox.bound(policy().approvals(
                        Approvals.defaults().customerMail(Approval.DENY).updates(Approval.CONFIRM)));

        assertThat(tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Closed"), RITA)
                        .structuredContent())
                .containsEntry("status", "waiting_for_approval");
        assertThat(approve(tools).state()).isEqualTo(State.DONE);
        assertThat(tools.call(
                                UPDATE_TICKET,
                                Map.of("ticket_number", 4052, "add_share_to", List.of("x@y.example")),
                                RITA)
                        .errorCode())
                .isEqualTo("denied");
    }

    @Test
    void html_that_the_preview_leaves_out_is_warned_of() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(
                CREATE_REPLY,
                with(REPLY, "body", "<style>.p:after{content:'Pay'}</style><p class=p style='color:red'>Hi</p>"),
                RITA);
        tools.call(CREATE_REPLY, with(REPLY, "body", "<p class=p style='color:red'>Hi <b>you</b></p>"), RITA);

        List<PendingCall> waiting = tools.pendingCalls().waiting();
        assertThat(waiting.get(0).text()).contains("has HTML that this preview leaves out");
        assertThat(waiting.get(1).text()).doesNotContain("leaves out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "display:none",
                "font-size:0",
                "font-size: 1px",
                "color:#fff",
                "color:WHITE",
                "color: rgb(250, 250, 250)",
                "background:black",
                "color:red;background-color:#f00",
                "margin-left:-9999px",
                "padding-left:900px",
                "text-indent:-99em",
                "position:absolute",
                "direction:rtl;unicode-bidi:bidi-override",
                "text-decoration:line-through",
                "font-size:12px;visibility:hidden",
                "dis\\70lay:none",
                "color:/**/white"
            })
    void a_style_that_can_hide_words_from_readers_is_warned_of(String style) {
        BoundTools tools = sandbox.bound(policy());

        tools.call(
                CREATE_REPLY,
                with(REPLY, "body", "<p>We do <span style='" + style + "'>not</span> pay this.</p>"),
                RITA);

        assertThat(only(tools).text()).contains("has HTML that this preview leaves out");
    }

    @Test
    void usual_styles_are_not_warned_of() {
        BoundTools tools = sandbox.bound(policy());

        tools.call(
                CREATE_REPLY,
                with(
                        REPLY,
                        "body",
                        "<div style=\"font-family: Arial, sans-serif; font-size:14px; color:#333333; line-height:1.5\">"
                                + "<p style='margin:0 0 12px; text-align:left'>Hello</p><table bgcolor='#f5f5f5'"
                                + " style='border-collapse:collapse;width:100%'><tr><td style='padding:8px;"
                                + "background-color:#fff;border:1px solid #ddd'><font color='navy'>Hi</font></td></tr>"
                                + "</table><p><s>Monday</s> Tuesday</p></div>"),
                RITA);

        assertThat(only(tools).text()).doesNotContain("leaves out");
        assertThat(only(tools).body()).contains("<s>Monday</s>");
        assertThat(only(tools).text()).contains("Readers see these words struck out: Monday.");
    }

    @Test
    void an_address_that_only_looks_like_another_is_warned_of() {
        BoundTools tools = sandbox.bound(policy());

        tools.call(CREATE_REPLY, with(REPLY, "cc_emails", List.of("n\u043Era.vance@northwind.example")), RITA);

        assertThat(only(tools).text()).contains("n[U+043E]ra.vance@northwind.example");
    }

    @Test
    void a_custom_field_cannot_pass_for_a_change() {
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().creates(Approval.CONFIRM)));
        tools.call(
                "create_a_desk_365_ticket",
                with(
                        ToolExamples.smallest(Catalogue.get("create_a_desk_365_ticket")),
                        "custom_fields",
                        Map.of("to", "none", "Refund", "900")),
                RITA);

        assertThat(only(tools).text()).contains("900");
    }
}
