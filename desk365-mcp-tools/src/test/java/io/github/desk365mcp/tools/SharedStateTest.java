package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE_WITH_FILES;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AttachmentStore;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.StateException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several processes with one state know of each other. */
class SharedStateTest extends SharedProcessesContract {

    @Override
    protected SharedState open(Clock clock) {
        return SharedState.inMemory(clock);
    }

    private static String texts(Cut state) {
        StringBuilder all = new StringBuilder();
        state.written.forEach(value -> all.append(new String(value, StandardCharsets.UTF_8)));
        return all.toString();
    }

    @Test
    void without_a_key_another_process_says_that_the_create_was_carried_out_and_keeps_no_text() {
        Cut state = new Cut(SharedState.inMemory(CLOCK));
        sandbox.bound(acts().state(state)).call(CREATE_NOTE, NOTE);

        Map<String, Object> second =
                Expect.answer(sandbox.bound(acts().state(state)).call(CREATE_NOTE, NOTE));

        assertThat(String.valueOf(second.get("notice"))).contains("keeps no copy of the result");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(texts(state)).doesNotContain("Lakefield").contains("made");
    }

    @Test
    void with_a_key_values_are_encrypted_and_readable_with_that_key_alone() {
        Cut state = new Cut(SharedState.inMemory(CLOCK));
        process(state).call(CREATE_NOTE, NOTE);

        byte[] other = KEY.clone();
        other[0]++;
        ToolResult second = sandbox.bound(acts().state(state, other)).call(CREATE_NOTE, NOTE);

        assertThat(texts(state)).doesNotContain("Lakefield", "made");
        assertThat(second.text()).contains("Nothing was sent: this server cannot use its shared state");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void the_call_of_a_process_that_was_killed_before_the_service_acted_is_sent_once() {
        SharedState state = SharedState.inMemory(CLOCK);
        killedDuring(state, CREATE_NOTE, NOTE, Fault.dropBefore());
        sandbox.forget();

        Map<String, Object> made = Expect.answer(process(state).call(CREATE_NOTE, NOTE));

        assertThat(made).doesNotContainKeys("found", "replayed");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_process_that_was_killed_while_a_person_was_asked_has_sent_nothing_and_is_not_searched_for()
            throws Exception {
        SharedState state = SharedState.inMemory(CLOCK);
        Cut killed = new Cut(state);
        Policy asks = acts().approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .confirmation((text, context) -> {
                    killed.isCut = true;
                    return false;
                });
        sandbox.bound(asks.state(killed, KEY)).call(CREATE_REPLY, REPLY);
        CLOCK.advance(SETTLED);
        sandbox.forget();

        Expect.answer(process(state).call(CREATE_REPLY, REPLY));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void a_lost_call_is_remembered_for_an_hour_however_often_it_is_repeated() {
        SharedState state = SharedState.inMemory(CLOCK);
        // A draft cannot be searched for.
        Map<String, Object> article = ToolExamples.fullest(Catalogue.get(CREATE_ARTICLE));
        article.put("status", "draft");
        sandbox.next(Fault.dropBefore());
        process(state).call(CREATE_ARTICLE, article);
        CLOCK.advance(Duration.ofMinutes(50));
        assertThat(process(state).call(CREATE_ARTICLE, article).text()).contains("Nothing was sent now");
        CLOCK.advance(Duration.ofMinutes(11));
        sandbox.forget();

        process(state).call(CREATE_ARTICLE, article);

        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_call_that_was_refused_before_it_was_sent_is_not_lost() {
        SharedState state = SharedState.inMemory(CLOCK);
        Cut failing = new Cut(state);
        BoundTools tools = process(failing);
        failing.failsAfter = 1;
        assertThat(tools.call(CREATE_NOTE, NOTE).text()).contains("Nothing was sent");
        failing.failsAfter = Integer.MAX_VALUE;
        CLOCK.advance(SETTLED);

        Map<String, Object> made = Expect.answer(process(state).call(CREATE_NOTE, NOTE));

        assertThat(made).doesNotContainKeys("found", "replayed");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void helpdesks_that_share_a_state_are_not_mixed_up() {
        SharedState state = SharedState.inMemory(CLOCK);
        process(state).call(CREATE_NOTE, NOTE);
        try (TestSandbox other = TestSandbox.start()) {
            Map<String, Object> made =
                    Expect.answer(other.bound(acts().state(state, KEY)).call(CREATE_NOTE, NOTE));

            assertThat(made).doesNotContainKey("replayed");
            assertThat(other.writes()).hasSize(1);
        }
    }

    @Test
    void a_call_with_other_files_also_looks_for_the_record_of_a_killed_process() {
        SharedState state = SharedState.inMemory(CLOCK);
        killedDuring(state, CREATE_NOTE_WITH_FILES, noteWithFile("one"), Fault.loseAnswer());

        Map<String, Object> found = Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("two")));

        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_lost_call_with_files_is_looked_for_although_the_same_record_without_files_exists() {
        SharedState state = SharedState.inMemory(CLOCK);
        process(state).call(CREATE_NOTE, Map.of("ticket_number", 4052, "body", "See the file."));
        CLOCK.advance(Duration.ofSeconds(30));
        killedDuring(state, CREATE_NOTE_WITH_FILES, noteWithFile("one"), Fault.loseAnswer());

        Map<String, Object> found = Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("two")));

        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(2);
        CLOCK.advance(Duration.ofMinutes(11));
        Map<String, Object> later = Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("three")));
        assertThat(later).doesNotContainKey("found");
    }

