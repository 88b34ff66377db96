package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** So many calls at once, so many more that wait, and nothing is begun that nobody waits for. */
@Timeout(60)
class CallQueueTest {

    private static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestSandbox sandbox = TestSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void one_more_than_run_and_wait_is_told_at_once_that_nothing_was_sent() throws Exception {
        CallQueue queue = CallQueue.of(2, 1, LONG);
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        List<CompletableFuture<ToolResult>> calls = stalled(queue, tools, 2);
        CompletableFuture<ToolResult> waits = queue.call(tools, GET_TICKET, TICKET, CallContext.none());

        ToolResult refused =
                queue.call(tools, GET_TICKET, TICKET, CallContext.none()).get(5, TimeUnit.SECONDS);

        assertThat(refused.isError()).isTrue();
        assertThat(refused.errorCode()).isEqualTo("busy");
        assertThat(refused.text()).contains("busy", "Nothing was sent", "in a moment");
        assertThat(waits).isNotDone();
        assertThat(sandbox.exchanges()).hasSize(2);
        sandbox.release();
        assertThat(waits.get().isError()).isFalse();
        assertThat(calls).allSatisfy(call -> assertThat(call.get().isError()).isFalse());
    }

    @Test
    void whoever_waits_too_long_is_told_that_nothing_was_sent() throws Exception {
        CallQueue queue = CallQueue.of(1, 5, Duration.ofMillis(50));
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        stalled(queue, tools, 1);

        ToolResult late =
                queue.call(tools, CREATE_NOTE, note("Late"), CallContext.none()).get(5, TimeUnit.SECONDS);

        assertThat(late.errorCode()).isEqualTo("busy");
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void a_call_may_wait_for_ever() throws Exception {
        CallQueue queue = CallQueue.of(1, 5, ChronoUnit.FOREVER.getDuration());
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        stalled(queue, tools, 1);

        CompletableFuture<ToolResult> waits = queue.call(tools, GET_TICKET, TICKET, CallContext.none());
        sandbox.release();

        assertThat(waits.get(5, TimeUnit.SECONDS).isError()).isFalse();
    }

    @Test
    void a_call_with_half_of_its_time_gone_is_not_begun() throws Exception {
        BoundTools tools = sandbox.bound(
                Policy.of(Selection.everything()),
                desk -> desk.options(options -> options.timeout(Duration.ofMillis(400))));
        CallQueue queue = CallQueue.of(1, 5, LONG);
        // Ends by itself after its 400 ms, which are all of the time of the other.
        stalled(queue, tools, 1);

        ToolResult late =
                queue.call(tools, CREATE_NOTE, note("Late"), CallContext.none()).get(5, TimeUnit.SECONDS);

        assertThat(late.errorCode()).isEqualTo("busy");
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_that_waits_for_nobody_is_never_begun(boolean isCancelled) throws Exception {
        CallQueue queue = CallQueue.of(1, 5, LONG);
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        List<CompletableFuture<ToolResult>> calls = stalled(queue, tools, 1);
        Cancellation end = new Cancellation();
        CallContext context = isCancelled
                ? CallContext.none().cancellation(end)
                : CallContext.none().abandonment(end);
        List<CompletableFuture<ToolResult>> given = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            given.add(queue.call(tools, CREATE_NOTE, note("Note " + i), context));
        }

        end.cancel();

        for (CompletableFuture<ToolResult> one : given) {
            assertThat(one.get(5, TimeUnit.SECONDS).errorCode()).isEqualTo("cancelled");
            assertThat(one.get().text()).contains("nothing was sent");
        }
        // Their places are free again.
        CompletableFuture<ToolResult> next = queue.call(tools, GET_TICKET, TICKET, CallContext.none());
        sandbox.release();
        assertThat(next.get().isError()).isFalse();
        assertThat(calls.get(0).get().isError()).isFalse();
        assertThat(sandbox.exchanges()).hasSize(2);
        // Also in the host's own thread.
        assertThat(tools.call(CREATE_NOTE, note("Note"), context).errorCode()).isEqualTo("cancelled");
        assertThat(sandbox.exchanges()).hasSize(2);
    }

    @Test
    void a_call_that_was_begun_goes_on_to_its_end_when_its_client_has_gone() throws Exception {
        CallQueue queue = CallQueue.of(1, 5, LONG);
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        Cancellation gone = new Cancellation();
        sandbox.stall(1);
        CompletableFuture<ToolResult> call =
                queue.call(tools, CREATE_NOTE, note("Note"), CallContext.none().abandonment(gone));
        sandbox.awaitExchanges(1);

        gone.cancel();
        sandbox.release();

        assertThat(call.get().isError()).isFalse();
    }

    @Test
    void waiting_for_a_person_keeps_nobody_waiting() throws Exception {
        CallQueue queue = CallQueue.of(1, 3, LONG);
        CountDownLatch asked = new CountDownLatch(3);
        CountDownLatch answered = new CountDownLatch(1);
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .confirmation((preview, context) -> {
                    asked.countDown();
                    return isOver(answered);
                }));
        List<CompletableFuture<ToolResult>> replies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            replies.add(queue.call(tools, CREATE_REPLY, note("Reply " + i), CallContext.none()));
        }
        asked.await();

