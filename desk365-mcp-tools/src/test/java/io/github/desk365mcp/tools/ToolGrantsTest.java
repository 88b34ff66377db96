package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a secret opens, until when, and that nothing opens more. A process is a set of tools of its own. */
class ToolGrantsTest {

    private static final ManualClock CLOCK = new ManualClock();
    private static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);
    private static final Map<String, Object> NOTE = Map.of("ticket_number", 4052, "body", "Called back.");
    private static final Selection READS =
            Selection.everything().methods("read").tags("tickets");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    private final Kept state = new Kept();
    private final BoundTools tools = process(Policy.of(Selection.everything()));

    /** A state that shows what it was given. */
    private static final class Kept implements SharedState {

        private final SharedState memory = SharedState.inMemory(CLOCK);
        private final Set<String> keys = ConcurrentHashMap.newKeySet();
        private final StringBuffer written = new StringBuffer();
        private int reads;
        private boolean isCut;
        private boolean areGrantsCut;
        private int writesLeft = Integer.MAX_VALUE;

        private SharedState write() {
            if (writesLeft-- <= 0) {
                throw new IllegalStateException("cut");
            }
            return reach();
        }

        private SharedState reach() {
            if (isCut) {
                throw new IllegalStateException("cut");
            }
            return memory;
        }

        @Override
        public byte @Nullable [] get(String key) {
            reads++;
            if (areGrantsCut && key.startsWith("grant/")) {
                throw new IllegalStateException("cut");
            }
            return reach().get(key);
        }

        @Override
        public byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
            keys.add(key);
            written.append(key).append(new String(value, StandardCharsets.ISO_8859_1));
            return write().putIfAbsent(key, value, life);
        }

        @Override
        public boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
            written.append(new String(value, StandardCharsets.ISO_8859_1));
            return write().compareAndSet(key, expected, value, life);
        }

        @Override
        public boolean remove(String key, byte[] expected) {
            return write().remove(key, expected);
        }
    }

    private BoundTools process(Policy policy) {
        return sandbox.bound(policy.clock(CLOCK).state(state, KEY));
    }

    private static ToolGrants.Issued issue(BoundTools tools, Selection selection) {
        return tools.grants().issue(ToolGrant.of("contractor", selection));
    }

    private static CallContext shown(BoundTools tools, String secret) {
        return CallContext.none().grant(tools.grants().find(secret).orElseThrow());
    }

    static ToolResult guide(BoundTools tools) {
        // GUIDE
        ToolGrants grants = tools.grants();
        ToolGrants.Issued issued = grants.issue(
                ToolGrant.of("contractor", Selection.knowledgeBase().withReadOnly())
                        .tenant("acme")
                        .endsAt(Instant.parse("2035-11-27T17:00:00Z")));
        String secret = issued.secret(); // give it away once

        Optional<ToolGrant> opened = grants.find(secret); // for each request; empty once it is revoked
        CallContext context = CallContext.none().grant(opened.orElseThrow());
        ToolResult result = tools.call("list_all_desk_365_kb_articles", Map.of(), context);

        grants.revoke(issued.grant().id());
        // GUIDE end
        return result;
    }

    @Test
    void the_java_block_of_the_guide_is_compiled() throws IOException {
        Path test = Path.of("src/test/java/io/github/desk365mcp/tools/ToolGrantsTest.java");
        Path page = Path.of("../docs/servers.md");

        assertThat(JavaBlocks.of(page).stream().map(JavaBlocks::withoutImports))
                .containsExactlyElementsOf(JavaBlocks.compiled(test, "GUIDE"));
        assertThat(JavaBlocks.missing(page, test)).isEmpty();
    }

    // What it opens.

    @Test
    void a_secret_opens_the_selected_tools_alone() {
        CallContext context = shown(tools, issue(tools, READS).secret());

        assertThat(tools.definitions(context))
                .extracting(ToolDefinition::name)
                .contains(GET_TICKET, LIST_TICKETS)
                .doesNotContain(CREATE_NOTE, "get_single_desk_365_contact_by_id");
        assertThat(tools.call(GET_TICKET, TICKET, context).isError()).isFalse();
        assertThatThrownBy(() -> tools.call(CREATE_NOTE, NOTE, context)).isInstanceOf(UnknownToolException.class);
        assertThat(tools.lists(CREATE_NOTE, context)).isFalse();
    }

    @Test
    void a_secret_never_opens_more_than_the_policy() {
        ToolGrants.Issued everything = issue(tools, Selection.everything());
        BoundTools narrow = process(Policy.of(READS));

        assertThat(narrow.definitions(shown(narrow, everything.secret())))
                .extracting(ToolDefinition::name)
                .isEqualTo(
                        narrow.definitions().stream().map(ToolDefinition::name).toList());
        assertThat(narrow.grants().tools(everything.grant()))
                .contains(GET_TICKET)
                .doesNotContain(CREATE_NOTE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> issue(narrow, Selection.everything().tags("contacts")))
                .withMessageStartingWith("No tool is left: none that is allowed here has method [] and tag [contacts]");
    }

    @Test
    void a_scope_narrows_a_grant_further() {
        CallContext context = shown(tools, issue(tools, READS).secret());

        assertThat(tools.definitions(context.scope(Selection.everything().tools(GET_TICKET, CREATE_NOTE))))
                .extracting(ToolDefinition::name)
                .containsExactly(GET_TICKET);
    }

    @Test
    void unknown_words_and_bad_names_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> issue(tools, Selection.everything().methods("raed")))
                .withMessage("Unknown method raed; did you mean read?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> issue(tools, Selection.everything().tags("ticket")))
                .withMessage("Unknown tag ticket; did you mean tickets?");
        for (String name : List.of(" ", "a\nb", "a\u202Eb", "a\uD800", "x".repeat(101))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tools.grants().issue(ToolGrant.of(name, READS)))
                    .withMessageStartingWith("The name must have 1 to 100 characters");
        }
        assertThat(tools.grants().list()).isEmpty();
    }

    @Test
    void the_tenant_of_a_grant_replaces_that_of_the_request() {
        ToolGrants.Issued acme =
                tools.grants().issue(ToolGrant.of("acme", READS).tenant("acme"));

        CallContext context = CallContext.none()
                .tenant("northwind")
                .grant(tools.grants().find(acme.secret()).orElseThrow());

        assertThat(context.tenant()).isEqualTo("acme");
    }

    @Test
    void another_tenant_than_that_of_the_grant_is_refused() {
        BoundTools many = Desk365Tools.with(
                        Policy.of(Selection.everything()).clock(CLOCK).hosts("127.0.0.1"))
                .bind(context -> Tenant.of(
                        Objects.requireNonNull(context.tenant()) + "-1", sandbox.baseUrl(), sandbox.apiKey()));
        CallContext acme = CallContext.none()
                .grant(many.grants()
                        .issue(ToolGrant.of("acme", READS).tenant("acme"))
                        .grant());

        assertThat(many.call(GET_TICKET, TICKET, acme).isError()).isFalse();
        ToolResult refused = many.call(GET_TICKET, TICKET, acme.tenant("northwind"));

        assertThat(refused.errorCode()).isEqualTo(ErrorCodes.NO_TENANT);
        assertThat(refused.text()).contains("for another helpdesk", "Nothing was sent");
        assertThat(many.call(
                                GET_TICKET,
                                TICKET,
                                shown(many, issue(many, READS).secret()).tenant("northwind"))
                        .isError())
                .isFalse();
        assertThat(sandbox.exchanges()).hasSize(2);
    }

    @Test
    void a_grant_that_requires_a_caller_needs_its_token_too() {
        BoundTools checked = process(Policy.of(Selection.everything())
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash("ritas-token"), "rita"))));
        ToolGrants grants = checked.grants();
        CallContext open = shown(checked, issue(checked, READS).secret());
        CallContext closed = shown(
                checked,
                grants.issue(ToolGrant.of("closed", READS).requiringCaller()).secret());

        assertThat(checked.admits(open)).isTrue();
        assertThat(checked.admits(closed)).isFalse();
        assertThat(checked.admits(closed.caller("rita"))).isFalse();
        assertThat(checked.admits(closed.credential("a-guess"))).isFalse();
        assertThat(checked.admits(closed.credential("ritas-token"))).isTrue();
        assertThat(checked.admits(CallContext.none())).isFalse();
        assertThat(checked.call(GET_TICKET, TICKET, closed).errorCode()).isEqualTo(ErrorCodes.UNAUTHENTICATED);
    }

    @Test
    void a_grant_that_requires_a_caller_opens_nothing_without_one_where_the_host_checks_no_tokens() {
        CallContext closed = shown(
                tools,
                tools.grants()
                        .issue(ToolGrant.of("closed", READS).requiringCaller())
                        .secret());

        assertThat(tools.admits(closed)).isFalse();
        assertThat(tools.call(GET_TICKET, TICKET, closed).errorCode()).isEqualTo(ErrorCodes.UNAUTHENTICATED);
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(tools.call(GET_TICKET, TICKET, closed.caller("rita")).isError())
                .isFalse();
    }

    @Test
    void a_caller_has_the_same_lock_and_duplicates_with_a_grant_and_without_it() {
        BoundTools checked = process(Policy.of(Selection.everything())
                .lockWritesAfterUntrustedText()
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash("ritas-token"), "rita"))));
        CallContext plain = CallContext.none().credential("ritas-token");
        CallContext granted = plain.grant(checked.grants()
                .issue(ToolGrant.of("closed", Selection.everything())
                        .tenant("acme")
                        .requiringCaller())
                .grant());

        assertThat(checked.call(CREATE_NOTE, NOTE, granted).isError()).isFalse();
        assertThat(checked.call(CREATE_NOTE, NOTE, plain).toJson()).contains("\"replayed\":true");
        assertThat(sandbox.writes()).hasSize(1);
        for (CallContext other : List.of(granted, plain)) {
            checked.call(GET_TICKET, TICKET, other == plain ? granted : plain);
            assertThat(checked.call(CREATE_NOTE, NOTE, other).errorCode()).isEqualTo(ErrorCodes.LOCKED);
            checked.release(other);
            assertThat(checked.call(CREATE_NOTE, NOTE, plain).isError()).isFalse();
        }
    }

    // The secret.

    @Test
    void the_secret_is_kept_nowhere_and_nothing_else_opens_the_tools() {
        BoundTools open =
                sandbox.bound(Policy.of(Selection.everything()).clock(CLOCK).state(state));
        ToolGrants.Issued issued = issue(open, READS);
        String secret = issued.secret();

        assertThat(secret).matches("desk365_[A-Za-z0-9_-]{43}");
        assertThat(state.written.toString()).doesNotContain(secret, secret.substring(8));
        assertThat(issued).hasToString("Issued[" + issued.grant() + "]");
        assertThat(issued.grant()).hasToString("ToolGrant[" + issued.grant().id() + " contractor]");
        assertThat(issued.toString() + issued.grant() + open.grants().list() + shown(open, secret))
                .contains(issued.grant().id())
                .doesNotContain(secret.substring(8));
        assertThat(issue(open, READS).secret()).isNotEqualTo(secret);
        for (String guess : List.of(
                "",
                issued.grant().id(),
                secret.substring(8),
                secret + "A",
                secret.toUpperCase(Locale.ROOT),
                "desk365_" + "A".repeat(43),
                secret.substring(0, 50) + (secret.endsWith("A") ? "B" : "A"))) {
            assertThat(open.grants().find(guess)).as(guess).isEmpty();
        }
    }

    @Test
    void what_is_no_secret_costs_no_exchange() {
        int before = state.reads;

        assertThat(tools.grants().find("some-token-of-a-caller")).isEmpty();
        assertThat(tools.grants().get("../grants")).isEmpty();

        assertThat(state.reads).isEqualTo(before);
    }

    @Test
    void with_a_key_the_state_cannot_be_read_or_forged_without_it() {
        ToolGrants.Issued issued = issue(tools, READS);
        String id = issued.grant().id();
        assertThat(state.written.toString()).doesNotContain("contractor", "tickets");

        byte[] stored = Objects.requireNonNull(state.get("grant/" + id));
        state.compareAndSet(
                "grant/" + id, stored, "{\"name\":\"forged\"}".getBytes(StandardCharsets.UTF_8), Duration.ofDays(1));

        assertThatThrownBy(() -> tools.grants().find(issued.secret())).isInstanceOf(UncheckedIOException.class);
    }

    // Until when.

    @Test
    void a_grant_ends_also_for_a_host_that_keeps_it() {
        Instant end = CLOCK.instant().plusSeconds(60);
        ToolGrants.Issued issued =
                tools.grants().issue(ToolGrant.of("short", READS).endsAt(end));
        CallContext kept = shown(tools, issued.secret());
        assertThat(tools.grants().list())
                .extracting(ToolGrant::id)
                .containsExactly(issued.grant().id());

        CLOCK.advance(Duration.ofSeconds(60));

        assertThat(tools.grants().find(issued.secret())).isEmpty();
        assertThat(tools.grants().list()).isEmpty();
        assertThat(tools.definitions(kept)).isEmpty();
        assertThat(tools.call(GET_TICKET, TICKET, kept).errorCode()).isEqualTo(ErrorCodes.ACCESS_ENDED);
        assertThat(tools.grants().end(issued.grant().id(), null)).isEmpty();
    }

    @Test
    void an_end_in_the_past_or_after_the_end_of_the_policy_is_refused() {
        Instant now = CLOCK.instant();
        BoundTools ending = process(Policy.of(Selection.everything()).endsAt(now.plusSeconds(100)));
        ToolGrants grants = ending.grants();
        ToolGrant wanted = ToolGrant.of("late", READS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> grants.issue(wanted.endsAt(now)))
                .withMessageContaining("is in the past");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grants.issue(wanted.endsAt(now.plusSeconds(101))))
                .withMessageContaining("when all access ends");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tools.grants().issue(wanted.endsAt(Instant.MAX)))
                .withMessageContaining("more than ten years away");
        String id = grants.issue(wanted).grant().id();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grants.end(id, now.minusSeconds(1)))
                .withMessageContaining("is in the past");
    }

    @Test
    void the_end_can_be_moved_and_removed() {
        Instant now = CLOCK.instant();
        ToolGrants.Issued issued =
                tools.grants().issue(ToolGrant.of("short", READS).endsAt(now.plusSeconds(60)));
        String id = issued.grant().id();

        CLOCK.advance(Duration.ofSeconds(30));
        assertThat(tools.grants().end(id, now.plusSeconds(120)).orElseThrow().endsAt())
                .isEqualTo(now.plusSeconds(120));
        CLOCK.advance(Duration.ofSeconds(60));
        assertThat(tools.grants().find(issued.secret())).isPresent();
        assertThat(tools.grants().end(id, null)).isPresent();
        CLOCK.advance(Duration.ofDays(3_000));

        assertThat(tools.grants().find(issued.secret()).map(ToolGrant::endsAt)).isEmpty();
        assertThat(tools.grants().find(issued.secret()).orElseThrow().createdAt())
                .isEqualTo(now);
        assertThat(tools.grants().list()).hasSize(1);
    }

    @Test
    void a_grant_whose_end_was_moved_only_in_part_stays_listed_while_it_opens_tools() {
        Instant now = CLOCK.instant();
        ToolGrants.Issued issued =
                tools.grants().issue(ToolGrant.of("short", READS).endsAt(now.plusSeconds(60)));
        for (int writes = 0; writes < 2; writes++) {
            state.writesLeft = writes;
            assertThatThrownBy(() -> tools.grants().end(issued.grant().id(), now.plusSeconds(120)))
                    .isInstanceOf(UncheckedIOException.class);
        }
        state.writesLeft = Integer.MAX_VALUE;

        CLOCK.advance(Duration.ofSeconds(90));
        assertThat(tools.grants().list())
                .hasSize(tools.grants().find(issued.secret()).isPresent() ? 1 : 0);
    }

    @Test
    void what_one_process_revokes_is_refused_by_all_at_once() {
        BoundTools other = process(Policy.of(Selection.everything()));
        ToolGrants.Issued issued = issue(tools, READS);
        CallContext kept = shown(other, issued.secret());

        assertThat(tools.grants().revoke(issued.grant().id())).isTrue();

        assertThat(other.grants().find(issued.secret())).isEmpty();
        assertThat(other.grants().list()).isEmpty();
        assertThat(tools.grants().revoke(issued.grant().id())).isFalse();
        CLOCK.advance(Duration.ofSeconds(5));
        assertThat(other.call(GET_TICKET, TICKET, kept).errorCode()).isEqualTo(ErrorCodes.ACCESS_ENDED);
    }

    @Test
    void a_person_cannot_approve_a_call_of_a_revoked_grant() {
        BoundTools asking = process(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().updates(Approval.CONFIRM))
                .approvalPlace("the page"));
        ToolGrants.Issued issued = issue(asking, Selection.everything());
        CallContext context = shown(asking, issued.secret());
        asking.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Pending"), context);
        PendingCall waits = asking.pendingCalls().waiting().get(0);
        assertThat(waits.caller()).isEqualTo("grant:" + issued.grant().id() + " (contractor)");

        asking.grants().revoke(issued.grant().id());
        CLOCK.advance(Duration.ofSeconds(5));
        // Another process has the call from the state alone.
        PendingCall decided = process(Policy.of(Selection.everything())
                        .approvals(Approvals.defaults().updates(Approval.CONFIRM))
                        .approvalPlace("the page"))
                .pendingCalls()
                .approve(waits.id(), "jane", "page");

        assertThat(decided.state()).isEqualTo(PendingCall.State.FAILED);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void what_a_person_approves_while_the_call_waits_is_not_sent_once_the_grant_is_revoked_or_has_ended() {
        Map<String, Consumer<ToolGrants.Issued>> meanwhile = Map.of(
                "revoked", issued -> tools.grants().revoke(issued.grant().id()),
                "ended", issued -> CLOCK.advance(Duration.ofSeconds(60)));
        meanwhile.forEach((how, happens) -> {
            BoundTools asking = process(Policy.of(Selection.everything())
                    .approvals(Approvals.defaults().updates(Approval.CONFIRM)));
            ToolGrants.Issued issued = tools.grants()
                    .issue(ToolGrant.of(how, Selection.everything())
                            .endsAt(CLOCK.instant().plusSeconds(60)));

            ToolResult late = asking.call(
                    UPDATE_TICKET,
                    Map.of("ticket_number", 4052, "status", "Pending"),
                    shown(asking, issued.secret()).confirmation((preview, context) -> {
                        happens.accept(issued);
                        CLOCK.advance(Duration.ofSeconds(5));
                        return true;
                    }));

            assertThat(late.errorCode()).as(how).isEqualTo(ErrorCodes.ACCESS_ENDED);
            assertThat(sandbox.writes()).as(how).isEmpty();
        });
    }

    @Test
    void a_create_that_waits_for_its_equal_is_not_sent_once_the_grant_is_revoked() throws Exception {
        Fault stall = Fault.stall();
        sandbox.next("addNote", stall);
        BoundTools queued = sandbox.bound(Policy.of(Selection.everything()).clock(CLOCK));
        ToolGrants.Issued issued = issue(queued, Selection.everything());
        CallContext context = shown(queued, issued.secret());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<ToolResult> first = threads.submit(() -> queued.call(CREATE_NOTE, NOTE, context));
            sandbox.awaitExchanges(1);
            CountDownLatch waits = new CountDownLatch(1);
            QueueTurn turn = new QueueTurn(null, Duration.ZERO, wait -> {
                waits.countDown();
                return wait.getAsBoolean();
            });
            Future<ToolResult> second = threads.submit(() -> queued.enter(CREATE_NOTE, NOTE, context, turn));
            waits.await();
            queued.grants().revoke(issued.grant().id());
            CLOCK.advance(Duration.ofSeconds(5));
            stall.release();

            assertThat(first.get().isError()).isFalse();
            assertThat(second.get().errorCode()).isEqualTo(ErrorCodes.ACCESS_ENDED);
            assertThat(sandbox.writes()).hasSize(1);
        } finally {
            stall.release();
            threads.shutdownNow();
        }
    }

    // Many.

    @Test
    void there_are_at_most_two_hundred() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ToolGrants.MOST; i++) {
            ids.add(issue(tools, READS).grant().id());
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> issue(tools, READS))
                .withMessageStartingWith("There are 200 already");

        assertThat(tools.grants().list()).extracting(ToolGrant::id).isEqualTo(ids);
        tools.grants().revoke(ids.get(7));
        assertThat(issue(tools, READS).secret()).isNotEmpty();
    }

    @Test
    void those_that_could_not_be_taken_from_the_list_do_not_count() {
        for (int i = 0; i < ToolGrants.MOST; i++) {
            ToolGrants.Issued issued = issue(tools, READS);
            state.writesLeft = 1;
            assertThatThrownBy(() -> tools.grants().revoke(issued.grant().id()))
                    .isInstanceOf(UncheckedIOException.class);
            state.writesLeft = Integer.MAX_VALUE;
        }

        assertThat(tools.grants().find(issue(tools, READS).secret())).isPresent();
        assertThat(tools.grants().list()).hasSize(1);
    }

    @Test
    void two_processes_issue_and_revoke_at_once_and_lose_nothing() throws Exception {
        ToolGrants one = tools.grants();
        ToolGrants two = process(Policy.of(Selection.everything())).grants();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<String>>> done = threads.invokeAll(IntStream.range(0, 64)
                    .<Callable<Optional<String>>>mapToObj(i -> () -> {
                        String id = (i % 2 == 0 ? one : two)
                                .issue(ToolGrant.of("n" + i, READS))
                                .grant()
                                .id();
                        if (i % 4 > 1) {
                            return Optional.of(id);
                        }
                        assertThat((i % 2 == 0 ? two : one).revoke(id)).isTrue();
                        return Optional.empty();
                    })
                    .toList());
            List<String> left = new ArrayList<>();
            for (Future<Optional<String>> future : done) {
                future.get().ifPresent(left::add);
            }
            assertThat(left).hasSize(32);
            assertThat(one.list()).extracting(ToolGrant::id).containsExactlyInAnyOrderElementsOf(left);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_state_that_cannot_be_reached_opens_nothing_and_is_not_taken_for_a_wrong_secret() {
        String secret = issue(tools, READS).secret();
        state.isCut = true;

        assertThatThrownBy(() -> tools.grants().find(secret))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("The shared state cannot be reached");
        assertThatThrownBy(() -> issue(tools, READS)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_call_whose_grant_cannot_be_read_again_sends_nothing_and_can_be_repeated() {
        CallContext context = shown(tools, issue(tools, READS).secret());
        CLOCK.advance(Duration.ofSeconds(5));
        state.areGrantsCut = true;

        ToolResult cut = tools.call(GET_TICKET, TICKET, context);

        assertThat(cut.errorCode()).isEqualTo(ErrorCodes.BUSY);
        assertThat(cut.text()).contains("Nothing was sent: this server cannot use its shared state");
        assertThat(sandbox.exchanges()).isEmpty();
        state.areGrantsCut = false;
        assertThat(tools.call(GET_TICKET, TICKET, context).isError()).isFalse();
    }

    @Test
    void an_approval_is_not_used_up_while_the_grant_cannot_be_read() {
        BoundTools asking = process(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().updates(Approval.CONFIRM))
                .approvalPlace("the page"));
        asking.call(
                UPDATE_TICKET,
                Map.of("ticket_number", 4052, "status", "Pending"),
                shown(asking, issue(asking, Selection.everything()).secret()));
        String id = asking.pendingCalls().waiting().get(0).id();
        CLOCK.advance(Duration.ofSeconds(5));
        state.areGrantsCut = true;

        PendingCall cut = asking.pendingCalls().approve(id, "jane", "page");

        assertThat(cut.state()).isEqualTo(PendingCall.State.WAITING);
        assertThat(cut.message()).contains("Nothing was sent");
        assertThat(sandbox.writes()).isEmpty();
        state.areGrantsCut = false;
        assertThat(asking.pendingCalls().approve(id, "jane", "page").state()).isEqualTo(PendingCall.State.DONE);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void without_a_shared_state_grants_are_in_the_memory_of_the_tools() {
        BoundTools alone = sandbox.bound(Policy.of(Selection.everything()).clock(CLOCK));
        String secret = issue(alone, READS).secret();

        assertThat(alone.grants().find(secret)).isPresent();
        assertThat(sandbox.bound(Policy.of(Selection.everything()).clock(CLOCK))
                        .grants()
                        .find(secret))
                .isEmpty();
    }

    @Test
    void the_calls_that_are_left_can_be_read_without_a_call() {
        BoundTools alone =
                sandbox.bound(Policy.of(Selection.everything()).clock(CLOCK).plan(Plan.STANDARD));
        assertThat(alone.rateLimit(CallContext.none())).isEmpty();

        alone.call(GET_TICKET, TICKET);

        assertThat(alone.rateLimit(CallContext.none()))
                .containsExactly(
                        Map.entry("ratelimit-limit", 100L),
                        Map.entry("ratelimit-remaining", 99L),
                        Map.entry("ratelimit-reset", 3_600L));
    }
}