    @Test
    void a_lost_call_with_files_is_looked_for_after_the_same_record_without_files_is_forgotten() {
        SharedState state = SharedState.inMemory(CLOCK);
        process(state).call(CREATE_NOTE, Map.of("ticket_number", 4052, "body", "See the file."));
        CLOCK.advance(Duration.ofSeconds(590));
        killedDuring(state, CREATE_NOTE_WITH_FILES, noteWithFile("one"), Fault.loseAnswer());

        Map<String, Object> found = Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("two")));

        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void a_call_with_other_files_is_not_answered_with_what_another_process_is_sending() throws Exception {
        SharedState state = SharedState.inMemory(CLOCK);
        process(state).call(CREATE_NOTE, Map.of("ticket_number", 4052, "body", "See the file."));
        CLOCK.advance(Duration.ofSeconds(595));
        BoundTools slow = process(state);
        Fault stall = Fault.stall();
        sandbox.next("addNoteWithAttachment", stall);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<ToolResult> first = thread.submit(() -> slow.call(CREATE_NOTE_WITH_FILES, noteWithFile("one")));
            sandbox.awaitWrites(2);
            // The note without files is no longer remembered.
            CLOCK.advance(Duration.ofSeconds(10));

            Map<String, Object> second =
                    Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("two")));

            assertThat(second).doesNotContainKeys("found", "replayed");
            stall.release();
            assertThat(first.get().isError()).isFalse();
        } finally {
            stall.release();
            thread.shutdownNow();
        }
        assertThat(sandbox.writes()).hasSize(3);
    }

    @Test
    void a_create_whose_answer_was_lost_is_found_at_once_by_another_process() {
        SharedState state = SharedState.inMemory(CLOCK);
        sandbox.next(Fault.loseAnswer());
        ToolResult lost = process(state).call(CREATE_NOTE, NOTE);

        Map<String, Object> found = Expect.answer(process(state).call(CREATE_NOTE, NOTE));

        assertThat(lost.text())
                .contains("Repeat the same call within 60 minutes")
                .doesNotContain("restart");
        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_create_with_files_whose_answer_was_lost_is_found_at_once_even_with_other_files() {
        SharedState state = SharedState.inMemory(CLOCK);
        sandbox.next(Fault.loseAnswer());
        ToolResult lost = process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("one"));

        Map<String, Object> found = Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("two")));

        assertThat(lost.text()).contains("Repeat the same call within 60 minutes");
        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void the_same_create_with_files_gets_the_first_answer_at_another_process() {
        SharedState state = SharedState.inMemory(CLOCK);
        Map<String, Object> first = Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("one")));

        Map<String, Object> second = Expect.answer(process(state).call(CREATE_NOTE_WITH_FILES, noteWithFile("one")));

        assertThat(second).containsEntry("replayed", true).containsEntry("attachments", first.get("attachments"));
        assertThat(sandbox.writes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void until_a_lost_create_is_settled_it_is_searched_for_once_at_all_processes(boolean hasFiles) {
        SharedState state = SharedState.inMemory(CLOCK);
        String tool = hasFiles ? CREATE_NOTE_WITH_FILES : CREATE_NOTE;
        Map<String, Object> note = hasFiles ? noteWithFile("one") : NOTE;
        sandbox.next(Fault.dropBefore());
        process(state).call(tool, note);
        sandbox.forget();

        assertThat(process(state).call(tool, note).text()).contains("Nothing was sent now");
        int searches = sandbox.exchanges().size();
        assertThat(process(state).call(tool, note).text()).contains("Nothing was sent now");

        assertThat(searches).isPositive();
        assertThat(sandbox.exchanges()).hasSize(searches);
        CLOCK.advance(SETTLED);
        Expect.answer(process(state).call(tool, note));
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_lost_create_is_still_found_after_a_process_could_not_search_for_it() {
        SharedState state = SharedState.inMemory(CLOCK);
        sandbox.next(Fault.loseAnswer());
        process(state).call(CREATE_NOTE, NOTE);
        sandbox.next(Fault.answer(403, Map.of(), "{}"));
        assertThat(process(state).call(CREATE_NOTE, NOTE).text())
                .contains("Checking whether it was carried out failed");

        Map<String, Object> found = Expect.answer(process(state).call(CREATE_NOTE, NOTE));

        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void people_who_decide_learn_that_the_state_cannot_be_reached() {
        Cut state = new Cut(SharedState.inMemory(CLOCK));
        BoundTools tools = process(state, waits().lockWritesAfterUntrustedText());
        tools.call(CREATE_REPLY, REPLY);
        String id = tools.pendingCalls().waiting().get(0).id();
        state.isCut = true;

        for (PendingCalls calls : List.of(tools.pendingCalls(), tools.pendingCalls(CallContext.none()))) {
            List<ThrowingCallable> methods = List.of(
                    calls::waiting,
                    calls::decided,
                    () -> calls.find(id),
                    () -> calls.approve(id, "lea", "page"),
                    () -> calls.decline(id, "lea", "page", ""));
            assertThat(methods)
                    .allSatisfy(method -> assertThatThrownBy(method)
                            .isInstanceOf(UncheckedIOException.class)
                            .hasMessageContaining("The shared state cannot be reached"));
        }
        assertThatThrownBy(() -> tools.release(CallContext.none())).isInstanceOf(UncheckedIOException.class);
        assertThat(tools.call(CREATE_REPLY, REPLY).text()).contains("cannot use its shared state");
    }

    @Test
    void a_claim_is_kept_whose_renewal_was_stored_but_not_answered() {
        SharedState state = SharedState.inMemory(CLOCK);
        Deaf deaf = new Deaf(state);
        Records records = Objects.requireNonNull(Records.of(acts().state(deaf, KEY)));
        Records.Stored first =
                records.putIfAbsent("k", Map.of("n", 1), Duration.ofMinutes(1)).stored();
        deaf.isDeaf = true;
        assertThatThrownBy(() -> records.replace(first, Map.of("n", 2), Duration.ofMinutes(1)))
                .isInstanceOf(StateException.class);
        deaf.isDeaf = false;

        assertThat(records.replace(first, Map.of("n", 3), Duration.ofMinutes(1)))
                .isNotNull();

        assertThat(Objects.requireNonNull(records.get("k")).value()).hasToString("{n=3}");
    }

    /** A state whose replies get lost. */
    private static final class Deaf implements SharedState {

        private final SharedState state;
        private boolean isDeaf;

        Deaf(SharedState state) {
            this.state = state;
        }

        @Override
        public byte @Nullable [] get(String key) {
            return state.get(key);
        }

        @Override
        public byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
            return state.putIfAbsent(key, value, life);
        }

        @Override
        public boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
            boolean isSet = state.compareAndSet(key, expected, value, life);
            if (isDeaf) {
                throw new IllegalStateException("no answer");
            }
            return isSet;
        }

        @Override
        public boolean remove(String key, byte[] expected) {
            return state.remove(key, expected);
        }
    }

    @Test
    void an_approved_call_that_takes_longer_than_its_lease_stays_with_its_process_and_is_told_where_it_waited()
            throws Exception {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy policy =
                acts().approvals(Approvals.defaults().updates(Approval.CONFIRM)).approvalPlace("the page");
        Map<String, Object> closing = with(TICKET, "status", "Closed");
        BlockingQueue<PendingCall> told = new LinkedBlockingQueue<>();
        process(state, policy.pendingListener(PendingCallsTest.told(told))).call(UPDATE_TICKET, closing);
        BlockingQueue<String> replaced = new LinkedBlockingQueue<>();
        PendingCalls slow = process(telling(state, replaced::add), policy).pendingCalls();
        String id = slow.waiting().get(0).id();
        Fault stall = Fault.stall();
        sandbox.next("updateTicket", stall);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<PendingCall> done = thread.submit(() -> slow.approve(id, "lea", "page"));
            await("pending/" + id, replaced);
            BoundTools other = process(state, policy);
            for (int renewals = 0; renewals < 2; renewals++) {
                await("pending/" + id, replaced);
                CLOCK.advance(Duration.ofSeconds(14));
            }

            assertThat(other.pendingCalls().approve(id, "max", "page").state()).isEqualTo(PendingCall.State.ACTING);
            assertThat(other.call(UPDATE_TICKET, closing).text()).contains("it is being carried out");
            assertThat(told).isEmpty();
            stall.release();
            assertThat(done.get().state()).isEqualTo(PendingCall.State.DONE);
            Expect.answer(other.call(UPDATE_TICKET, closing));
        } finally {
            stall.release();
            thread.shutdownNow();
        }

        PendingCall call = Objects.requireNonNull(told.poll(30, TimeUnit.SECONDS));
        assertThat(call.state()).isEqualTo(PendingCall.State.DONE);
        assertThat(call.decidedBy()).isEqualTo("lea");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_process_that_decides_tells_its_listener_once_of_each_decision_here_and_elsewhere() {
        SharedState state = SharedState.inMemory(CLOCK);
        List<PendingCall> told = new CopyOnWriteArrayList<>();
        BoundTools asking = process(state, waits().pendingListener(PendingCallsTest.told(told)));
        for (String body : List.of("First.", "Second.", "Third.")) {
            asking.call(CREATE_REPLY, with(REPLY, "body", body));
        }
        List<String> ids =
                asking.pendingCalls().waiting().stream().map(PendingCall::id).toList();
        process(state, waits()).pendingCalls().decline(ids.get(0), "lea", "page", "");

        asking.pendingCalls().decline(ids.get(1), "max", "page", "");
        asking.pendingCalls().decline(ids.get(2), "max", "page", "");

        assertThat(told).extracting(PendingCall::id).containsExactlyElementsOf(ids);
        assertThat(told).extracting(PendingCall::decidedBy).containsExactly("lea", "max", "max");
    }

    private static void await(String key, BlockingQueue<String> replaced) throws InterruptedException {
        String next;
        do {
            next = replaced.poll(30, TimeUnit.SECONDS);
        } while (next != null && !next.equals(key));
        assertThat(next).isEqualTo(key);
    }

    /** A state that says which values were replaced. */
    private static SharedState telling(SharedState state, Consumer<String> replaced) {
        return wrapped((method, arguments) -> {
            Object result = method.invoke(state, arguments);
            if (method.getName().equals("compareAndSet") && Boolean.TRUE.equals(result)) {
                replaced.accept((String) arguments[0]);
            }
            return result;
        });
    }

    @Test
    void who_decides_on_what_was_decided_elsewhere_meanwhile_learns_of_that_and_sends_nothing() {
        SharedState state = SharedState.inMemory(CLOCK);
        BoundTools asking = process(state, waits());
        asking.call(CREATE_REPLY, REPLY);
        PendingCalls late = asking.pendingCalls();
        String id = late.waiting().get(0).id();
        PendingCalls idle = process(state, waits()).pendingCalls();
        assertThat(idle.waiting()).hasSize(1);
        process(silent(state), waits()).pendingCalls().approve(id, "lea", "page");
        assertThat(late.find(id)).get().extracting(PendingCall::state).isEqualTo(PendingCall.State.WAITING);

        PendingCall seen = late.approve(id, "max", "page");
        CLOCK.advance(Duration.ofMinutes(10));
        PendingCall afterItsTime = idle.find(id).orElseThrow();

        for (PendingCall call : List.of(seen, afterItsTime)) {
            assertThat(call.state()).isEqualTo(PendingCall.State.DONE);
            assertThat(call.decidedBy()).isEqualTo("lea");
        }
        assertThat(sandbox.writes()).hasSize(1);
    }

    /** A state in which changes of calls are stored, but not the list that tells other processes of them. */
    private static SharedState silent(SharedState state) {
        return wrapped((method, arguments) -> {
            if (method.getName().equals("compareAndSet") && arguments[0].equals("pending/list")) {
                throw new IllegalStateException("cut");
            }
            return method.invoke(state, arguments);
        });
    }

    @Test
    void an_approved_call_that_ends_after_the_state_has_forgotten_it_is_known_to_who_approved_it() throws Exception {
        SharedState state = SharedState.inMemory(CLOCK);
        BoundTools tools = process(state, waits());
        tools.call(CREATE_REPLY, REPLY);
        String id = tools.pendingCalls().waiting().get(0).id();
        Fault stall = Fault.stall();
        sandbox.next("addReply", stall);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<PendingCall> done = thread.submit(() -> tools.pendingCalls().approve(id, "lea", "page"));
            sandbox.awaitWrites(1);
            CLOCK.advance(Duration.ofHours(25));
            stall.release();

            assertThat(done.get().state()).isEqualTo(PendingCall.State.DONE);
        } finally {
            stall.release();
            thread.shutdownNow();
        }
        assertThat(tools.pendingCalls().find(id)).isEmpty();
        assertThat(sandbox.writes()).hasSize(1);
    }

    private static Map<String, Object> noteWithFile(String text) {
        return Map.of(
                "ticket_number",
                4052,
                "body",
                "See the file.",
                "attachments",
                List.of(Map.of(
                        "file_name",
                        "a.txt",
                        "reference",
                        "data:text/plain;base64,"
                                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void a_process_that_lost_its_lease_while_it_waited_sends_nothing() throws Exception {
        SharedState state = SharedState.inMemory(CLOCK);
        Cut slow = new Cut(state);
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Policy confirms = acts().approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .confirmation((text, context) -> {
                    isAsked.countDown();
                    await(answer);
                    return true;
                });
        BoundTools asking = sandbox.bound(confirms.state(slow, KEY));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<ToolResult> late = thread.submit(() -> asking.call(CREATE_REPLY, REPLY));
            await(isAsked);
            slow.isCut = true;
            CLOCK.advance(SETTLED);
            Expect.answer(process(state).call(CREATE_REPLY, REPLY));
            slow.isCut = false;
            answer.countDown();

            assertThat(late.get().text()).contains("Nothing was sent", "Repeat the same call");
        } finally {
            answer.countDown();
            thread.shutdownNow();
        }
        assertThat(sandbox.writes()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void each_approval_token_is_for_its_own_call_at_every_process() {
        SharedState state = SharedState.inMemory(CLOCK);
        List<String> tokens = new ArrayList<>();
        for (String body : List.of("First.", "Second.")) {
            Map<String, Object> staged =
                    Expect.answer(process(state, stages()).call(CREATE_REPLY, with(REPLY, "body", body)));
            tokens.add(String.valueOf(staged.get("approval_token")));
        }

        for (int call : new int[] {1, 0}) {
            process(state, stages()).call(CREATE_REPLY, with(TICKET, "approval_token", tokens.get(call)));
        }

        assertThat(sandbox.writes())
                .satisfiesExactly(
                        sent -> assertThat(sent.text()).contains("Second."),
                        sent -> assertThat(sent.text()).contains("First."));
    }

    @Test
    void a_file_that_has_changed_since_the_preview_of_another_process_is_not_sent() {
        SharedState state = SharedState.inMemory(CLOCK);
        byte[] file = "hello".getBytes(StandardCharsets.UTF_8);
        Policy policy =
                stages().attachments((reference, context) -> Attachment.of("offer.txt", "text/plain", file.clone()));
        Map<String, Object> reply = TestFiles.message("offer", "offer.txt");
        Map<String, Object> staged =
                Expect.answer(process(state, policy).call("desk_365_ticket_replies_create_with_attachment", reply));
        file[0]++;

        ToolResult refused = process(state, policy)
                .call(
                        "desk_365_ticket_replies_create_with_attachment",
                        with(reply, "approval_token", staged.get("approval_token")));

        assertThat(refused.errorCode()).isEqualTo("approval_not_good");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void an_approval_is_redeemed_once_where_repeats_are_not_noticed() throws Exception {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy policy = stages().duplicates(Duration.ZERO);
        Map<String, Object> staged = Expect.answer(process(state, policy).call(CREATE_REPLY, REPLY));
        Map<String, Object> second = Map.of("ticket_number", 4052, "approval_token", staged.get("approval_token"));
        List<Callable<ToolResult>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            BoundTools process = process(state, policy);
            calls.add(() -> process.call(CREATE_REPLY, second));
        }

        List<ToolResult> results = atOnce(calls);

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(results).filteredOn(result -> !result.isError()).hasSize(1);
    }

    @Test
    void equal_calls_at_several_processes_wait_as_one() throws Exception {
        SharedState state = SharedState.inMemory(CLOCK);
        List<Callable<ToolResult>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            BoundTools process = process(state, waits().duplicates(Duration.ZERO));
            calls.add(() -> process.call(CREATE_REPLY, REPLY));
        }

        atOnce(calls);

        assertThat(process(state, waits()).pendingCalls().waiting()).hasSize(1);
    }

    @Test
    void a_call_that_begins_to_wait_while_another_process_adds_one_waits_too() {
        SharedState state = SharedState.inMemory(CLOCK);
        BoundTools other = process(state, waits());
        boolean[] isAdded = new boolean[1];
        SharedState crossed = wrapped((method, arguments) -> {
            boolean lists =
                    arguments[0].equals("pending/list") && !method.getName().equals("get");
            if (lists && !isAdded[0]) {
                isAdded[0] = true;
                other.call(CREATE_REPLY, with(REPLY, "body", "Another one."));
            }
            return method.invoke(state, arguments);
        });

        process(crossed, waits()).call(CREATE_REPLY, REPLY);

        assertThat(other.pendingCalls().waiting()).hasSize(2);
    }

    @Test
    void a_process_that_listed_a_call_before_sees_each_later_change_of_other_processes() {
        SharedState state = SharedState.inMemory(CLOCK);
        process(state, waits()).call(CREATE_REPLY, REPLY);
        PendingCalls seen = process(state, waits()).pendingCalls();
        String id = seen.waiting().get(0).id();
        assertThat(process(state, waits()).pendingCalls().waiting()).hasSize(1);

        process(state, waits()).pendingCalls().decline(id, "lea", "page", "Not yet.");
        assertThat(seen.waiting()).isEmpty();
        assertThat(seen.find(id))
                .get()
                .satisfies(call -> assertThat(call.state()).isEqualTo(PendingCall.State.DECLINED));

        process(state, waits()).call(CREATE_REPLY, with(REPLY, "body", "Another one."));
        assertThat(seen.waiting())
                .singleElement()
                .satisfies(call -> assertThat(call.id()).isNotEqualTo(id));
    }

    @Test
    void the_words_of_a_person_who_declines_reach_the_model_at_another_process() {
        SharedState state = SharedState.inMemory(CLOCK);
        process(state, waits()).call(CREATE_REPLY, REPLY);
        PendingCalls pending = process(state, waits()).pendingCalls();
        pending.decline(pending.waiting().get(0).id(), "lea", "page", "Ask for the order number first.");

        ToolResult result = process(state, waits()).call(CREATE_REPLY, REPLY);

        assertThat(result.text()).contains("Ask for the order number first.");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_call_is_carried_out_elsewhere_for_its_caller_whose_credential_is_stored_until_then() {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy policy = waits().authenticator(context -> "key of nora".equals(context.credential()) ? "nora" : null);
        process(state, policy).call(CREATE_REPLY, REPLY, CallContext.none().credential("key of nora"));
        PendingCalls pending = process(state, policy).pendingCalls();
        String id = pending.waiting().get(0).id();
        assertThat(stored(state, id)).contains("key of nora");

        PendingCall done = pending.approve(id, "lea", "page");

        assertThat(done.state()).isEqualTo(PendingCall.State.DONE);
        assertThat(done.caller()).isEqualTo("nora");
        assertThat(stored(state, id)).contains("It is on its way.").doesNotContain("key of nora");
    }

    private static String stored(SharedState state, String id) {
        Records records = Objects.requireNonNull(Records.of(acts().state(state, KEY)));
        return Objects.requireNonNull(records.get("pending/" + id)).value().toString();
    }

    @Test
    void texts_of_customers_stay_labeled_in_the_result_that_another_process_gives() {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy policy =
                acts().approvals(Approvals.defaults().updates(Approval.CONFIRM)).approvalPlace("the page");
        Map<String, Object> closing = Map.of("ticket_number", 4052, "status", "Closed");
        process(state, policy).call(UPDATE_TICKET, closing);
        PendingCalls pending = process(state, policy).pendingCalls();
        pending.approve(pending.waiting().get(0).id(), "lea", "page");

        ToolResult result = process(state, policy).call(UPDATE_TICKET, closing);

        assertThat(Expect.map(result.meta().get(MetaKeys.UNTRUSTED))).containsEntry("subject", "contact");
    }

    @Test
    void why_an_approved_call_failed_is_told_once_at_another_process_with_the_services_words_labeled() {
        SharedState state = SharedState.inMemory(CLOCK);
        process(state, waits()).call(CREATE_REPLY, REPLY);
        PendingCalls pending = process(state, waits()).pendingCalls();
        sandbox.next("addReply", Fault.answer(400, Map.of(), "{\"message\": \"The body has a banned word.\"}"));
        assertThat(pending.approve(pending.waiting().get(0).id(), "lea", "page").state())
                .isEqualTo(PendingCall.State.FAILED);

        ToolResult told = process(state, waits()).call(CREATE_REPLY, REPLY);

        assertThat(told.isError()).isTrue();
        assertThat(told.text()).contains("banned word");
        assertThat(told.meta()).containsEntry(MetaKeys.UNTRUSTED, Map.of("error", "system"));
        assertThat(process(state, waits()).call(CREATE_REPLY, REPLY).structuredContent())
                .containsEntry("status", "waiting_for_approval");
    }

    @Test
    void why_an_approved_call_failed_is_told_at_one_process_although_the_other_has_not_heard_of_it() {
        SharedState state = SharedState.inMemory(CLOCK);
        BoundTools tools = process(state, waits());
        tools.call(CREATE_REPLY, REPLY);
        sandbox.next("addReply", Fault.answer(400, Map.of(), "{\"message\": \"The body has a banned word.\"}"));
        tools.pendingCalls().approve(tools.pendingCalls().waiting().get(0).id(), "lea", "page");
        assertThat(process(silent(state), waits()).call(CREATE_REPLY, REPLY).text())
                .contains("banned word");

        assertThat(tools.call(CREATE_REPLY, REPLY).structuredContent()).containsEntry("status", "waiting_for_approval");
    }

    @Test
    void an_approved_call_that_another_process_had_made_before_is_not_sent_again() {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy policy = waits().approvalsLast(Duration.ofMinutes(30));
        process(state, policy).call(CREATE_REPLY, REPLY);
        Map<String, Object> made = Expect.answer(process(state).call(CREATE_REPLY, REPLY));
        PendingCalls pending = process(state, policy).pendingCalls();

        PendingCall done = pending.approve(pending.waiting().get(0).id(), "lea", "page");

        assertThat(done.state()).isEqualTo(PendingCall.State.DONE);
        assertThat(done.message()).contains("An equal call had done this before", "Nothing was sent now");
        // After the window in which repeats are noticed, the approval still knows the answer.
        CLOCK.advance(Duration.ofMinutes(11));
        assertThat(Expect.answer(process(state, policy).call(CREATE_REPLY, REPLY)))
                .containsKey("notice")
                .containsAllEntriesOf(made);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void an_approved_change_of_a_process_that_was_killed_is_left_to_a_person() {
        SharedState state = SharedState.inMemory(CLOCK);
        Cut killed = new Cut(state);
        Policy policy =
                acts().approvals(Approvals.defaults().updates(Approval.CONFIRM)).approvalPlace("the page");
        Map<String, Object> closing = with(TICKET, "status", "Closed");
        BoundTools tools = sandbox.bound(
                policy.state(killed, KEY),
                builder -> builder.httpClient(http -> http.addInterceptor(chain -> {
                    killed.isCut = !chain.request().method().equals("GET");
                    return chain.proceed(chain.request());
                })));
        tools.call(UPDATE_TICKET, closing);
        tools.pendingCalls().approve(tools.pendingCalls().waiting().get(0).id(), "lea", "page");
        assertThat(process(state, policy).call(UPDATE_TICKET, closing).text()).contains("it is being carried out");
        CLOCK.advance(SETTLED);

        ToolResult result = process(state, policy).call(UPDATE_TICKET, closing);

        assertThat(result.errorCode()).isEqualTo("unknown_outcome");
        assertThat(result.text()).contains("this server failed", "a person must check");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_call_stays_declined_although_the_process_that_declined_it_was_killed() {
        SharedState state = SharedState.inMemory(CLOCK);
        Cut killed = new Cut(state);
        BoundTools tools = sandbox.bound(waits().state(killed, KEY)
                .audit(call -> killed.isCut = call.outcome().equals("not_confirmed")));
        tools.call(CREATE_REPLY, REPLY);
        tools.pendingCalls().decline(tools.pendingCalls().waiting().get(0).id(), "lea", "page", "Not today.");
        BoundTools next = process(state, waits());
        assertThat(next.call(CREATE_REPLY, REPLY).text()).contains("declined this call", "in a moment");
        CLOCK.advance(SETTLED);

        ToolResult result = next.call(CREATE_REPLY, REPLY);

        assertThat(result.errorCode()).isEqualTo("not_confirmed");
        assertThat(result.text()).contains("They say: Not today.");
        assertThat(next.pendingCalls().decided())
                .extracting(PendingCall::state)
                .containsExactly(PendingCall.State.DECLINED);
    }

    @Test
    void what_was_carried_out_while_the_state_could_not_be_reached_is_stored_later() {
        Cut state = new Cut(SharedState.inMemory(CLOCK));
        BoundTools tools = sandbox.bound(
                waits().state(state, KEY),
                builder -> builder.httpClient(http -> http.addInterceptor(chain -> {
                    state.isCut = !chain.request().method().equals("GET");
                    return chain.proceed(chain.request());
                })));
        tools.call(CREATE_REPLY, REPLY);
        String id = tools.pendingCalls().waiting().get(0).id();
        assertThat(tools.pendingCalls().approve(id, "lea", "page").state()).isEqualTo(PendingCall.State.DONE);

        state.isCut = false;
        assertThat(tools.pendingCalls().waiting()).isEmpty();

        assertThat(process(state, waits()).pendingCalls().find(id))
                .get()
                .extracting(PendingCall::state)
                .isEqualTo(PendingCall.State.DONE);
    }

    @Test
    void what_another_process_carried_out_stays_done_although_this_one_had_to_let_it_wait_again() {
        Deaf deaf = new Deaf(SharedState.inMemory(CLOCK));
        BoundTools tools = sandbox.bound(
                waits().state(deaf, KEY),
                builder -> builder.httpClient(http -> http.addInterceptor(chain -> {
                    // From now on, the state stores what it is told, but its replies get lost.
                    deaf.isDeaf = !chain.request().method().equals("GET");
                    return chain.proceed(
                            deaf.isDeaf
                                    ? chain.request()
                                            .newBuilder()
                                            .url("http://127.0.0.1:1/")
                                            .build()
                                    : chain.request());
                })));
        tools.call(CREATE_REPLY, REPLY);
        String id = tools.pendingCalls().waiting().get(0).id();
        assertThat(tools.pendingCalls().approve(id, "lea", "page").state()).isEqualTo(PendingCall.State.WAITING);
        deaf.isDeaf = false;
        CLOCK.advance(SETTLED);
        PendingCalls other = process(deaf.state, waits()).pendingCalls();
        assertThat(other.approve(id, "max", "page").state()).isEqualTo(PendingCall.State.DONE);

        assertThat(tools.pendingCalls().find(id))
                .get()
                .extracting(PendingCall::state)
                .isEqualTo(PendingCall.State.DONE);

        assertThat(other.find(id)).get().extracting(PendingCall::state).isEqualTo(PendingCall.State.DONE);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_call_that_another_version_has_stored_is_passed_over() {
        SharedState state = SharedState.inMemory(CLOCK);
        Records records = Objects.requireNonNull(Records.of(acts().state(state, KEY)));
        Duration life = Duration.ofMinutes(10);
        records.putIfAbsent("pending/list", Map.of("calls", List.of(Map.of("id", "x", "revision", 1))), life);
        records.putIfAbsent("pending/x", Map.of("id", "x"), life);

        process(state, waits()).call(CREATE_REPLY, REPLY);

        assertThat(process(state, waits()).pendingCalls().waiting()).hasSize(1);
    }

    @Test
    void an_approved_call_of_a_process_that_was_killed_is_unknown_and_then_found() {
        SharedState state = SharedState.inMemory(CLOCK);
        Cut killed = new Cut(state);
        BoundTools tools = sandbox.bound(
                waits().state(killed, KEY),
                builder -> builder.httpClient(http -> http.addInterceptor(chain -> {
                    killed.isCut = !chain.request().method().equals("GET");
                    return chain.proceed(chain.request());
                })));
        tools.call(CREATE_REPLY, REPLY);
        String id = tools.pendingCalls().waiting().get(0).id();
        tools.pendingCalls().approve(id, "lea", "page");
        assertThat(sandbox.writes()).hasSize(1);
        CLOCK.advance(SETTLED);

        BoundTools next = process(state, waits());
        assertThat(next.pendingCalls().find(id))
                .get()
                .satisfies(call -> assertThat(call.state()).isEqualTo(PendingCall.State.UNKNOWN));
        Map<String, Object> found = Expect.answer(next.call(CREATE_REPLY, REPLY));

        assertThat(found).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void an_approved_call_sends_the_files_of_its_preview_at_another_process() {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy policy =
                acts().approvals(Approvals.defaults().creates(Approval.CONFIRM)).approvalPlace("the page");
        process(state, policy).call(CREATE_NOTE_WITH_FILES, noteWithFile("one"));
        PendingCalls pending = process(state, policy).pendingCalls();

        PendingCall done = pending.approve(pending.waiting().get(0).id(), "lea", "page");

        assertThat(done.state()).isEqualTo(PendingCall.State.DONE);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_file_that_was_uploaded_at_one_process_is_sent_by_another_for_the_same_caller_alone() {
        Cut state = new Cut(SharedState.inMemory(CLOCK));
        CallContext nora = CallContext.none().caller("nora");
        String handle =
                uploads(state).put("serial.txt", "text/plain", "Lakefield 27".getBytes(StandardCharsets.UTF_8), nora);
        Map<String, Object> note = Map.of(
                "ticket_number",
                4052,
                "body",
                "See the file.",
                "attachments",
                List.of(Map.of("file_name", "serial.txt", "reference", handle)));

        ToolResult other = process(state, acts().attachments(uploads(state)))
                .call(CREATE_NOTE_WITH_FILES, note, CallContext.none().caller("rita"));
        Expect.answer(process(state, acts().attachments(uploads(state))).call(CREATE_NOTE_WITH_FILES, note, nora));

        assertThat(other.text()).contains("The handle is unknown, expired, or another caller's");
        assertThat(sandbox.writes())
                .singleElement()
                .satisfies(sent -> assertThat(sent.parts())
                        .anyMatch(part -> String.valueOf(part).contains("serial.txt")));
        assertThat(texts(state)).doesNotContain("Lakefield", "serial");
    }

    @Test
    void a_handle_of_a_shared_store_ends_with_its_life_and_when_it_is_removed() {
        SharedState state = SharedState.inMemory(CLOCK);
        AttachmentStore store = uploads(state);
        String first = store.put("a.txt", "text/plain", new byte[1], CallContext.none());
        String second = store.put("a.txt", "text/plain", new byte[2], CallContext.none());

        store.remove(first);

        assertThatThrownBy(() -> uploads(state).resolve(first, CallContext.none()))
                .hasMessageContaining("unknown");
        assertThat(Objects.requireNonNull(uploads(state).resolve(second, CallContext.none()))
                        .length())
                .isEqualTo(2);
        CLOCK.advance(Duration.ofMinutes(15));

        assertThatThrownBy(() -> store.resolve(first, CallContext.none())).hasMessageContaining("unknown");
        assertThatThrownBy(() -> store.resolve(second, CallContext.none())).hasMessageContaining("expired");
        assertThatThrownBy(() -> store.put("b", "text/plain", new byte[(8 << 20) + 1], CallContext.none()))
                .hasMessage("A file may have at most 8388608 bytes");
    }

    private static AttachmentStore uploads(SharedState state) {
        return AttachmentStore.shared(Duration.ofMinutes(15), state, KEY);
    }

    @Test
    void a_session_that_read_outside_text_at_one_process_is_locked_at_all_until_it_is_released() {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy locks = acts().lockWritesAfterUntrustedText();
        CallContext session = CallContext.none().session("s1");
        BoundTools reader = process(state, locks);
        BoundTools other = process(state, locks);
        reader.call(GET_TICKET, TICKET, session);

        assertThat(other.call(CREATE_NOTE, NOTE, session).text()).contains("This session", "may only read");
        assertThat(other.call(CREATE_NOTE, NOTE, CallContext.none().session("s2"))
                        .isError())
                .isFalse();
        process(state, locks).release(session);

        assertThat(other.call(CREATE_REPLY, REPLY, session).isError()).isFalse();
        process(state, locks).release(session);
        assertThat(reader.call(CREATE_REPLY, with(REPLY, "body", "It has arrived."), session)
                        .isError())
                .isFalse();
    }

    @Test
    void a_read_that_cannot_lock_gives_no_answer_and_a_write_locks_at_least_its_process() {
        Cut state = new Cut(SharedState.inMemory(CLOCK));
        BoundTools tools = sandbox.bound(
                acts().lockWritesAfterUntrustedText().state(state, KEY),
                builder -> builder.httpClient(http -> http.addInterceptor(chain -> {
                    state.isCut = true;
                    return chain.proceed(chain.request());
                })));

        ToolResult read = tools.call(GET_TICKET, TICKET);
        state.isCut = false;
        ToolResult write = tools.call(UPDATE_TICKET, with(TICKET, "status", "Pending"));
        state.isCut = false;

        assertThat(read.isError()).isTrue();
        assertThat(read.text()).doesNotContain("Checkout");
        assertThat(write.isError()).as(write.text()).isFalse();
        assertThat(tools.call(CREATE_NOTE, NOTE).text()).contains("This caller", "may only read");
    }

    @Test
    void a_session_stays_locked_at_all_processes_for_a_day_after_it_read_last() {
        SharedState state = SharedState.inMemory(CLOCK);
        Policy locks = acts().lockWritesAfterUntrustedText();
        CallContext session = CallContext.none().session("s1");
        process(state, locks).call(GET_TICKET, TICKET, session);
        CLOCK.advance(Duration.ofHours(2));
        process(state, locks).call(GET_TICKET, TICKET, session);

        CLOCK.advance(Duration.ofHours(23));
        assertThat(process(state, locks).call(CREATE_NOTE, NOTE, session).errorCode())
                .isEqualTo("locked");

        CLOCK.advance(Duration.ofHours(1));
        assertThat(process(state, locks).call(CREATE_NOTE, NOTE, session).isError())
                .isFalse();
    }

    @Test
    void nothing_is_sent_while_the_state_cannot_be_reached() {
        Cut state = new Cut(SharedState.inMemory(CLOCK));
        BoundTools tools = process(state);
        state.isCut = true;

        assertThat(tools.call(CREATE_NOTE, NOTE).text()).contains("Nothing was sent");
        assertThat(tools.call(GET_TICKET, TICKET).text()).contains("Nothing was sent");
        assertThat(sandbox.exchanges()).isEmpty();

        state.isCut = false;
        assertThat(tools.call(CREATE_NOTE, NOTE).isError()).isFalse();
    }

    @Test
    void a_read_costs_one_exchange_with_the_state_and_a_create_four() {
        int[] exchanges = new int[1];
        SharedState counted = counting(SharedState.inMemory(CLOCK), exchanges);
        BoundTools tools = process(counted);
        tools.call(GET_TICKET, TICKET);
        exchanges[0] = 0;

        tools.call(GET_TICKET, TICKET);
        assertThat(exchanges[0]).isEqualTo(1);
        exchanges[0] = 0;
        tools.call(CREATE_TICKET, ToolExamples.fullest(Catalogue.get(CREATE_TICKET)));
        assertThat(exchanges[0]).isEqualTo(4);
    }

    private static SharedState counting(SharedState state, int[] count) {
        return wrapped((method, arguments) -> {
            count[0]++;
            return method.invoke(state, arguments);
        });
    }

    /** What a state does instead of a method of its own. */
    private interface Exchange {

        @Nullable
        Object with(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static SharedState wrapped(Exchange exchange) {
        return (SharedState) Proxy.newProxyInstance(
                SharedState.class.getClassLoader(),
                new Class<?>[] {SharedState.class},
                (self, method, arguments) -> exchange.with(method, arguments));
    }
}
