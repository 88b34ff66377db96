package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.host.ToolSettings;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replies and notes that also change their ticket. */
class FollowUpTest {

    private static final Map<String, Object> NOTE =
            Map.of("ticket_number", 4052, "body", "Fixed on site.", "then", Map.of("status", "Resolved"));
    private static final Map<String, Object> REPLY = Map.of(
            "ticket_number",
            4052,
            "body",
            "The printer works again.",
            "then",
            Map.of("status", "Closed", "assigned_to", "rita.solberg@desk.example"));
    private static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    private static Policy policy() {
        return Unguarded.noticesRepeats(CLOCK);
    }

    private static String status() {
        return String.valueOf(sandbox.client().tickets().get(4052).status());
    }

    private static List<String> written() {
        return sandbox.writes().stream()
                .map(Exchange::path)
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
    }

    private static Map<String, Object> then(ToolResult result) {
        return Expect.map(Expect.answer(result).get("then"));
    }

    private static final String HALF = ". The note was added; do not repeat it. The ticket was not changed; see then.";

    private static String notice(ToolResult result) {
        return String.valueOf(Expect.answer(result).get("notice"));
    }

    private static String said(ToolResult result, String field) {
        return String.valueOf(then(result).get(field));
    }

    @Test
    void one_call_adds_a_note_and_resolves_the_ticket() {
        List<AuditRecord> audited = new ArrayList<>();
        ToolResult done = sandbox.bound(policy().audit(audited::add)).call(CREATE_NOTE, NOTE);

        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(then(done)).isEqualTo(Map.of("done", true, "status", "Resolved"));
        assertThat(Expect.answer(done)).containsEntry("ticket_number", 4052).containsEntry("visibility", "internal");
        assertThat(written()).containsExactly("add_note", "update");
        assertThat(status()).isEqualTo("Resolved");
        assertThat(audited.get(0).calls()).isEqualTo(2);
        assertThat(audited.get(0).followUp()).isEqualTo("ok");
    }

    @Test
    void if_the_shared_state_fails_after_the_note_the_ticket_was_not_changed() {
        SharedProcessesContract.Cut state = new SharedProcessesContract.Cut(SharedState.inMemory(CLOCK));
        ToolResult half = sandbox.bound(
                        policy().state(state, SharedProcessesContract.KEY),
                        desk -> desk.plan(Plan.PLUS)
                                .httpClient(http -> http.addInterceptor(chain -> {
                                    state.isCut = !chain.request().method().equals("GET");
                                    return chain.proceed(chain.request());
                                })))
                .call(CREATE_NOTE, NOTE);

        assertThat(half.isError()).as(half.text()).isFalse();
        assertThat(then(half)).containsEntry("done", false);
        assertThat(said(half, "why")).contains("could not use its shared state");
        assertThat(Expect.answer(half).get("notice"))
                .isEqualTo("The note was added; do not repeat it. The ticket was not changed; see then.");
        assertThat(written()).containsExactly("add_note");
    }

