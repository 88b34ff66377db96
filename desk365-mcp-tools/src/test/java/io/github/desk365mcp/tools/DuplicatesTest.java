package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolExamples.without;
import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.IMPORT_CONVERSATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.DuplicateStage;
import io.github.desk365mcp.tools.internal.pipeline.Fingerprint;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatesTest {

    private static final Map<String, Object> NOTED = Map.of("ticket_number", 4052, "body", "Called her back.");

    /** How long after a lost call a record that cannot be found does not exist. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.noticesRepeats(CLOCK));
    }

    static Stream<String> creating() {
        return Catalogue.tools().stream()
                .filter(tool -> tool.verb() == Tool.Verb.CREATES)
                .map(Tool::name);
    }

    /** What is made can be read again; drafts have a test of their own. */
    private static Map<String, Object> arguments(String name) {
        Map<String, Object> arguments = ToolExamples.fullest(Catalogue.get(name));
        if (name.equals(CREATE_ARTICLE)) {
            arguments.put("status", "published");
        }
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("creating")
    void the_same_call_again_sends_nothing_and_says_so(String name) {
        BoundTools tools = tools();
        ToolResult first = tools.call(name, arguments(name));

        ToolResult second = tools.call(name, arguments(name));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(second.structuredContent())
                .containsEntry("replayed", true)
                .containsAllEntriesOf(Expect.answer(first));
        assertThat(second.meta().get(MetaKeys.UNTRUSTED)).isEqualTo(first.meta().get(MetaKeys.UNTRUSTED));
        assertThat(Expect.unmarked(second)).startsWith("{\"replayed\":true,\"notice\":\"Nothing was sent now");
        assertThat(new ArgumentSchema(Catalogue.get(name).answer().schema()).problems(Expect.answer(second)))
                .isEmpty();
    }

    @Test
    void a_draft_that_may_be_there_is_not_written_again() {
        BoundTools tools = tools();
        Map<String, Object> draft = with(arguments(CREATE_ARTICLE), "status", "draft");
        sandbox.next(Fault.loseAnswer());
        ToolResult first = tools.call(CREATE_ARTICLE, draft);

        ToolResult second = tools.call(CREATE_ARTICLE, draft);

        assertThat(first.text()).startsWith("Do not retry: a person must check").doesNotContain("before trying");
        assertThat(second.errorCode()).isEqualTo("unknown_outcome");
        assertThat(second.text()).contains("Nothing was sent now", "a person must check");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void many_threads_with_the_same_call_send_it_once() throws Exception {
        BoundTools tools = tools();

        List<ToolResult> results = ApprovalTest.race(() -> tools.call(CREATE_NOTE, NOTED));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(results).noneMatch(ToolResult::isError);
        assertThat(results)
                .filteredOn(result -> !Expect.answer(result).containsKey("replayed"))
                .hasSize(1);
    }

    @Test
    void a_call_that_waits_for_its_equal_can_be_cancelled() throws Exception {
        BoundTools tools = tools();
        Fault stall = Fault.stall();
        sandbox.next("addNote", stall);
        CompletableFuture<ToolResult> first = begun(() -> tools.call(CREATE_NOTE, NOTED));
        sandbox.awaitExchanges(1);
        Cancellation cancellation = new Cancellation();
        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<ToolResult> second = begun(() -> tools.enter(
                CREATE_NOTE, NOTED, CallContext.none().cancellation(cancellation), counting(waits::countDown)));

        waits.await();
        cancellation.cancel();
        ToolResult cancelled = second.get();
        stall.release();

        assertThat(cancelled.errorCode()).isEqualTo("cancelled");
        assertThat(cancelled.text()).isEqualTo("The call was cancelled; nothing was sent.");
        assertThat(first.get().isError()).isFalse();
        assertThat(tools.call(CREATE_NOTE, NOTED).isError()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_call_under_way_is_not_made_again_however_many_others_there_are() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Semaphore begins = new Semaphore(0);
        List<Object> made = Collections.synchronizedList(new ArrayList<>());
        BoundTools tools = sandbox.bound(Unguarded.noticesRepeats(CLOCK)
                .ownTool(OwnTool.creates("open_change", "Opens.", "{\"type\": \"object\"}", (desk, in, context) -> {
                    made.add(in.toMap());
                    if (in.toMap().isEmpty()) {
                        begins.release();
                        end.await();
                    }
                    return Map.of();
                })));
        CompletableFuture<ToolResult> first = begun(() -> tools.call("open_change", Map.of()));
        begins.acquire();
        for (int i = 0; i < 1_100; i++) {
            tools.call("open_change", Map.of("number", i));
        }

        CompletableFuture<ToolResult> second =
                begun(() -> tools.enter("open_change", Map.of(), CallContext.none(), counting(begins::release)));
        begins.acquire();
        end.countDown();

        assertThat(first.get().isError()).isFalse();
        assertThat(second.get().structuredContent()).containsEntry("replayed", true);
        assertThat(made).hasSize(1_101);
    }

    @Test
    void a_call_that_runs_out_of_memory_after_it_was_sent_is_not_sent_again() {
        BoundTools tools = sandbox.bound(Unguarded.noticesRepeats(CLOCK)
                .ownTool(OwnTool.creates("open_change", "Opens.", "{\"type\": \"object\"}", (desk, in, context) -> {
                    desk.tickets().note(4052, "Opened.");
                    throw new OutOfMemoryError("of a test");
                })));

        assertThatThrownBy(() -> tools.call("open_change", Map.of())).isInstanceOf(OutOfMemoryError.class);

        assertThat(tools.call("open_change", Map.of()).errorCode()).isEqualTo("unknown_outcome");
        assertThat(sandbox.writes()).hasSize(1);
    }

    private static CompletableFuture<ToolResult> begun(Supplier<ToolResult> call) {
        return CompletableFuture.supplyAsync(call, work -> new Thread(work).start());
    }

    /** A turn that says when its call waits for another one. */
    private static QueueTurn counting(Runnable waits) {
        return new QueueTurn(null, Duration.ZERO, wait -> {
            waits.run();
            return wait.getAsBoolean();
        });
    }

    @Test
    void another_caller_tenant_or_argument_is_another_call() {
        BoundTools tools = tools();
        tools.call(CREATE_NOTE, NOTED);

        tools.call(CREATE_NOTE, NOTED, CallContext.none().caller("tom"));
        tools.call(CREATE_NOTE, NOTED, CallContext.none().tenant("globex"));
        tools.call(CREATE_NOTE, with(NOTED, "body", "Called her back!"));

        assertThat(sandbox.writes()).hasSize(4);
    }

    @Test
    void words_learnt_between_two_calls_make_no_other_call_of_the_second() {
        BoundTools tools = tools();
        Map<String, Object> ticket = Map.of(
                "contact_email", "NORA.VANCE@northwind.example", "subject", "Till down", "description", "It is down");
        ToolResult first = tools.call(CREATE_TICKET, ticket);
        tools.call("list_all_desk_365_tickets", Map.of());

        assertThat(first.isError()).as(first.text()).isFalse();
        assertThat(tools.call(CREATE_TICKET, ticket).structuredContent()).containsEntry("replayed", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void the_words_of_the_helpdesk_make_the_same_call_in_any_case_and_a_text_does_not() {
        Map<String, Object> ticket = Map.of(
                "category",
                "Network",
                "watchers",
                List.of("tom.becker@desk.example"),
                "custom_fields",
                Map.of("cf_Site Name", "Oslo"),
                "subject",
                "Till down");
        String fingerprint = Fingerprint.of(call(CREATE_TICKET, ticket));

        assertThat(Fingerprint.of(call(
                        CREATE_TICKET,
                        Map.of(
                                "category",
                                " network",
                                "watchers",
                                List.of("Tom.Becker@desk.example"),
                                "custom_fields",
                                Map.of("CF_site name", "Oslo"),
                                "subject",
                                "Till down"))))
                .isEqualTo(fingerprint);
        assertThat(Fingerprint.of(call(CREATE_TICKET, with(ticket, "custom_fields", Map.of("cf_Site Name", "oslo")))))
                .isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of(call(CREATE_TICKET, with(ticket, "subject", "till down"))))
                .isNotEqualTo(fingerprint);
    }

    static Stream<Arguments> spellings() {
        Map<String, Object> reply = saying("We are on our way.");
        Map<String, Object> ticket = ToolExamples.smallest(Catalogue.get(CREATE_TICKET));
        Map<String, Object> article = arguments(CREATE_ARTICLE);
        List<String> both = List.of("a@northwind.example", "b@northwind.example");
        return Stream.of(
                Arguments.of(CREATE_NOTE, NOTED, with(NOTED, "private", true)),
                Arguments.of(CREATE_NOTE, NOTED, with(NOTED, "private_note", 1)),
                Arguments.of(CREATE_NOTE, with(NOTED, "private", true), NOTED),
                Arguments.of(CREATE_NOTE, NOTED, with(NOTED, "notify_emails", List.of())),
                Arguments.of(CREATE_REPLY, reply, with(reply, "include_prev_messages", false)),
                Arguments.of(CREATE_REPLY, reply, with(reply, "include_prev_ccs", "no")),
                Arguments.of(
                        CREATE_REPLY,
                        with(reply, "cc_emails", both),
                        with(reply, "cc_emails", "B@northwind.example, a@northwind.example, b@northwind.example")),
                Arguments.of(
                        CREATE_REPLY,
                        with(reply, "bcc_emails", both),
                        with(reply, "bcc", List.of(both.get(1), both.get(0)))),
                Arguments.of(CREATE_REPLY, reply, with(reply, "body", "We are on our way. \n")),
                Arguments.of(CREATE_TICKET, ticket, with(ticket, "status", "Open")),
                Arguments.of(CREATE_TICKET, with(ticket, "status", "open"), ticket),
                Arguments.of(CREATE_TICKET, ticket, with(ticket, "subject", ticket.get("subject") + " ")),
                Arguments.of(CREATE_TICKET, ticket, with(ticket, "custom_fields", Map.of())),
                Arguments.of(
                        CREATE_ARTICLE,
                        article,
                        with(article, "article_content", article.get("article_content") + "\n")),
                Arguments.of(
                        IMPORT_CONVERSATIONS,
                        imports(List.of(Map.of("type", "note", "body", "Old."))),
                        imports(List.of(Map.of("type", "note", "body", "Old. ", "visibility", "internal")))));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("spellings")
    void another_spelling_of_a_call_is_the_same_call(
            String name, Map<String, Object> arguments, Map<String, Object> spelled) {
        BoundTools tools = tools();
        sandbox.next(Fault.loseAnswer());
        assertThat(tools.call(name, arguments).errorCode()).isEqualTo("unknown_outcome");

        ToolResult found = tools.call(name, spelled);

        assertThat(found.structuredContent()).as(found.text()).containsEntry("found", true);
        assertThat(tools.call(name, arguments).structuredContent()).containsEntry("replayed", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("creating")
    void blanks_around_texts_and_the_order_of_lists_make_no_other_call_of_it(String name) {
        Map<String, Object> arguments = arguments(name);
        String fingerprint = Fingerprint.of(call(name, arguments));

        arguments.forEach((argument, value) -> {
            if (value instanceof String text) {
                assertThat(Fingerprint.of(call(name, with(arguments, argument, " " + text + " \n"))))
                        .as(argument)
                        .isEqualTo(fingerprint);
                assertThat(Fingerprint.of(call(name, with(arguments, argument, text + " x"))))
                        .as(argument)
                        .isNotEqualTo(fingerprint);
            } else if (value instanceof List<?> list && list.get(0) instanceof String one) {
                assertThat(Fingerprint.of(call(name, with(arguments, argument, List.of("z", one, "a")))))
                        .as(argument)
                        .isEqualTo(Fingerprint.of(call(name, with(arguments, argument, List.of("a", "z", one)))))
                        .isNotEqualTo(fingerprint);
            }
        });
    }

    @Test
    void what_is_not_the_default_makes_another_call() {
        String note = Fingerprint.of(call(CREATE_NOTE, NOTED));
        String reply = Fingerprint.of(call(CREATE_REPLY, NOTED));
        String article = Fingerprint.of(call(CREATE_ARTICLE, without(arguments(CREATE_ARTICLE), "status")));

        assertThat(Fingerprint.of(call(CREATE_NOTE, with(NOTED, "private", false))))
                .isNotEqualTo(note);
        assertThat(Fingerprint.of(call(CREATE_REPLY, with(NOTED, "include_prev_ccs", true))))
                .isNotEqualTo(reply);
        assertThat(Fingerprint.of(call(CREATE_ARTICLE, with(arguments(CREATE_ARTICLE), "status", "draft"))))
                .isEqualTo(article);
        assertThat(Fingerprint.of(call(CREATE_ARTICLE, with(arguments(CREATE_ARTICLE), "status", "published"))))
                .isNotEqualTo(article);
    }

    @ParameterizedTest
    @EnumSource(
            value = Approval.class,
            names = {"STAGE", "CONFIRM", "DENY"})
    void a_look_up_needs_no_approval_of_its_own(Approval reads) {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .duplicates(Duration.ofMinutes(10))
                .approvals(Approvals.defaults().reads(reads))
                .confirmation((preview, context) -> {
                    throw new AssertionError("Nobody is to be asked");
                })
                .clock(CLOCK));
        sandbox.next("addNote", Fault.loseAnswer());
        tools.call(CREATE_NOTE, NOTED);

        assertThat(tools.call(CREATE_NOTE, NOTED).structuredContent()).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void files_are_part_of_the_call() {
        BoundTools tools = tools();
        String name = "desk_365_ticket_notes_create_with_attachment";
        Map<String, Object> other = Map.of("reference", "data:text/plain;base64,aGVsbG8h", "file_name", "note.txt");
        tools.call(name, ToolExamples.smallest(Catalogue.get(name)));

        tools.call(name, with(ToolExamples.smallest(Catalogue.get(name)), "attachments", List.of(other)));

        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void after_the_window_the_same_call_is_a_new_one() {
        BoundTools tools = tools();
        tools.call(CREATE_NOTE, NOTED);
        CLOCK.advance(Duration.ofMinutes(10).minusMillis(1));
        tools.call(CREATE_NOTE, NOTED);
        assertThat(sandbox.writes()).hasSize(1);
        CLOCK.advance(Duration.ofMillis(1));

        tools.call(CREATE_NOTE, NOTED);

        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void the_window_begins_when_the_first_call_has_ended() {
        BoundTools tools = Desk365Tools.with(Policy.of(Selection.everything())
                        .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                        .confirmation((preview, context) -> {
                            CLOCK.advance(Duration.ofMinutes(11));
                            return true;
                        })
                        .clock(CLOCK))
                .bind(sandbox.client());
        sandbox.next("addReply", Fault.loseAnswer());
        assertThat(tools.call(CREATE_REPLY, NOTED).errorCode()).isEqualTo("unknown_outcome");

        assertThat(tools.call(CREATE_REPLY, NOTED).structuredContent()).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_refused_call_may_be_made_again() {
        BoundTools tools = tools();
        sandbox.next(Fault.answer(400, Map.of(), "{\"message\": \"Not today\"}"));
        assertThat(tools.call(CREATE_NOTE, NOTED).errorCode()).isEqualTo("refused");

        assertThat(tools.call(CREATE_NOTE, NOTED).structuredContent()).doesNotContainKey("replayed");
    }

    @Test
    void a_preview_is_never_replayed_and_a_lost_reply_is_found_without_a_new_approval() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()).clock(CLOCK));
        Map<String, Object> first = Expect.answer(tools.call(CREATE_REPLY, NOTED));
        Map<String, Object> second = Expect.answer(tools.call(CREATE_REPLY, NOTED));
        assertThat(second).doesNotContainKey("replayed");
        assertThat(second.get("approval_token")).isNotEqualTo(first.get("approval_token"));
        sandbox.next("addReply", Fault.loseAnswer());
        Map<String, Object> approved = with(NOTED, "approval_token", String.valueOf(second.get("approval_token")));
        assertThat(tools.call(CREATE_REPLY, approved).errorCode()).isEqualTo("unknown_outcome");

        assertThat(tools.call(CREATE_REPLY, approved).structuredContent()).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_reply_of_the_same_words_from_days_before_is_not_taken_for_it() {
        Map<String, Object> again = Map.of("ticket_number", 4052, "body", "Any news?");
        tools().call(CREATE_REPLY, again);
        CLOCK.advance(Duration.ofDays(2));
        BoundTools tools = tools();
        sandbox.next(Fault.dropBefore());
        tools.call(CREATE_REPLY, again);
        settle();

        assertThat(tools.call(CREATE_REPLY, again).structuredContent()).doesNotContainKey("found");
    }

    @Test
    void a_ticket_of_the_same_subject_for_somebody_else_is_not_taken_for_it() {
        BoundTools tools = tools();
        Map<String, Object> nora = ToolExamples.smallest(Catalogue.get(CREATE_TICKET));
        tools.call(CREATE_TICKET, with(nora, "contact_email", "giulia.ferraro@northwind.example"));
        sandbox.next(Fault.dropBefore());
        tools.call(CREATE_TICKET, nora);
        settle();

        assertThat(tools.call(CREATE_TICKET, nora).structuredContent()).doesNotContainKey("found");
    }

    private static Map<String, Object> saying(String text) {
        return with(NOTED, "body", text);
    }

    /** Waits until a record that cannot be found does not exist. */
    private static void settle() {
        CLOCK.advance(SETTLED);
    }

    /** Returns the result of the second of two equal calls, of which the first did not arrive. */
    private static ToolResult afterAnOutage(String name, Map<String, Object> arguments) {
        return afterAnOutage(name, arguments, Duration.ZERO);
    }

    private static ToolResult afterAnOutage(String name, Map<String, Object> arguments, Duration length) {
        BoundTools tools = tools();
        sandbox.next(Fault.dropBefore());
        assertThat(tools.call(name, arguments).errorCode()).isEqualTo("unknown_outcome");
        CLOCK.advance(length);
        return tools.call(name, arguments);
    }

    @Test
    void a_message_of_another_kind_is_not_taken_for_it() {
        Map<String, Object> open = with(NOTED, "private", false);
        tools().call(CREATE_NOTE, NOTED);
        assertThat(afterAnOutage(CREATE_REPLY, NOTED, SETTLED).structuredContent())
                .as("a private note for a reply")
                .doesNotContainKey("found");
        assertThat(afterAnOutage(CREATE_NOTE, open, SETTLED).structuredContent())
                .as("a private note for a public one")
                .doesNotContainKey("found");
        assertThat(afterAnOutage(CREATE_NOTE, open).structuredContent())
                .as("a public note for itself")
                .containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(6);
    }

    @Test
    void a_message_that_goes_on_is_taken_for_it_only_if_the_thread_was_to_be_quoted() {
        tools().call(CREATE_REPLY, saying("No, we cannot refund that any more. On Monday Nora wrote: please do."));
        Map<String, Object> whole = saying("<p>No, we cannot refund that any more.</p>");

        ToolResult one = afterAnOutage(CREATE_REPLY, whole);
        ToolResult quoting = afterAnOutage(CREATE_REPLY, with(whole, "include_prev_messages", true));
        ToolResult few = afterAnOutage(CREATE_REPLY, with(saying("No"), "include_prev_messages", true));

        assertThat(one.errorCode()).isEqualTo("unknown_outcome");
        assertThat(one.text()).contains("begins with this text", "a person must check");
        assertThat(quoting.structuredContent()).containsEntry("found", true);
        assertThat(few.errorCode()).isEqualTo("unknown_outcome");
    }

    @ParameterizedTest
    @ValueSource(strings = {"👍", "<p>👍</p>", "Gr&uuml;&szlig;e an alle", "If <5 bar and >80 C stop", "1 &lt; 2 > 0"})
    void texts_are_compared_as_they_are_read(String text) {
        BoundTools tools = tools();
        tools.call(CREATE_REPLY, saying("👎"));
        tools.call(CREATE_REPLY, saying("If <9 bar and >80 C stop"));
        sandbox.next("addReply", Fault.dropBefore());
        tools.call(CREATE_REPLY, saying(text));
        settle();
        sandbox.next("addReply", Fault.loseAnswer());
        assertThat(tools.call(CREATE_REPLY, saying(text)).errorCode())
                .as("not taken for another, so sent")
                .isEqualTo("unknown_outcome");

        assertThat(tools.call(CREATE_REPLY, saying(text)).structuredContent()).containsEntry("found", true);
    }

    @Test
    void an_import_is_there_only_with_all_that_was_given_and_each_message_counts_once() {
        String name = "desk_365_tickets_import_conversations";
        tools().call(CREATE_REPLY, saying("Thanks a lot for your patience."));
        tools().call(CREATE_NOTE, saying("Called."));

        ToolResult note = afterAnOutage(name, imports(List.of(Map.of("type", "reply", "body", "Called."))));
        ToolResult contact = afterAnOutage(
                name, imports(List.of(Map.of("type", "note", "body", "Called.", "sender_type", "contact"))));
        ToolResult same = afterAnOutage(name, imports(List.of(Map.of("type", "note", "body", "Called."))));
        ToolResult twice = afterAnOutage(
                name,
                imports(List.of(Map.of("type", "note", "body", "Called."), Map.of("type", "note", "body", "Called."))));
        ToolResult beginning =
                afterAnOutage(name, imports(List.of(Map.of("type", "reply", "body", "Thanks"))), SETTLED);

        assertThat(beginning.isError()).as(beginning.text()).isFalse();
        assertThat(beginning.structuredContent()).doesNotContainKey("found");
        assertThat(note.text()).contains("with another type, time");
        assertThat(contact.text()).contains("with another type, time");
        assertThat(same.structuredContent()).containsEntry("found", true);
        assertThat(twice.text()).contains("Only 1 of the 2");
    }

    private static Map<String, Object> imports(List<Map<String, Object>> messages) {
        return Map.of("ticket_number", 4052, "conversations", messages);
    }

    @Test
    void a_look_up_that_fails_leaves_the_outcome_open_and_sends_nothing() {
        BoundTools tools = tools();
        sandbox.next("addNote", Fault.loseAnswer());
        tools.call(CREATE_NOTE, NOTED);
        sandbox.next("listConversations", Fault.answer(500, Map.of(), ""));

        ToolResult second = tools.call(CREATE_NOTE, NOTED);

        assertThat(second.errorCode()).isEqualTo("unknown_outcome");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(tools.call(CREATE_NOTE, NOTED).structuredContent()).containsEntry("found", true);
    }

    @Test
    void reads_and_updates_are_never_replayed() {
        BoundTools tools = tools();
        Map<String, Object> update = Map.of("ticket_number", 4052, "status", "Pending");
        tools.call("update_a_desk_365_ticket_by_id", update);
        tools.call("update_a_desk_365_ticket_by_id", update);

        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void memory_is_bounded_and_what_is_oldest_is_forgotten() {
        Stage.Next work = new DuplicateStage(CLOCK, Duration.ofMinutes(10))
                .around(call -> new Outcome.Done(Map.of("number", call.arguments())));
        for (int call = 0; call <= 1_000; call++) {
            assertThat(work.run(note(call))).isInstanceOf(Outcome.Done.class);
        }

        assertThat(work.run(note(1_000))).isInstanceOf(Outcome.NotExecuted.class);
        assertThat(work.run(note(1))).isInstanceOf(Outcome.NotExecuted.class);
        assertThat(work.run(note(0))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void what_was_lost_is_remembered_longer_than_what_was_answered() {
        Stage.Next work = new DuplicateStage(CLOCK, Duration.ofMinutes(10))
                .around(call -> call.tool().looksUp()
                        ? new Outcome.Done(Map.of())
                        : Integer.valueOf(0).equals(call.arguments().get("ticket_number"))
                                ? new Outcome.Refused("unknown_outcome", "")
                                : new Outcome.Done(Map.of()));
        for (int call = 0; call <= 1_000; call++) {
            work.run(note(call));
        }

        assertThat(work.run(note(0)))
                .isInstanceOfSatisfying(
                        Outcome.NotExecuted.class,
                        told -> assertThat(told.code()).isEqualTo("found"));
        assertThat(work.run(note(1))).isInstanceOf(Outcome.Done.class);
    }

    private static Call note(int number) {
        return call(CREATE_NOTE, Map.of("ticket_number", number, "body", "Hello"));
    }

    private static Call call(String name, Map<String, Object> arguments) {
        Desk365Client desk = Desk365Client.connect("acme", "a-test-key");
        return AdmittedCall.of(
                Catalogue.get(name),
                arguments,
                CallContext.none(),
                Account.of(null, desk, Policy.of(Selection.everything()).clock(CLOCK)));
    }
}
