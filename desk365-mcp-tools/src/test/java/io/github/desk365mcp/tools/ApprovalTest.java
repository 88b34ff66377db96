package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.DELETE_ARTICLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.host.NotAnsweredException;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalDecision;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalTokens;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalTest {

    private static final int THREADS = 64;
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Set<String> MAIL = Set.of(Effects.MAIL);
    private static final CallContext RITA = CallContext.none().tenant("acme").caller("rita");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static Policy policy() {
        return Policy.of(Selection.everything());
    }

    private static Policy policy(Approvals approvals) {
        return policy().approvals(approvals);
    }

    /** Every tool that e-mails a customer, changes what customers see, or deletes. */
    static Stream<String> guarded() {
        return Catalogue.tools().stream()
                .filter(tool -> tool.reachesCustomer() || tool.verb() == Tool.Verb.DELETES)
                .map(Tool::name);
    }

    /** Arguments with which the tool e-mails, publishes or deletes. */
    static Map<String, Object> arguments(String name) {
        Map<String, Object> arguments = ToolExamples.smallest(Catalogue.get(name));
        if (Catalogue.get(name).param("private") != null) {
            arguments.put("private", false);
        }
        if (name.equals(CREATE_ARTICLE)) {
            arguments.put("status", "published");
        }
        for (String lettingIn : List.of("share_to", "add_share_to", "secondary_emails")) {
            if (Catalogue.get(name).param(lettingIn) != null) {
                arguments.put(lettingIn, List.of("b@northwind.example"));
            }
        }
        return arguments;
    }

    private static Map<String, Object> approved(Map<String, Object> arguments, ToolResult preview) {
        return with(
                arguments,
                "approval_token",
                String.valueOf(Expect.answer(preview).get("approval_token")));
    }

    @ParameterizedTest
    @CsvSource({
        "read, reads",
        "create, creates",
        "update, updates",
        "delete, deletes",
        "mail, customerMail",
        "publish, publish"
    })
    void an_effect_is_not_set_as_if_it_were_a_tool(String effect, String method) {
        assertThatThrownBy(() -> Approvals.defaults().tool(effect, Approval.ALLOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(effect + " is not a tool, but what calls do: use " + method);
        assertThat(Approvals.defaults().with(Map.of(effect, "deny")).settings()).containsEntry(effect, Approval.DENY);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void without_approval_nothing_reaches_the_helpdesk(String name) {
        BoundTools tools = sandbox.bound(policy());

        ToolResult first = tools.call(name, arguments(name), RITA);
        ToolResult guess = tools.call(name, with(arguments(name), "approval_token", "AAAAAAAAAAAAAAAAAAAAAA"), RITA);

        assertThat(first.isError()).as(first.text()).isFalse();
        assertThat(first.structuredContent())
                .containsEntry("status", "needs_approval")
                .containsKeys("next", "approval_token", "expires_on", "preview");
        assertThat(new ArgumentSchema(Catalogue.get(name).answer().schema()).problems(Expect.answer(first)))
                .isEmpty();
        assertThat(guess.errorCode()).isEqualTo("approval_not_good");
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void a_summary_says_what_was_not_done(String name) {
        BoundTools tools = sandbox.bound(policy().results(ResultForm.SUMMARY));

        ToolResult preview = tools.call(name, arguments(name), RITA);
        ToolResult done = tools.call(name, approved(arguments(name), preview), RITA);

        assertThat(preview.text()).contains(": Nothing was done yet. Show the preview to the user.");
        assertThat(done.text()).doesNotContain("preview");
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("guarded")
    void of_many_callers_with_one_token_exactly_one_acts(String name) throws Exception {
        BoundTools tools = sandbox.bound(policy().duplicates(Duration.ZERO));
        Map<String, Object> approved = approved(arguments(name), tools.call(name, arguments(name), RITA));

        List<ToolResult> results = race(() -> tools.call(name, approved, RITA));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(results).filteredOn(result -> !result.isError()).hasSize(1);
        assertThat(results)
                .filteredOn(ToolResult::isError)
                .extracting(ToolResult::errorCode)
                .containsOnly("approval_not_good");
    }

    @Test
    void a_token_that_another_call_uses_meanwhile_is_not_good() throws Exception {
        BoundTools tools = sandbox.bound(policy().duplicates(Duration.ZERO));
        Map<String, Object> approved =
                approved(arguments(CREATE_REPLY), tools.call(CREATE_REPLY, arguments(CREATE_REPLY), RITA));
        sandbox.forget();
        // The first call has found its token when it looks up the recipient.
        sandbox.stall(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<ToolResult> first = thread.submit(() -> tools.call(CREATE_REPLY, approved, RITA));
            sandbox.awaitExchanges(1);
            assertThat(tools.call(CREATE_REPLY, approved, RITA).isError()).isFalse();
            sandbox.release();

            assertNotGood(first.get());
        } finally {
            sandbox.release();
            thread.shutdownNow();
        }
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void with_duplicates_kept_off_the_losers_of_the_race_get_the_answer_of_the_winner() throws Exception {
        BoundTools tools = sandbox.bound(policy());
        Map<String, Object> approved =
                approved(arguments(CREATE_REPLY), tools.call(CREATE_REPLY, arguments(CREATE_REPLY), RITA));

        List<ToolResult> results = race(() -> tools.call(CREATE_REPLY, approved, RITA));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(results).noneMatch(ToolResult::isError);
        assertThat(results)
                .filteredOn(result -> Expect.answer(result).containsKey("replayed"))
                .hasSize(THREADS - 1);
    }

    static <T> List<T> race(Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier line = new CyclicBarrier(THREADS);
            List<Future<T>> under = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                under.add(threads.submit(() -> {
                    line.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : under) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void a_token_works_once_for_its_own_call_alone(String name) {
        ManualClock clock = new ManualClock(NOON);
        BoundTools tools = sandbox.bound(policy().duplicates(Duration.ZERO).clock(clock));
        Map<String, Object> arguments = arguments(name);
        Map<String, Object> approved = approved(arguments, tools.call(name, arguments, RITA));
        String other = name.equals(DELETE_ARTICLE) ? CREATE_REPLY : DELETE_ARTICLE;

        assertNotGood(tools.call(name, changed(approved), RITA));
        assertNotGood(tools.call(name, approved, RITA.caller("tom")));
        assertNotGood(tools.call(name, approved, RITA.tenant("globex")));
        assertNotGood(tools.call(
                other, with(arguments(other), "approval_token", String.valueOf(approved.get("approval_token"))), RITA));
        clock.advance(Duration.ofMinutes(10));
        assertNotGood(tools.call(name, approved, RITA));
        assertThat(sandbox.writes()).isEmpty();

        clock.advance(Duration.ofMillis(-1));
        assertThat(tools.call(name, approved, RITA).isError()).isFalse();
        assertNotGood(tools.call(name, approved, RITA));
        assertThat(sandbox.writes()).hasSize(1);
    }

    private static Map<String, Object> changed(Map<String, Object> arguments) {
        Map<String, Object> changed = new LinkedHashMap<>(arguments);
        changed.replaceAll((name, value) -> value instanceof Number number
                ? number.longValue() + 1
                : value instanceof String text
                                && !List.of("approval_token", "status").contains(name)
                        ? "x" + text
                        : value);
        return changed;
    }

    private static void assertNotGood(ToolResult result) {
        assertThat(result.errorCode()).as(result.text()).isEqualTo("approval_not_good");
    }

    @Test
    void a_preview_says_what_is_sent_from_whom_and_to_whom() {
        Map<String, Object> arguments =
                Map.of("ticket_number", "#4052", "body", "We are on it.", "cc_emails", List.of("b@northwind.example"));

        Map<String, Object> answer = Expect.answer(sandbox.bound(policy()).call(CREATE_REPLY, arguments, RITA));

        assertThat(Expect.map(answer.get("preview")))
                .containsEntry("action", "Reply to the customer")
                .containsEntry("to", List.of("nora.vance@northwind.example"))
                .containsEntry("cc", List.of("b@northwind.example"))
                .containsEntry("from", "the account's default mailbox")
                .containsEntry("with", Map.of("ticket_number", 4052L, "body", "We are on it."));
        assertThat(sandbox.exchanges())
                .singleElement()
                .extracting(Exchange::method)
                .isEqualTo("GET");
    }

    @Test
    void arguments_that_are_repaired_to_the_same_are_the_same_call() {
        BoundTools tools = sandbox.bound(policy());
        ToolResult preview = tools.call(CREATE_REPLY, Map.of("ticket_number", "#4052", "body", "We are on it."), RITA);

        ToolResult sent = tools.call(
                CREATE_REPLY, approved(Map.of("ticket_number", 4052, "body", "We are on it."), preview), RITA);

        assertThat(sent.isError()).as(sent.text()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    /** The arguments of a preview, and others that must not pass for them. */
    static Stream<Arguments> others() {
        Map<String, Object> reply = Map.of("ticket_number", 4052, "body", "We are on it.");
        return Stream.of(
                Arguments.of(DELETE_ARTICLE, Map.of("article_name", "Guide A"), Map.of("article_name", "GUIDE A")),
                Arguments.of(DELETE_ARTICLE, Map.of("article_name", "Guide A"), Map.of("article_name", "Guıde A")),
                Arguments.of(DELETE_ARTICLE, Map.of("article_name", "Guide A"), Map.of("article_name", "Guide-A")),
                Arguments.of(
                        DELETE_ARTICLE, Map.of("article_name", "Guide \uD800"), Map.of("article_name", "Guide \uD801")),
                Arguments.of(DELETE_ARTICLE, Map.of("article_name", "Guide \uD800"), Map.of("article_name", "Guide ?")),
                Arguments.of(CREATE_REPLY, reply, with(reply, "body", "We are on it. ")),
                Arguments.of(CREATE_REPLY, reply, with(reply, "ticket_number", 4053)),
                Arguments.of(CREATE_REPLY, reply, with(reply, "include_prev_ccs", true)),
                changedCopies(reply, List.of("jim@b.example"), List.of("jım@b.example")),
                changedCopies(reply, List.of("jim@b.example"), List.of("JIM@b.example")),
                changedCopies(reply, List.of("jim@b.example"), List.of("jim@\u212A.example")),
                changedCopies(reply, List.of("a@b.example", "c@d.example"), List.of("c@d.example", "a@b.example")),
                changedCopies(reply, List.of("a@b.example"), List.of("a@b.example", "a@b.example")));
    }

    private static Arguments changedCopies(Map<String, Object> reply, List<String> previewed, List<String> other) {
        return Arguments.of(CREATE_REPLY, with(reply, "cc_emails", previewed), with(reply, "cc_emails", other));
    }

    @ParameterizedTest
    @MethodSource("others")
    void a_token_is_for_exactly_what_was_previewed(
            String name, Map<String, Object> previewed, Map<String, Object> other) {
        BoundTools tools = sandbox.bound(policy());
        ToolResult preview = tools.call(name, previewed, RITA);

        ToolResult result = tools.call(name, approved(other, preview), RITA);

        assertNotGood(result);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void what_is_repaired_to_what_was_previewed_is_good() {
        for (Object number : new Object[] {"4052", "#4052", 4052.0, List.of(4052), "Ticket #4052", 4052L}) {
            BoundTools tools = sandbox.bound(policy());
            Map<String, Object> reply = Map.of("ticket_number", 4052, "body", "We are on it.");
            Map<String, Object> again = new LinkedHashMap<>();
            again.put("cc_emails", null);
            again.put("bcc_emails", List.of());
            again.put("body", "We are on it.");
            again.put("ticket_number", number);

            ToolResult sent = tools.call(CREATE_REPLY, approved(again, tools.call(CREATE_REPLY, reply, RITA)), RITA);

            assertThat(sent.isError()).as(number + ": " + sent.text()).isFalse();
        }
    }

    @Test
    void numbers_are_compared_by_value_and_not_with_texts() {
        Approvals all = Approvals.defaults().updates(Approval.STAGE);
        String update = "update_a_desk_365_ticket_by_id";
        Map<String, Object> previewed = Map.of("ticket_number", 4052, "custom_fields", Map.of("cf_Floor", 1));
        BoundTools tools = sandbox.bound(policy(all));
        ToolResult preview = tools.call(update, previewed, RITA);

        assertNotGood(tools.call(
                update, approved(with(previewed, "custom_fields", Map.of("cf_Floor", "1")), preview), RITA));
        assertNotGood(tools.call(
                update, approved(with(previewed, "custom_fields", Map.of("cf_floor", 1)), preview), RITA));
        assertNotGood(tools.call(
                update, approved(with(previewed, "custom_fields", Map.of("cf_Floor", 1.5)), preview), RITA));
        ToolResult done =
                tools.call(update, approved(with(previewed, "custom_fields", Map.of("cf_Floor", 1.0)), preview), RITA);
        assertThat(done.errorCode()).as(done.text()).isNotEqualTo("approval_not_good");
    }

    @Test
    void words_learnt_since_the_preview_do_not_change_what_was_approved() {
        Approvals all = Approvals.defaults().updates(Approval.STAGE);
        String update = "update_a_desk_365_ticket_by_id";
        Map<String, Object> previewed = Map.of("ticket_number", 4052, "status", "open");
        BoundTools tools = sandbox.bound(policy(all));
        ToolResult preview = tools.call(update, previewed, RITA);
        assertThat(String.valueOf(Expect.answer(preview).get("preview"))).contains("to=open");
        tools.call("list_all_desk_365_tickets", Map.of(), RITA);

        // It would be read as Open by now, which nobody has seen.
        assertNotGood(tools.call(update, approved(previewed, preview), RITA));
        ToolResult again = tools.call(update, previewed, RITA);

        assertThat(String.valueOf(Expect.answer(again).get("preview"))).contains("to=Open");
        assertThat(tools.call(update, approved(previewed, again), RITA).isError())
                .isFalse();
    }

    @Test
    void a_preview_for_a_ticket_that_is_not_there_is_refused_at_once() {
        ToolResult result =
                sandbox.bound(policy()).call(CREATE_REPLY, Map.of("ticket_number", 9, "body", "Hello"), RITA);

        assertThat(result.errorCode()).isEqualTo("not_found");
    }

    @Test
    void a_spent_budget_does_not_use_a_token_up() {
        ManualClock clock = new ManualClock(NOON);
        BoundTools tools = sandbox.bound(policy().clock(clock), desk -> desk.plan(Plan.PLUS));
        Map<String, Object> approved =
                approved(arguments(CREATE_REPLY), tools.call(CREATE_REPLY, arguments(CREATE_REPLY), RITA));
        sandbox.next(Fault.answer(200, Map.of("X-Rate-Limit-Remaining", "0"), "{\"ticket_number\": 1}"));
        tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052), RITA);

        assertThat(tools.call(CREATE_REPLY, approved, RITA).errorCode()).isEqualTo("rate_limited");
        clock.advance(Duration.ofSeconds(61));
        assertThat(tools.call(CREATE_REPLY, approved, RITA).isError()).isFalse();
    }

    @Test
    void an_internal_note_needs_no_approval_and_a_public_one_does() {
        BoundTools tools = sandbox.bound(policy());
        Map<String, Object> internal = Map.of("ticket_number", 4052, "body", "For us.");

        assertThat(tools.call(CREATE_NOTE, internal).structuredContent()).doesNotContainKey("approval_token");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(tools.call(CREATE_NOTE, with(internal, "private", false)).structuredContent())
                .containsKey("approval_token");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void the_argument_is_only_where_a_tool_stages() {
        assertThat(staging(Desk365Tools.all()))
                .containsExactlyInAnyOrderElementsOf(guarded().toList());
        assertThat(staging(Desk365Tools.with(Unguarded.policy()))).isEmpty();
        assertThat(staging(Desk365Tools.with(policy(Approvals.defaults()
                        .customerMail(Approval.CONFIRM)
                        .publish(Approval.CONFIRM)
                        .updates(Approval.STAGE)))))
                // A reply or a note can also change its ticket.
                .allMatch(name -> name.matches("(update|delete)_.*|.*_update_many|create_a_desk_365_ticket_(reply|note)"
                        + "|desk_365_ticket_(replies|notes)_create_with_attachment"))
                .hasSizeGreaterThan(8);
    }

    private static List<String> staging(Desk365Tools tools) {
        return tools.definitions().stream()
                .filter(tool -> Expect.map(tool.inputSchema().get("properties")).containsKey("approval_token"))
                .map(ToolDefinition::name)
                .toList();
    }

    static Stream<String> all() {
        return Catalogue.tools().stream().map(Tool::name);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("all")
    void every_tool_can_be_staged_and_then_acts(String name) {
        BoundTools tools = sandbox.bound(policy(Approvals.defaults().tool(name, Approval.STAGE)));
        Map<String, Object> arguments = arguments(name);

        ToolResult preview = tools.call(name, arguments, RITA);
        assertThat(preview.structuredContent()).as(preview.text()).containsEntry("status", "needs_approval");
        assertThat(new ArgumentSchema(Catalogue.get(name).answer().schema()).problems(Expect.answer(preview)))
                .isEmpty();
        ToolResult acted = tools.call(name, approved(arguments, preview), RITA);
        assertThat(acted.isError()).as(acted.text()).isFalse();
        assertThat(sandbox.violations()).isEmpty();
    }

    @Test
    void a_staged_update_says_what_it_changes_from_and_to() {
        BoundTools tools = sandbox.bound(policy(Approvals.defaults().updates(Approval.STAGE)));

        ToolResult preview =
                tools.call("update_a_desk_365_ticket_by_id", Map.of("ticket_number", 4052, "status", "Closed"), RITA);

        Map<String, Object> shown = Expect.map(Expect.answer(preview).get("preview"));
        assertThat(shown.get("changes")).isEqualTo(Map.of("status", Map.of("from", "Open", "to", "Closed")));
        assertThat(shown.get("with")).isEqualTo(Map.of("ticket_number", 4052));
    }

    @Test
    void a_person_is_shown_what_is_sent_and_decides() {
        List<String> shown = new ArrayList<>();
        AtomicBoolean agrees = new AtomicBoolean();
        BoundTools tools = sandbox.bound(
                policy(Approvals.defaults().customerMail(Approval.CONFIRM)).confirmation((preview, context) -> {
                    shown.add(context.caller() + ":\n" + preview);
                    return agrees.get();
                }));
        Map<String, Object> arguments = Map.of(
                "ticket_number",
                4052,
                "body",
                "Dear Nora,\nto: all\u202ereversed",
                "from_email",
                "support@desk.example");

        ToolResult refused = tools.call(CREATE_REPLY, arguments, RITA);
        assertThat(refused.errorCode()).isEqualTo("not_confirmed");
        assertThat(sandbox.writes()).isEmpty();
        agrees.set(true);
        assertThat(tools.call(CREATE_REPLY, arguments, RITA).isError()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(shown.get(0)).startsWith("rita:\naction: Reply to the customer\n");
        assertThat(shown.get(0).lines())
                .contains("to: nora.vance@northwind.example", "from: support@desk.example", "ticket_number: 4052")
                .contains("  Dear Nora,", "  to: all[U+202E]reversed")
                .doesNotContain("to: all");
    }

    @Test
    void nobody_to_ask_and_somebody_who_fails_are_a_no() {
        Approvals confirm = Approvals.defaults().deletes(Approval.CONFIRM);
        ToolResult nobody = sandbox.bound(policy(confirm)).call(DELETE_ARTICLE, arguments(DELETE_ARTICLE), RITA);
        ToolResult failing = sandbox.bound(policy(confirm).confirmation((preview, context) -> {
                    throw new IllegalStateException("window closed");
                }))
                .call(DELETE_ARTICLE, arguments(DELETE_ARTICLE), RITA);
        ToolResult ofTheCall = sandbox.bound(policy(confirm))
                .call(DELETE_ARTICLE, arguments(DELETE_ARTICLE), RITA.confirmation((preview, context) -> true));

        assertThat(nobody.errorCode()).isEqualTo("not_confirmed");
        assertThat(failing.errorCode()).isEqualTo("not_confirmed");
        assertThat(ofTheCall.isError()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(nobody.text()).contains("Nothing was sent", "this client cannot ask for it");
        assertThat(failing.text()).contains("Nothing was sent", "asking for it failed");
    }

    @Test
    void an_answer_is_audited_with_where_it_came_from_and_how_long_it_took() {
        List<AuditRecord> audit = new ArrayList<>();
        BoundTools tools = sandbox.bound(policy(Approvals.defaults().deletes(Approval.CONFIRM))
                .confirmation((preview, context) -> false)
                .audit(audit::add));

        tools.call(DELETE_ARTICLE, arguments(DELETE_ARTICLE), RITA);
        tools.call(DELETE_ARTICLE, arguments(DELETE_ARTICLE), RITA.confirmation((preview, context) -> false));

        assertThat(audit).extracting(AuditRecord::channel).containsExactly("host", "client");
        assertThat(audit)
                .extracting(AuditRecord::waited)
                .allSatisfy(waited -> assertThat(waited).isBetween(Duration.ZERO, Duration.ofHours(1)));
    }

    @Test
    void nobody_answering_is_no_decline() {
        Approvals confirm = Approvals.defaults().deletes(Approval.CONFIRM);
        ToolResult open = sandbox.bound(policy(confirm).confirmation((preview, context) -> {
                    throw new NotAnsweredException(Duration.ofMinutes(10));
                }))
                .call(DELETE_ARTICLE, arguments(DELETE_ARTICLE), RITA);
        ToolResult declined = sandbox.bound(policy(confirm).confirmation((preview, context) -> false))
                .call(DELETE_ARTICLE, arguments(DELETE_ARTICLE), RITA);

        assertThat(open.errorCode()).isEqualTo("not_confirmed");
        assertThat(open.text()).contains("Nobody answered the approval request within 10 minutes. Nothing was sent");
        assertThat(declined.errorCode()).isEqualTo("not_confirmed");
        assertThat(declined.text()).contains("was asked did not approve").doesNotContain("Nobody");
        assertThat(sandbox.writes()).isEmpty();
    }

    private static final Map<String, Object> REPLIED = Map.of("ticket_number", 4052, "body", "For Nora alone");
    private static final Map<String, Object> MOVED =
            Map.of("ticket_number", 4052, "contact_email", "giulia.ferraro@northwind.example");

    @Test
    void a_token_is_for_the_recipient_of_the_preview_alone() {
        BoundTools tools = sandbox.bound(policy());
        ToolResult preview = tools.call(CREATE_REPLY, REPLIED, RITA);
        sandbox.bound(Unguarded.policy()).call("update_a_desk_365_ticket_by_id", MOVED);

        ToolResult refused = tools.call(CREATE_REPLY, approved(REPLIED, preview), RITA);

        assertThat(refused.errorCode()).isEqualTo("recipient_changed");
        assertThat(refused.text()).contains("without approval_token for a new preview", "Nothing was sent");
        assertThat(sandbox.writes()).hasSize(1);
        ToolResult anew = tools.call(CREATE_REPLY, REPLIED, RITA);
        assertThat(tools.call(CREATE_REPLY, approved(REPLIED, anew), RITA).isError())
                .isFalse();
    }

    @Test
    void a_yes_is_for_the_recipient_that_the_person_was_shown_alone() {
        BoundTools other = sandbox.bound(Unguarded.policy());
        BoundTools tools = sandbox.bound(
                policy(Approvals.defaults().customerMail(Approval.CONFIRM)).confirmation((preview, context) -> {
                    other.call("update_a_desk_365_ticket_by_id", MOVED);
                    return true;
                }));

        assertThat(tools.call(CREATE_REPLY, REPLIED, RITA).errorCode()).isEqualTo("recipient_changed");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(tools.call(CREATE_REPLY, REPLIED, RITA).isError()).isFalse();
    }

    @Test
    void a_yes_to_a_call_that_was_cancelled_meanwhile_sends_nothing() {
        for (boolean fails : List.of(false, true)) {
            Cancellation cancellation = new Cancellation();
            BoundTools tools = sandbox.bound(policy(Approvals.defaults().customerMail(Approval.CONFIRM))
                    .approvalPlace("the page")
                    .confirmation((preview, context) -> {
                        cancellation.cancel();
                        if (fails) {
                            throw new IllegalStateException("window closed");
                        }
                        return true;
                    }));

            ToolResult result = tools.call(CREATE_REPLY, REPLIED, RITA.cancellation(cancellation));

            assertThat(result.text()).contains("was cancelled before it began; nothing was sent");
            assertThat(tools.pendingCalls().waiting()).isEmpty();
        }
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_preview_that_could_not_be_looked_up_leaves_nothing_open() {
        BoundTools tools = sandbox.bound(policy());
        sandbox.next("getTicket", Fault.answer(503, Map.of(), ""));
        ToolResult none = tools.call(CREATE_REPLY, REPLIED, RITA);

        assertThat(none.errorCode()).isEqualTo("no_preview");
        assertThat(none.text()).startsWith("Nothing was sent");
        ToolResult preview = tools.call(CREATE_REPLY, REPLIED, RITA);
        assertThat(preview.structuredContent()).containsKey("approval_token");
        sandbox.next("getTicket", Fault.answer(503, Map.of(), ""));
        assertThat(tools.call(CREATE_REPLY, approved(REPLIED, preview), RITA).errorCode())
                .isEqualTo("no_preview");
        assertThat(tools.call(CREATE_REPLY, approved(REPLIED, preview), RITA).structuredContent())
                .doesNotContainKey("found");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void what_is_denied_is_not_listed_and_what_is_denied_by_the_call_is_refused() {
        BoundTools tools = sandbox.bound(policy(Approvals.defaults().customerMail(Approval.DENY)));

        assertThat(tools.definitions())
                .extracting(ToolDefinition::name)
                .contains(CREATE_NOTE)
                .doesNotContain(CREATE_REPLY, "desk_365_tickets_import_conversations");
        assertThatThrownBy(() -> tools.call(CREATE_REPLY, arguments(CREATE_REPLY), RITA))
                .isInstanceOf(UnknownToolException.class);
        assertThat(tools.call(CREATE_NOTE, arguments(CREATE_NOTE), RITA).errorCode())
                .isEqualTo("denied");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void the_strictest_setting_wins() {
        Approvals approvals =
                Approvals.defaults().customerMail(Approval.STAGE).tool("reply_to_ticket", Approval.CONFIRM);

        assertThat(ApprovalDecision.of(approvals, Catalogue.get(CREATE_REPLY), MAIL))
                .isEqualTo(Approval.CONFIRM);
        assertThat(ApprovalDecision.of(
                        approvals.tool("reply_to_ticket", Approval.ALLOW), Catalogue.get(CREATE_REPLY), MAIL))
                .isEqualTo(Approval.STAGE);
        assertThat(ApprovalDecision.of(approvals.creates(Approval.DENY), Catalogue.get(CREATE_REPLY), MAIL))
                .isEqualTo(Approval.DENY);
        assertThat(ApprovalDecision.of(approvals, Catalogue.get(CREATE_NOTE), Set.of()))
                .isEqualTo(Approval.ALLOW);
    }

    @Test
    void settings_are_data_too_and_a_wrong_word_names_the_nearest() {
        Policy policy = Policy.fromJson("{\"approval\": {\"mail\": \"allow\", \"delete_kb_article\": \"deny\"},"
                + " \"duplicates_within_seconds\": 0, \"approvals_last_seconds\": 60,"
                + " \"lock_writes_after_untrusted_text\": true}");

        assertThat(ApprovalDecision.of(policy.approvals(), Catalogue.get(CREATE_REPLY), MAIL))
                .isEqualTo(Approval.ALLOW);
        assertThat(ApprovalDecision.denies(policy.approvals(), Catalogue.get(DELETE_ARTICLE)))
                .isTrue();
        assertThat(policy.duplicates()).isZero();
        assertThat(policy.approvalsLast()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.locksWrites()).isTrue();
        for (Map.Entry<String, String> wrong : Map.of(
                        "{\"approval\": {\"mails\": \"allow\"}}", "did you mean mail?",
                        "{\"approval\": {\"mail\": \"yes\"}}", "allow, stage, confirm, deny",
                        "{\"duplicates_within_seconds\": -1}", "whole number of seconds")
                .entrySet()) {
            assertThatThrownBy(() -> Desk365Tools.with(Policy.fromJson(wrong.getKey())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.getValue());
        }
    }

    @Test
    void tokens_are_not_readable_in_texts() {
        ApprovalTokens tokens = new ApprovalTokens(Clock.systemUTC(), Duration.ofMinutes(1));
        ApprovalTokens.Token token = tokens.give("a call", List.of(), List.of(), Map.of());

        assertThat(token.text()).hasSize(22);
        assertThat(token.toString()).startsWith("Token[until ").doesNotContain(token.text());
        assertThat(tokens.toString()).doesNotContain(token.text());
    }
}