    @Test
    void a_repetition_says_whether_its_change_was_made() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_NOTE, NOTE);

        assertThat(then(tools.call(CREATE_NOTE, NOTE))).containsEntry("done", true);
        ToolResult other = tools.call(CREATE_NOTE, with(NOTE, "then", Map.of("status", "Closed")));
        assertThat(then(other)).containsEntry("done", false);
        assertThat(said(other, "next")).startsWith("To make the change, call " + UPDATE_TICKET);
        assertThat(written()).containsExactly("add_note", "update");
    }

    @Test
    void an_argument_of_a_hosts_own_tool_that_has_the_same_name_changes_no_ticket() {
        OwnTool own = OwnTool.creates(
                "log_visit",
                "Logs a visit.",
                "{\"type\": \"object\"}",
                (desk, in, context) -> Map.of("then", in.toMap()));
        ToolResult done = sandbox.bound(policy().ownTool(own)).call("log_visit", NOTE);

        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(done.text()).contains("Resolved").doesNotContain("done");
    }

    @Test
    void a_note_with_a_file_resolves_the_ticket_too() {
        ToolResult done = sandbox.bound(policy())
                .call(
                        "desk_365_ticket_notes_create_with_attachment",
                        with(
                                NOTE,
                                "attachments",
                                List.of(Map.of("reference", "data:text/plain;base64,bG9n", "file_name", "log.txt"))));

        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(then(done)).isEqualTo(Map.of("done", true, "status", "Resolved"));
        assertThat(written()).containsExactly("add_note_with_attachment", "update");
    }

    @Test
    void the_preview_of_a_reply_shows_both_and_its_approval_covers_both() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()).clock(CLOCK));
        ToolResult preview = tools.call(CREATE_REPLY, REPLY);

        assertThat(sandbox.writes()).isEmpty();
        assertThat(Expect.map(Expect.map(Expect.answer(preview).get("preview")).get("then")))
                .isEqualTo(Map.of("status", "Open → Closed", "assigned_to", "rita.solberg@desk.example"));
        ToolResult done = tools.call(
                CREATE_REPLY,
                Map.of(
                        "ticket_number",
                        4052,
                        "approval_token",
                        Expect.answer(preview).get("approval_token")));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(written()).containsExactly("add_reply", "update");
        assertThat(status()).isEqualTo("Closed");
        assertThat(tools.call(CREATE_REPLY, REPLY).text()).contains("Nothing was sent now");
        assertThat(written()).hasSize(2);
    }

    @Test
    void a_note_whose_change_of_the_ticket_needs_approval_needs_it_too() {
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().updates(Approval.STAGE)));
        ToolResult preview = tools.call(CREATE_NOTE, NOTE);

        assertThat(preview.text()).contains("needs_approval", "\"then\":{\"status\":\"Resolved\"}");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(tools.call(CREATE_NOTE, Map.of("ticket_number", 4052, "body", "Only a note."))
                        .isError())
                .isFalse();
        assertThat(written()).containsExactly("add_note");
        ToolResult done = tools.call(
                CREATE_NOTE, with(NOTE, "approval_token", Expect.answer(preview).get("approval_token")));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(status()).isEqualTo("Resolved");
    }

    @Test
    void it_is_offered_only_to_callers_who_may_change_tickets() {
        Selection notes = Selection.everything().tools(CREATE_NOTE);
        BoundTools alone = sandbox.bound(Unguarded.policy(notes));
        assertThat(alone.definitions().get(0).inputSchema().toString()).doesNotContain("then");
        assertThat(alone.definitions().get(0).annotations()).containsEntry("destructiveHint", false);
        assertThat(alone.call(CREATE_NOTE, NOTE).errorCode()).isEqualTo("invalid_arguments");

        BoundTools denied =
                sandbox.bound(policy().approvals(Approvals.defaults().tool(UPDATE_TICKET, Approval.DENY)));
        assertThat(denied.call(CREATE_NOTE, NOTE).errorCode()).isEqualTo("invalid_arguments");

        BoundTools all = sandbox.bound(policy());
        CallContext scoped = CallContext.none().scope(notes);
        assertThat(all.definitions(scoped).get(0).inputSchema().toString()).doesNotContain("then");
        assertThat(all.call(CREATE_NOTE, NOTE, scoped).errorCode()).isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void what_a_caller_may_say_does_not_depend_on_who_called_before() {
        CallContext scoped = CallContext.none().scope(Selection.everything().exclude(UPDATE_TICKET, GET_TICKET));
        Map<String, Object> replacing = Map.of(
                "ticket_number", 4052, "replace", List.of(Map.of("old", "08:15 this morning", "new", "at noon")));
        CallContext cannotRead = CallContext.none().scope(Selection.everything().exclude(GET_TICKET));

        BoundTools tools = sandbox.bound(policy());
        assertThat(tools.call(CREATE_NOTE, NOTE).isError()).isFalse();
        assertThat(tools.call(UPDATE_TICKET, replacing).isError()).isFalse();
        int before = sandbox.exchanges().size();
        assertThat(tools.call(CREATE_NOTE, with(NOTE, "body", "Again."), scoped).errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(tools.call(UPDATE_TICKET, with(replacing, "priority", "high"), cannotRead)
                        .errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).hasSize(before);

        sandbox.reset();
        BoundTools others = sandbox.bound(policy());
        assertThat(others.call(CREATE_NOTE, NOTE, scoped).errorCode()).isEqualTo("invalid_arguments");
        assertThat(others.call(UPDATE_TICKET, replacing, cannotRead).errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(others.call(CREATE_NOTE, NOTE).isError()).isFalse();
        assertThat(others.call(UPDATE_TICKET, replacing).isError()).isFalse();
    }

    @Test
    void the_operators_limits_of_changes_hold_here_too() {
        BoundTools limited = sandbox.bound(
                policy().tool(UPDATE_TICKET, ToolSettings.none().allowed("status", "Pending", "Resolved")));
        assertThat(limited.allDefinitions().stream()
                        .filter(tool -> tool.name().equals(CREATE_NOTE))
                        .findFirst()
                        .orElseThrow()
                        .inputSchema()
                        .toString())
                .contains("status={type=string, enum=[Pending, Resolved], description=Limited by the operator.}");
        ToolResult refused = limited.call(CREATE_NOTE, with(NOTE, "then", Map.of("status", "Closed")));
        assertThat(refused.errorCode()).isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(limited.call(CREATE_NOTE, NOTE).isError()).isFalse();
        assertThat(status()).isEqualTo("Resolved");

        BoundTools fixed = sandbox.bound(Policy.of(Selection.everything())
                .clock(CLOCK)
                .approvals(Approvals.defaults().updates(Approval.STAGE))
                .tool(UPDATE_TICKET, ToolSettings.none().fixed("group", "Network")));
        ToolResult preview = fixed.call(CREATE_NOTE, with(NOTE, "then", Map.of("status", "Pending")));
        assertThat(preview.text()).contains("\"group\":\"Network\"");
        ToolResult done = fixed.call(
                CREATE_NOTE,
                Map.of(
                        "ticket_number",
                        4052,
                        "approval_token",
                        Expect.answer(preview).get("approval_token")));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sandbox.client().tickets().get(4052).group()).isEqualTo("Network");
    }

    @Test
    void a_wrong_value_is_noticed_before_anything_is_sent() {
        BoundTools tools = sandbox.bound(policy());
        ToolResult refused = tools.call(CREATE_NOTE, with(NOTE, "then", Map.of("assigned_to", "Rita")));
        assertThat(refused.text()).startsWith("Nothing was done. then must be given so that assigned_to is one e-mail");
        assertThat(tools.call(CREATE_NOTE, with(NOTE, "then", Map.of("priority", "high")))
                        .text())
                .contains("Nothing was done", "priority");
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(tools.call(CREATE_NOTE, with(NOTE, "then", Map.of())).isError())
                .isFalse();
        assertThat(written()).containsExactly("add_note");
    }

    @Test
    void a_value_whose_meaning_is_clear_is_repaired_and_the_repair_is_reported() {
        ToolResult done = sandbox.bound(policy())
                .call(
                        CREATE_NOTE,
                        with(NOTE, "then", Map.of("assigned_to", "Rita Solberg <rita.solberg@desk.example>")));

        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(then(done)).isEqualTo(Map.of("done", true, "assigned_to", "rita.solberg@desk.example"));
        assertThat(done.meta().toString()).contains("then.assigned_to was read as");
    }

    @Test
    void the_same_message_with_another_change_is_not_sent_again() {
        BoundTools tools = sandbox.bound(policy());
        tools.call(CREATE_NOTE, with(NOTE, "then", Map.of()));
        ToolResult again = tools.call(CREATE_NOTE, NOTE);

        assertThat(again.text()).contains("Nothing was sent now");
        assertThat(then(again)).containsEntry("done", false);
        assertThat(said(again, "next")).contains(UPDATE_TICKET);
        assertThat(written()).containsExactly("add_note");
        assertThat(status()).isEqualTo("Open");
    }

    @Test
    void nothing_is_begun_that_the_plan_does_not_allow_to_complete() {
        BoundTools tools = sandbox.bound(policy().plan(Plan.PLUS));
        for (int i = 0; i < 49; i++) {
            tools.call("list_all_desk_365_kb_articles", Map.of());
        }
        sandbox.forget();
        ToolResult refused = tools.call(CREATE_NOTE, NOTE);
        assertThat(refused.errorCode()).isEqualTo("rate_limited");
        assertThat(refused.text()).contains("this costs 2 calls", "has 1 left");
        assertThat(sandbox.exchanges()).isEmpty();
        CLOCK.advance(Duration.ofMinutes(2));
        assertThat(tools.call(CREATE_NOTE, NOTE).isError()).isFalse();
    }

    @Test
    void if_updates_are_compared_the_read_before_the_change_is_part_of_what_the_plan_must_allow() {
        Policy comparing = policy().compareUpdates();
        BoundTools tools = sandbox.bound(comparing.plan(Plan.PLUS));
        for (int i = 0; i < 48; i++) {
            tools.call("list_all_desk_365_kb_articles", Map.of());
        }
        sandbox.forget();

        assertThat(tools.call(CREATE_NOTE, NOTE).text()).contains("this costs 3 calls", "has 2 left");
        assertThat(sandbox.exchanges()).isEmpty();
        CallContext cannotRead = CallContext.none().scope(Selection.everything().tools(CREATE_NOTE, UPDATE_TICKET));
        assertThat(then(tools.call(CREATE_NOTE, NOTE, cannotRead))).containsEntry("done", true);
        assertThat(sandbox.exchanges()).hasSize(2);

        CLOCK.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 47; i++) {
            tools.call("list_all_desk_365_kb_articles", Map.of());
        }
        sandbox.forget();
        assertThat(then(tools.call(CREATE_NOTE, with(NOTE, "body", "Once more."))))
                .containsEntry("done", true);
        assertThat(sandbox.exchanges()).hasSize(3);
    }

    @Test
    void a_message_without_a_response_is_found_and_what_was_to_follow_is_named() {
        BoundTools tools = sandbox.bound(policy());
        sandbox.next(Fault.loseAnswer());
        ToolResult lost = tools.call(CREATE_NOTE, NOTE);
        assertThat(lost.errorCode()).isEqualTo("unknown_outcome");
        assertThat(lost.text()).contains("The change in then was not started.");
        CLOCK.advance(Duration.ofSeconds(11));

        ToolResult found = tools.call(CREATE_NOTE, NOTE);
        assertThat(Expect.answer(found)).containsEntry("found", true);
        assertThat(said(found, "next")).contains("call " + UPDATE_TICKET + " with these arguments");
        assertThat(Text.json(Expect.map(then(found).get("arguments"))))
                .isEqualTo("{\"ticket_number\":4052,\"status\":\"Resolved\"}");
        assertThat(written()).containsExactly("add_note");
        assertThat(status()).isEqualTo("Open");
    }

    @Test
    void a_corrected_change_after_a_refused_one_is_named_in_our_own_words() {
        BoundTools tools = sandbox.bound(policy());
        ToolResult refused = tools.call(CREATE_NOTE, with(NOTE, "then", Map.of("status", "closd")));
        assertThat(refused.text()).contains("\"why\":\"(*");

        assertThat(tools.call(CREATE_NOTE, NOTE).text())
                .contains("\"why\":\"This call did nothing")
                .doesNotContain("(*");
        assertThat(written()).containsExactly("add_note", "update");
    }

    @Test
    void a_change_without_a_response_is_unknown_and_the_message_is_not_repeated() {
        BoundTools tools = sandbox.bound(policy());
        sandbox.next("updateTicket", Fault.loseAnswer());
        ToolResult half = tools.call(CREATE_REPLY, REPLY);

        assertThat(half.isError()).as(half.text()).isFalse();
        assertThat(half.text())
                .startsWith(
                        "{\"notice\":\"The reply was sent; do not repeat it. Whether the ticket was changed is unknown");
        assertThat(then(half)).containsEntry("done", "unknown");
        assertThat(said(half, "next")).contains("Read the ticket", UPDATE_TICKET);
        assertThat(tools.call(CREATE_REPLY, REPLY).text()).contains("Nothing was sent now", "\"done\":\"unknown\"");
        assertThat(written()).containsExactly("add_reply", "update");
    }

    @Test
    void a_change_that_is_refused_is_named_with_the_call_that_makes_it() {
        List<AuditRecord> audited = new ArrayList<>();
        BoundTools tools = sandbox.bound(policy().audit(audited::add));
        sandbox.next("updateTicket", Fault.answer(400, Map.of(), "{\"message\":\"No such status\"}"));
        ToolResult half = tools.call(CREATE_NOTE, NOTE);

        assertThat(half.isError()).as(half.text()).isFalse();
        assertThat(half.text()).contains("The note was added; do not repeat it. The ticket was not changed");
        assertThat(Expect.answer(half)).containsEntry("visibility", "internal");
        assertThat(audited.get(0).outcome()).isEqualTo("partly");
        assertThat(audited.get(0).followUp()).isEqualTo("refused");
        assertThat(then(half)).containsEntry("done", false);
        assertThat(said(half, "why")).contains("No such status");
        assertThat(said(half, "next")).startsWith("Correct the value, and call " + UPDATE_TICKET);
        assertThat(notice(tools.call(CREATE_NOTE, NOTE)))
                .startsWith("Nothing was sent now")
                .endsWith(HALF);
        assertThat(written()).containsExactly("add_note", "update");
        assertThat(status()).isEqualTo("Open");
    }

    @Test
    void the_result_of_an_approved_call_says_what_was_not_done_too() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .clock(CLOCK)
                .approvals(Approvals.defaults().creates(Approval.CONFIRM))
                .approvalPlace("https://help.example/approvals"));
        sandbox.next("updateTicket", Fault.answer(400, Map.of(), "{\"message\":\"No such status\"}"));
        tools.call(CREATE_NOTE, NOTE);
        tools.pendingCalls().approve(tools.pendingCalls().waiting().get(0).id(), "jane", "page");

        assertThat(notice(tools.call(CREATE_NOTE, NOTE)))
                .startsWith("A person approved this call")
                .endsWith(HALF);
        assertThat(written()).containsExactly("add_note", "update");
    }

    @Test
    void a_change_that_no_other_value_makes_possible_asks_for_none() {
        sandbox.next("updateTicket", Fault.answer(403, Map.of(), ""));
        ToolResult half = sandbox.bound(policy()).call(CREATE_NOTE, NOTE);

        assertThat(then(half)).containsEntry("done", false);
        assertThat(said(half, "next")).startsWith("To make the change, call " + UPDATE_TICKET);
    }
}