        ToolResult read =
                queue.call(tools, GET_TICKET, TICKET, CallContext.none()).get(5, TimeUnit.SECONDS);

        assertThat(read.isError()).isFalse();
        answered.countDown();
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.get().isError()).isFalse());
    }

    @Test
    void a_call_that_must_keep_its_turn_while_a_person_decides_does_not_block_the_others() throws Exception {
        CallQueue queue = CallQueue.of(2, 0, LONG);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .confirmation((preview, context) -> {
                    asked.countDown();
                    return isOver(answered);
                }));
        CompletableFuture<ToolResult> reply = queue.call(tools, CREATE_REPLY, note("Reply"), CallContext.none());
        asked.await();

        // In another thread, so that the test ends if the queue is locked.
        CompletableFuture<CompletableFuture<ToolResult>> read = new CompletableFuture<>();
        Thread caller =
                new Thread(() -> read.complete(queue.call(tools, GET_TICKET, TICKET, CallContext.none())), "caller");
        caller.start();

        try {
            assertThat(read.get(5, TimeUnit.SECONDS).get(5, TimeUnit.SECONDS).isError())
                    .isFalse();
        } finally {
            answered.countDown();
        }
        assertThat(reply.get().isError()).isFalse();
        caller.join();
    }

    @Test
    void whoever_waits_for_an_equal_call_keeps_nobody_waiting() throws Exception {
        CallQueue queue = CallQueue.of(2, 5, LONG);
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        sandbox.stall(1);
        List<CompletableFuture<ToolResult>> equal = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            equal.add(queue.call(tools, CREATE_NOTE, note("The same"), CallContext.none()));
        }
        sandbox.awaitExchanges(1);

        ToolResult read =
                queue.call(tools, GET_TICKET, TICKET, CallContext.none()).get(5, TimeUnit.SECONDS);

        assertThat(read.isError()).isFalse();
        sandbox.release();
        assertThat(equal).allSatisfy(one -> assertThat(one.get().isError()).isFalse());
        assertThat(sandbox.exchanges()).as("the note, and the read").hasSize(2);
    }

    @Test
    void many_at_once_are_all_answered_and_every_turn_comes_back() throws Exception {
        CallQueue queue = CallQueue.of(4, 300, LONG);
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        List<CompletableFuture<ToolResult>> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            calls.add(queue.call(tools, GET_TICKET, TICKET, CallContext.none()));
        }

        for (CompletableFuture<ToolResult> call : calls) {
            assertThat(call.get().isError()).isFalse();
        }
        // The queue is as it was: four run, and one waits.
        List<CompletableFuture<ToolResult>> again = stalled(queue, tools, 4);
        CompletableFuture<ToolResult> waits = queue.call(tools, GET_TICKET, TICKET, CallContext.none());
        assertThat(sandbox.exchanges()).hasSize(304);
        assertThat(waits).isNotDone();
        sandbox.release();
        assertThat(waits.get().isError()).isFalse();
        assertThat(again).allSatisfy(call -> assertThat(call.get().isError()).isFalse());
    }

    @Test
    void what_a_call_would_throw_its_future_has() {
        CompletableFuture<ToolResult> unknown = CallQueue.standard()
                .call(sandbox.bound(Policy.of(Selection.readOnly())), CREATE_NOTE, note(""), CallContext.none());

        assertThatThrownBy(unknown::get).hasCauseInstanceOf(UnknownToolException.class);
    }

    @Test
    void busy_calls_are_audited() throws Exception {
        Queue<String> outcomes = new ConcurrentLinkedQueue<>();
        BoundTools tools = sandbox.bound(
                Policy.of(Selection.everything()).audit(entry -> outcomes.add(entry.tool() + " " + entry.outcome())));
        CallQueue queue = CallQueue.of(1, 0, LONG);
        stalled(queue, tools, 1);

        queue.call(tools, GET_TICKET, TICKET, CallContext.none()).get(5, TimeUnit.SECONDS);

        assertThat(outcomes).containsExactly(GET_TICKET + " busy");
    }

    @Test
    void a_queue_has_room_for_one_at_least() {
        List<BiConsumer<Integer, Duration>> wrong = List.of(
                (one, wait) -> CallQueue.of(0, one, wait),
                (one, wait) -> CallQueue.of(one, -1, wait),
                (one, wait) -> CallQueue.of(one, one, wait.negated()));

        for (BiConsumer<Integer, Duration> queue : wrong) {
            assertThatThrownBy(() -> queue.accept(1, LONG)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** So many reads, whose requests have arrived and get no answer. */
    private List<CompletableFuture<ToolResult>> stalled(CallQueue queue, BoundTools tools, int many)
            throws InterruptedException {
        int before = sandbox.exchanges().size();
        List<CompletableFuture<ToolResult>> calls = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            sandbox.stall(1);
            calls.add(queue.call(tools, GET_TICKET, TICKET, CallContext.none()));
        }
        sandbox.awaitExchanges(before + many);
        return calls;
    }

    private static Map<String, Object> note(String body) {
        return Map.of("ticket_number", 4052, "body", body);
    }
}
