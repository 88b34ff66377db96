package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.SharedState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What processes with one state know of each other, on any store. A process is a set of tools of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("exports") // Tests of other modules use it, and have JUnit themselves.
public abstract class SharedProcessesContract {

    /** For subclasses. */
    protected SharedProcessesContract() {}

    /**
     * {@return a new and empty state}
     *
     * @param clock decides when values end, where the store can be told
     */
    protected abstract SharedState open(Clock clock);

    static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);
    static final Map<String, Object> NOTE = Map.of("ticket_number", 4052, "body", "The monitor is a Lakefield 27.");

    static final Map<String, Object> REPLY = Map.of("ticket_number", 4052, "body", "It is on its way.");

    /** After a claim's lease has ended and the service has settled. */
    static final Duration SETTLED = Duration.ofSeconds(26);

    static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    /** A state that this process can no longer reach once it was cut, as if it had been killed. */
    static final class Cut implements SharedState {

        private final SharedState state;
        final List<byte[]> written = new ArrayList<>();
        volatile boolean isCut;
        volatile int failsAfter = Integer.MAX_VALUE;

        Cut(SharedState state) {
            this.state = state;
        }

        private SharedState reach() {
            if (isCut || failsAfter-- <= 0) {
                throw new IllegalStateException("cut");
            }
            return state;
        }

        @Override
        public byte @Nullable [] get(String key) {
            return reach().get(key);
        }

        @Override
        public byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
            written.add(value);
            return reach().putIfAbsent(key, value, life);
        }

        @Override
        public boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
            written.add(value);
            return reach().compareAndSet(key, expected, value, life);
        }

        @Override
        public boolean remove(String key, byte[] expected) {
            return reach().remove(key, expected);
        }
    }

    static Policy acts() {
        return Unguarded.noticesRepeats(CLOCK);
    }

    static Policy stages() {
        return acts().approvals(Approvals.defaults().customerMail(Approval.STAGE));
    }

    BoundTools process(SharedState state) {
        return process(state, acts());
    }

    BoundTools process(SharedState state, Policy policy) {
        return sandbox.bound(policy.state(state, KEY));
    }

    @Test
    void the_same_create_at_another_process_sends_nothing_and_gets_the_first_answer() {
        SharedState state = open(CLOCK);
        Map<String, Object> first = Expect.answer(process(state).call(CREATE_NOTE, NOTE));

        Map<String, Object> second = Expect.answer(process(state).call(CREATE_NOTE, NOTE));

        assertThat(second).containsEntry("replayed", true).containsAllEntriesOf(first);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void of_many_equal_creates_at_many_processes_one_is_sent() throws Exception {
        SharedState state = open(CLOCK);
        List<Callable<ToolResult>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            BoundTools process = process(state);
            calls.add(() -> process.call(CREATE_NOTE, NOTE));
        }

        List<ToolResult> results = atOnce(calls);

        assertThat(results).noneMatch(ToolResult::isError);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void the_record_of_a_process_that_was_killed_after_the_service_acted_is_found() {
        SharedState state = open(CLOCK);
        killedDuring(state, CREATE_NOTE, NOTE, Fault.loseAnswer());

        Map<String, Object> found = Expect.answer(process(state).call(CREATE_NOTE, NOTE));

        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    /** Makes a call with a fault in a process that cannot tell the others about it, and waits until it is settled. */
    void killedDuring(SharedState state, String tool, Map<String, Object> arguments, Fault fault) {
        Cut killed = new Cut(state);
        BoundTools tools = sandbox.bound(
                acts().state(killed, KEY),
                builder -> builder.httpClient(http -> http.addInterceptor(chain -> {
                    killed.isCut = true;
                    return chain.proceed(chain.request());
                })));
        sandbox.next(fault);
        assertThat(tools.call(tool, arguments).isError()).isTrue();
        CLOCK.advance(SETTLED);
    }

    @Test
    void processes_share_the_calls_of_a_plan() throws Exception {
        SharedState state = open(CLOCK);
        List<Callable<ToolResult>> calls = new ArrayList<>();
        for (int process = 0; process < 4; process++) {
            BoundTools tools = process(state, acts().plan(Plan.PLUS));
            for (int i = 0; i < 20; i++) {
                calls.add(() -> tools.call(GET_TICKET, TICKET));
            }
        }

        List<ToolResult> results = atOnce(calls);

        assertThat(sandbox.exchanges()).hasSize(50);
        assertThat(results).filteredOn(ToolResult::isError).hasSize(30);
        // A minute, and five seconds in case all calls were taken before the first response.
        CLOCK.advance(Duration.ofSeconds(65));
        assertThat(process(state, acts().plan(Plan.PLUS))
                        .call(GET_TICKET, TICKET)
                        .isError())
                .isFalse();
    }

    @Test
    void an_approval_of_one_process_is_redeemed_once_at_any() throws Exception {
        SharedState state = open(CLOCK);
        Map<String, Object> staged = Expect.answer(process(state, stages()).call(CREATE_REPLY, REPLY));
        Map<String, Object> second = Map.of("ticket_number", 4052, "approval_token", staged.get("approval_token"));
        List<Callable<ToolResult>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            BoundTools process = process(state, stages());
            calls.add(() -> process.call(CREATE_REPLY, second));
        }

        List<ToolResult> results = atOnce(calls);

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(results).noneMatch(ToolResult::isError);
    }

    static Policy waits() {
        return acts().approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalPlace("the page");
    }

    @Test
    void a_pending_call_is_approved_once_at_any_process_and_its_model_gets_the_result_at_any_other() throws Exception {
        SharedState state = open(CLOCK);
        CallContext caller = CallContext.none().caller("nora").session("s1");
        process(state, waits()).call(CREATE_REPLY, REPLY, caller);
        List<Callable<PendingCall>> approvals = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            PendingCalls pending = process(state, waits()).pendingCalls();
            String id = pending.waiting().get(0).id();
            approvals.add(() -> pending.approve(id, "lea", "page"));
        }

        atOnce(approvals);
        BoundTools later = process(state, waits());
        Map<String, Object> result = Expect.answer(later.call(CREATE_REPLY, REPLY, caller));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(String.valueOf(result.get("notice"))).contains("Nothing was sent now");
        assertThat(later.pendingCalls().decided()).singleElement().satisfies(call -> {
            assertThat(call.state()).isEqualTo(PendingCall.State.DONE);
            assertThat(call.decidedBy()).isEqualTo("lea");
            assertThat(call.html()).contains("It is on its way.");
        });
    }

    static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
