package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One change to several tickets: what the service got, and what is said of each ticket. */
class TicketsUpdateTest {

    private static final String UPDATE = "updateTicket";

    /** The newest tickets of the sandbox; none is in the group Network. */
    private static final List<Long> TWELVE = notInNetwork(12);

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static List<Long> notInNetwork(int many) {
        try (TestSandbox fresh = TestSandbox.start()) {
            return fresh.client().tickets().list(query -> query.pageSize(100)).stream()
                    .filter(ticket -> !"Network".equals(ticket.group()))
                    .limit(many)
                    .map(Ticket::ticketNumber)
                    .toList();
        }
    }

    private static Map<String, Object> toNetwork(List<Long> numbers) {
        return Map.of("ticket_numbers", numbers, "group", "Network");
    }

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.policy());
    }

    private static BoundTools under(Approvals approvals) {
        return sandbox.bound(Policy.of(Selection.everything()).approvals(approvals));
    }

    /** The tickets by what became of them. */
    private static Map<Object, List<Long>> results(Map<String, Object> answer) {
        return Expect.list(answer.get("tickets")).stream()
                .map(Expect::map)
                .collect(Collectors.groupingBy(
                        row -> String.valueOf(row.get("result")),
                        LinkedHashMap::new,
                        Collectors.mapping(row -> number(row), Collectors.toList())));
    }

    /** The tickets for which the service got a change, in this order. */
    private static List<Long> written() {
        return sandbox.writes().stream().map(TicketsUpdateTest::number).toList();
    }

    private static Long number(Exchange update) {
        return Long.valueOf(
                Objects.requireNonNull(update.query().get("ticket_number")).get(0));
    }

    private static long number(Map<String, Object> ticket) {
        return ((Number) Objects.requireNonNull(ticket.get("ticket_number"))).longValue();
    }

    private static List<String> groups(List<Long> numbers) {
        return numbers.stream()
                .map(number ->
                        String.valueOf(sandbox.client().tickets().get(number).group()))
                .distinct()
                .toList();
    }

    private static List<Long> unknown(Map<String, Object> answer) {
        return results(answer).getOrDefault("unknown", List.of());
    }

    /** The tickets that the answer says to pass again. */
    private static List<Long> rest(Map<String, Object> answer) {
        return answer.containsKey("again_with")
                ? Expect.list(answer.get("again_with")).stream()
                        .map(number -> ((Number) number).longValue())
                        .toList()
                : List.of();
    }

    @Test
    void twelve_tickets_move_in_three_calls_with_approval() {
        BoundTools tools = under(Approvals.defaults().updates(Approval.STAGE));
        Map<String, Object> list = Expect.answer(
                tools.call(LIST_TICKETS, Map.of("ticket_count", 100, "fields", List.of("ticket_number", "group"))));
        List<Long> found = Expect.list(list.get("tickets")).stream()
                .map(Expect::map)
                .filter(ticket -> !"Network".equals(ticket.get("group")))
                .limit(12)
                .map(ticket -> number(ticket))
                .toList();
        assertThat(found).isEqualTo(TWELVE);
        sandbox.forget();

        Map<String, Object> staged = Expect.answer(tools.call(UPDATE_TICKETS, toNetwork(found)));
        Map<String, Object> preview = Expect.map(staged.get("preview"));

        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(sandbox.writes()).isEmpty();
        assertThat(preview).containsEntry("touches", "12 tickets");
        assertThat(String.valueOf(preview.get("costs")))
                .startsWith("about 13 calls: 1 to read the tickets again, 12 to change them");
        assertThat(String.valueOf(preview.get("tickets")).lines())
                .hasSize(12)
                .allMatch(line -> line.matches("\\d+: group .+ → Network"));
        assertThat(preview).doesNotContainKey("ticket_subject");

        Map<String, Object> done = Expect.answer(tools.call(
                UPDATE_TICKETS,
                Map.of("ticket_numbers", found, "approval_token", String.valueOf(staged.get("approval_token")))));

        assertThat(done).containsEntry("complete", true).containsEntry("summary", "Of 12 tickets: 12 changed.");
        assertThat(written()).isEqualTo(found);
        assertThat(groups(found)).containsExactly("Network");
    }

    @Test
    void a_person_sees_what_each_ticket_is_about_and_how_it_would_change() {
        List<String> shown = new ArrayList<>();
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().updates(Approval.CONFIRM))
                .confirmation((preview, context) -> !shown.add(preview)));
        Ticket first = sandbox.client().tickets().get(TWELVE.get(0));

        ToolResult declined = tools.call(UPDATE_TICKETS, Map.of("ticket_numbers", TWELVE, "clear", List.of("group")));

        assertThat(declined.errorCode()).isEqualTo("not_confirmed");
        assertThat(shown)
                .singleElement()
                .asString()
                .contains(
                        first.ticketNumber() + " " + first.subject(),
                        first.ticketNumber() + ": group " + first.group() + " → (none)");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void it_acts_at_once_where_the_policy_asks_for_no_approval() {
        Map<String, Object> answer = Expect.answer(under(Approvals.defaults()).call(UPDATE_TICKETS, toNetwork(TWELVE)));

        assertThat(answer).containsEntry("complete", true);
        assertThat(written()).isEqualTo(TWELVE);
        assertThat(Expect.map(Expect.list(answer.get("tickets")).get(0)).get("was"))
                .asString()
                .startsWith("{group=");
    }

    @Test
    void a_ticket_that_is_so_already_is_not_written_again() {
        tools().call(UPDATE_TICKET, Map.of("ticket_number", TWELVE.get(3), "group", "Network"));
        sandbox.forget();

        Map<String, Object> first = Expect.answer(tools().call(UPDATE_TICKETS, toNetwork(TWELVE)));
        assertThat(results(first)).containsEntry("unchanged", List.of(TWELVE.get(3)));
        assertThat(written()).hasSize(11).doesNotContain(TWELVE.get(3));
        sandbox.forget();

        Map<String, Object> second = Expect.answer(tools().call(UPDATE_TICKETS, toNetwork(TWELVE)));
        assertThat(second).containsEntry("complete", true).containsEntry("summary", "Of 12 tickets: 12 unchanged.");
        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void if_the_shared_state_fails_on_the_way_the_answer_says_which_tickets_were_changed(int changes) {
        SharedProcessesContract.Cut state = new SharedProcessesContract.Cut(SharedState.inMemory(Clock.systemUTC()));
        BoundTools tools = sandbox.bound(
                Unguarded.policy().state(state, SharedProcessesContract.KEY),
                desk -> desk.plan(Plan.PLUS)
                        .httpClient(http -> http.addInterceptor(chain -> {
                            state.isCut = changes == 0
                                    || sandbox.writes().size() == changes - 1
                                            && !chain.request().method().equals("GET");
                            return chain.proceed(chain.request());
                        })));

        Map<String, Object> answer = Expect.answer(tools.call(UPDATE_TICKETS, toNetwork(TWELVE)));

        assertThat(written()).isEqualTo(TWELVE.subList(0, changes));
        assertThat(results(answer).getOrDefault("changed", List.of())).isEqualTo(written());
        assertThat(rest(answer)).isEqualTo(TWELVE.subList(changes, 12));
        assertThat(answer.get("summary")).asString().endsWith("because this server cannot use its shared state.");
    }

    @Test
    void if_the_shared_state_fails_before_all_tickets_were_read_nothing_was_changed() {
        SharedProcessesContract.Cut state = new SharedProcessesContract.Cut(SharedState.inMemory(Clock.systemUTC()));
        BoundTools tools = sandbox.bound(
                Unguarded.policy().state(state, SharedProcessesContract.KEY),
                desk -> desk.plan(Plan.PLUS)
                        .httpClient(http -> http.addInterceptor(chain -> {
                            state.isCut = true;
                            return chain.proceed(chain.request());
                        })));

        ToolResult result = tools.call(UPDATE_TICKETS, toNetwork(List.of(4001L, 4002L)));

        assertThat(result.errorCode()).isEqualTo("busy");
        assertThat(result.text()).startsWith("Nothing was sent");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void old_tickets_are_read_one_by_one_and_a_missing_one_has_failed_without_ending_the_call() {
        List<Long> old = List.of(4001L, 4002L, 4005L, 77_777L);

        Map<String, Object> answer =
                Expect.answer(tools().call(UPDATE_TICKETS, Map.of("ticket_numbers", old, "priority", "urgent")));

        // One page of the newest, four tickets, three changes.
        assertThat(sandbox.exchanges()).hasSize(8);
        assertThat(results(answer))
                .containsEntry("changed", List.of(4001L, 4002L, 4005L))
                .containsEntry("failed", List.of(77_777L));
        assertThat(answer.toString()).contains("why=There is no such ticket.");
        assertThat(answer)
                .containsEntry("complete", true)
                .containsEntry("summary", "Of 4 tickets: 3 changed, 1 failed.")
                .containsEntry("failed", List.of(77_777L))
                .doesNotContainKeys("again_with", "next");
    }

    @Test
    void it_is_refused_before_it_starts_if_the_calls_do_not_suffice() {
        BoundTools tools = sandbox.bound(Unguarded.policy(), desk -> desk.plan(Plan.PLUS));
        for (int i = 0; i < 40; i++) {
            tools.call(GET_TICKET, Map.of("ticket_number", 4052));
        }

        ToolResult refused = tools.call(UPDATE_TICKETS, toNetwork(TWELVE));

        assertThat(refused.errorCode()).isEqualTo("rate_limited");
        assertThat(refused.text())
                .contains("Nothing was changed: this needs up to 12 more calls")
                .contains("the Desk365 plan has 9 left. Pass 9 or fewer ticket_numbers");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(Expect.answer(tools.call(UPDATE_TICKETS, toNetwork(TWELVE.subList(0, 8)))))
                .containsEntry("complete", true);
    }

    @Test
    void calls_that_the_service_says_are_left_are_enough_to_know() {
        try (TestSandbox limited = TestSandbox.start(options -> options.plan(io.github.desk365mcp.sandbox.Plan.PLUS))) {
            for (int i = 0; i < 40; i++) {
                limited.client().tickets().get(4052);
            }

            ToolResult refused = limited.bound(Unguarded.policy()).call(UPDATE_TICKETS, toNetwork(TWELVE));

            assertThat(refused.text()).contains("the Desk365 plan has 9 left");
            assertThat(limited.writes()).isEmpty();
        }
    }

    /** Lets something happen when this many changes have been made. */
    private static CallContext after(long changes, Runnable event) {
        return CallContext.none().progress((done, total) -> {
            if (done == changes) {
                event.run();
            }
        });
    }

    @Test
    void a_rate_limit_in_the_middle_leaves_the_rest_for_another_call() {
        Map<String, Object> answer = Expect.answer(tools().call(
                        UPDATE_TICKETS,
                        toNetwork(TWELVE),
                        after(5, () -> sandbox.next(UPDATE, Fault.answer(429, Map.of("Retry-After", "1"), "{}")))));

        assertThat(results(answer))
                .containsEntry("changed", TWELVE.subList(0, 5))
                .containsEntry("not_started", TWELVE.subList(5, 12));
        assertThat(String.valueOf(answer.get("summary"))).endsWith("because the rate limit of the plan is reached.");
        assertThat(rest(answer)).isEqualTo(TWELVE.subList(5, 12));
        assertThat(sandbox.writes()).hasSize(6);
    }

    @Test
    void a_lost_response_in_the_middle_is_unknown_and_the_next_call_finds_out() {
        Map<String, Object> answer = Expect.answer(tools().call(
                        UPDATE_TICKETS, toNetwork(TWELVE), after(2, () -> sandbox.next(UPDATE, Fault.loseAnswer()))));

        assertThat(results(answer))
                .containsEntry("changed", TWELVE.subList(0, 2))
                .containsEntry("unknown", List.of(TWELVE.get(2)))
                .containsEntry("not_started", TWELVE.subList(3, 12));
        assertThat(String.valueOf(answer.get("next"))).contains("in a minute", "each ticket is read first");

        Map<String, Object> rest =
                Expect.answer(tools().call(UPDATE_TICKETS, Map.of("ticket_numbers", rest(answer), "group", "Network")));

        assertThat(results(rest))
                .containsEntry("unchanged", List.of(TWELVE.get(2)))
                .containsEntry("changed", TWELVE.subList(3, 12));
        assertThat(written()).as("nothing is written twice").isEqualTo(TWELVE);
    }

    @ParameterizedTest(name = "with new Random({0})")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_fails_every_ticket_is_changed_in_the_end_and_only_once(long seed) {
        Random random = new Random(seed);
        List<Long> notCarriedOut = new ArrayList<>();
        List<Long> left = TWELVE;
        for (int i = 0; i < 20 && !left.isEmpty(); i++) {
            Fault fault = random.nextBoolean() ? Fault.loseAnswer() : Fault.dropBefore();
            ToolResult result = tools().call(
                            UPDATE_TICKETS,
                            toNetwork(left),
                            after(1 + random.nextInt(4), () -> sandbox.next(UPDATE, fault)));
            List<Long> unknown = result.isError() ? left : unknown(Expect.answer(result));
            if (!unknown.isEmpty() && !groups(unknown).equals(List.of("Network"))) {
                notCarriedOut.addAll(unknown);
            }
            left = result.isError() ? left : rest(Expect.answer(result));
        }

        assertThat(left).isEmpty();
        assertThat(groups(TWELVE)).containsExactly("Network");
        List<Long> carriedOut = new ArrayList<>(written());
        notCarriedOut.forEach(carriedOut::remove);
        assertThat(carriedOut).containsExactlyInAnyOrderElementsOf(TWELVE);
    }

    @Test
    void a_change_that_is_cancelled_says_what_was_done() {
        Cancellation cancellation = new Cancellation();

        Map<String, Object> answer = Expect.answer(tools().call(
                        UPDATE_TICKETS,
                        toNetwork(TWELVE),
                        after(4, cancellation::cancel).cancellation(cancellation)));

        assertThat(results(answer))
                .containsEntry("changed", TWELVE.subList(0, 4))
                .containsEntry("not_started", TWELVE.subList(4, 12));
        assertThat(String.valueOf(answer.get("summary"))).endsWith("because the call was cancelled.");
        assertThat(written()).isEqualTo(TWELVE.subList(0, 4));
    }

    @Test
    void a_cancellation_before_the_first_change_changed_nothing() throws InterruptedException {
        Cancellation cancellation = new Cancellation();
        sandbox.stall(1);
        List<ToolResult> results = new ArrayList<>();
        Thread call = new Thread(() -> results.add(tools().call(
                        UPDATE_TICKETS, toNetwork(TWELVE), CallContext.none().cancellation(cancellation))));
        call.start();
        sandbox.awaitExchanges(1);

        cancellation.cancel();
        call.join();

        assertThat(results.get(0).errorCode()).isEqualTo("cancelled");
        assertThat(results.get(0).text()).contains("nothing was changed").doesNotContain("unknown");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_call_that_is_repeated_while_it_is_carried_out_writes_nothing_twice() throws InterruptedException {
        BoundTools tools = tools();
        List<ToolResult> results = new ArrayList<>();
        Thread first = new Thread(() -> results.add(
                tools.call(UPDATE_TICKETS, toNetwork(TWELVE.subList(0, 6)), after(2, () -> sandbox.stall(1)))));
        first.start();
        // One read, two changes, and one that gets no response yet.
        sandbox.awaitExchanges(4);

        ToolResult same = tools.call(UPDATE_TICKETS, toNetwork(TWELVE.subList(0, 6)));
        Map<String, Object> other = Expect.answer(tools.call(UPDATE_TICKETS, toNetwork(TWELVE)));
        sandbox.release();
        first.join();

        assertThat(same.errorCode()).isEqualTo("busy");
        assertThat(results(other))
                .containsEntry("not_started", TWELVE.subList(0, 6))
                .containsEntry("changed", TWELVE.subList(6, 12));
        assertThat(Expect.answer(results.get(0))).containsEntry("complete", true);
        assertThat(written()).containsExactlyInAnyOrderElementsOf(TWELVE);
        assertThat(Expect.answer(tools.call(UPDATE_TICKETS, toNetwork(TWELVE))))
                .containsEntry("summary", "Of 12 tickets: 12 unchanged.");
    }

    @Test
    void progress_counts_the_changes() {
        List<String> progress = new ArrayList<>();

        tools().call(
                        UPDATE_TICKETS,
                        toNetwork(TWELVE.subList(0, 3)),
                        CallContext.none().progress((done, total) -> progress.add(done + "/" + total)));

        assertThat(progress).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void a_refusal_of_the_first_change_is_that_of_the_call() {
        sandbox.next(UPDATE, Fault.answer(400, Map.of(), "{\"message\":\"Invalid value for group\"}"));

        ToolResult refused = tools().call(UPDATE_TICKETS, toNetwork(TWELVE));

        assertThat(refused.errorCode()).isEqualTo("refused");
        assertThat(refused.text()).contains("Invalid value for group", "Nothing was done");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_refusal_of_a_later_change_concerns_that_ticket_alone() {
        ToolResult result = tools().call(
                        UPDATE_TICKETS,
                        toNetwork(TWELVE),
                        after(
                                1,
                                () -> sandbox.next(
                                        UPDATE, Fault.answer(422, Map.of(), "{\"message\":\"Ticket is locked\"}"))));

        assertThat(results(Expect.answer(result))).containsEntry("failed", List.of(TWELVE.get(1)));
        assertThat(result.text()).contains("Desk365 refused it (422).").contains("Ticket is locked:");
        assertThat(written()).hasSize(12);
    }

    @Test
    void a_change_that_the_service_only_claims_to_have_made_is_not_told_as_made() {
        sandbox.next(
                UPDATE,
                Fault.replaceAnswer(
                        200,
                        Map.of(),
                        "{\"ticket_number\":" + TWELVE.get(0) + ",\"group\":\"Billing\",\"status\":\"Open\"}"));

        Map<String, Object> answer = Expect.answer(tools().call(UPDATE_TICKETS, toNetwork(TWELVE.subList(0, 3))));

        assertThat(results(answer))
                .containsEntry("failed", List.of(TWELVE.get(0)))
                .containsEntry("changed", TWELVE.subList(1, 3));
        assertThat(answer.toString()).contains("group is not as asked");
    }

    @Test
    void tickets_that_cannot_be_read_are_not_changed() {
        sandbox.next(Fault.answer(500, Map.of(), "{}"));

        ToolResult refused = tools().call(UPDATE_TICKETS, toNetwork(TWELVE));

        assertThat(refused.errorCode()).isEqualTo("no_answer");
        assertThat(refused.text())
                .startsWith("Nothing was changed. Desk365 had an internal error (500)")
                .doesNotContain("unknown");
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 407, 429})
    void a_refusal_while_the_tickets_are_read_is_answered_as_that_of_a_single_read(int status) {
        Fault refusal = Fault.answer(status, Map.of("Retry-After", "7"), "{}");
        sandbox.next(refusal);
        ToolResult read = tools().call(GET_TICKET, Map.of("ticket_number", TWELVE.get(0)));
        sandbox.next(refusal);

        ToolResult update = tools().call(UPDATE_TICKETS, toNetwork(TWELVE));

        assertThat(update.errorCode()).isEqualTo(read.errorCode());
        assertThat(update.text()).isEqualTo(read.text());
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void more_than_forty_tickets_are_refused_before_anything_is_read() {
        ToolResult refused = tools().call(
                        UPDATE_TICKETS,
                        toNetwork(LongStream.rangeClosed(4001, 4041).boxed().toList()));

        assertThat(refused.errorCode()).isEqualTo("invalid_arguments");
        assertThat(refused.text()).contains("at most 40 items, not 41");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void audits_tell_a_part_from_the_whole() {
        List<AuditRecord> records = new ArrayList<>();
        BoundTools tools = sandbox.bound(Unguarded.policy().audit(records::add));

        tools.call(UPDATE_TICKETS, toNetwork(TWELVE.subList(0, 3)));
        tools.call(UPDATE_TICKETS, Map.of("ticket_numbers", List.of(4001, 77_777), "priority", "urgent"));

        assertThat(records).extracting(AuditRecord::outcome).containsExactly("ok", "partly");
        assertThat(records).extracting(AuditRecord::calls).containsExactly(4, 3);
        assertThat(records).extracting(AuditRecord::effect).containsOnly("update");
    }

    @Test
    void a_person_learns_of_the_part_that_was_done_and_is_asked_about_the_rest() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().updates(Approval.CONFIRM))
                .approvalPlace("https://helpdesk.example/approvals"));
        tools.call(UPDATE_TICKETS, toNetwork(TWELVE));
        sandbox.next(UPDATE, Fault.loseAnswer());

        PendingCall done = tools.pendingCalls()
                .approve(tools.pendingCalls().waiting().get(0).id(), "jane", "page");
        assertThat(done.message())
                .startsWith("Not all of it was carried out. Of 12 tickets: 1 unknown, 11 not started.");

        assertThat(tools.call(UPDATE_TICKETS, toNetwork(TWELVE)).text()).contains("again_with");
        assertThat(tools.call(UPDATE_TICKETS, toNetwork(TWELVE)).text()).contains("waiting_for_approval");
        tools.pendingCalls().approve(tools.pendingCalls().waiting().get(0).id(), "jane", "page");
        assertThat(Expect.answer(tools.call(UPDATE_TICKETS, toNetwork(TWELVE))))
                .containsEntry("summary", "Of 12 tickets: 11 changed, 1 unchanged.");
        assertThat(written()).isEqualTo(TWELVE);
    }

    // What an operator says of the tool for one ticket.

    private static boolean lists(Policy policy) {
        return sandbox.bound(policy).lists(UPDATE_TICKETS, CallContext.none());
    }

    @Test
    void whoever_may_not_change_one_ticket_may_not_change_many() {
        Policy all = Policy.of(Selection.everything());

        assertThat(lists(all)).isTrue();
        assertThat(lists(Policy.of(Selection.everything().exclude(UPDATE_TICKET))))
                .isFalse();
        assertThat(lists(Policy.of(Selection.everything().exclude("update_ticket"))))
                .isFalse();
        assertThat(lists(Policy.of(Selection.everything().exclude("tickets.update"))))
                .isFalse();
        assertThat(lists(Policy.of(Selection.everything().methods("read", "custom", "create"))))
                .isFalse();
        assertThat(lists(Policy.of(Selection.everything().methods("update")))).isTrue();
        assertThat(lists(Policy.of(Selection.everything().tools(UPDATE_TICKET))))
                .isFalse();
        assertThat(lists(Policy.of(Selection.triage()))).isFalse();
        assertThat(lists(all.approvals(Approvals.defaults().tool("update_ticket", Approval.DENY))))
                .isFalse();
    }

    @Test
    void a_grant_without_the_tool_for_one_does_not_open_the_one_for_many() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        ToolGrant grant = tools.grants()
                .issue(ToolGrant.of("contractor", Selection.everything().exclude(UPDATE_TICKET)))
                .grant();

        assertThat(tools.lists(UPDATE_TICKETS, CallContext.none().grant(grant))).isFalse();
    }

    @Test
    void an_approval_of_the_tool_for_one_holds_for_many() {
        BoundTools tools = under(Approvals.defaults().tool(UPDATE_TICKET, Approval.STAGE));

        assertThat(tools.call(UPDATE_TICKETS, toNetwork(TWELVE)).text()).contains("needs_approval");
        assertThat(under(Approvals.defaults()
                                .tool(UPDATE_TICKET, Approval.STAGE)
                                .tool(UPDATE_TICKETS, Approval.CONFIRM))
                        .call(UPDATE_TICKETS, toNetwork(TWELVE))
                        .errorCode())
                .isEqualTo("not_confirmed");
        assertThat(sandbox.writes()).isEmpty();
    }

    private static ToolResult limited(ToolSettings ofOne, Map<String, Object> arguments) {
        return sandbox.bound(Unguarded.policy().tool(UPDATE_TICKET, ofOne)).call(UPDATE_TICKETS, arguments);
    }

    @Test
    void values_that_one_ticket_may_have_are_those_that_many_may_have() {
        ToolSettings settings =
                ToolSettings.none().allowed("group", "Billing").allowed("ticket_number", TWELVE.get(0), TWELVE.get(1));

        assertThat(limited(settings, toNetwork(TWELVE.subList(0, 2))).errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(limited(settings, Map.of("ticket_numbers", TWELVE.subList(0, 2), "clear", List.of("group")))
                        .errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(limited(settings, Map.of("ticket_numbers", TWELVE.subList(0, 3), "status", "Pending"))
                        .errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(limited(settings, Map.of("ticket_numbers", TWELVE.subList(0, 2), "group", "Billing"))
                        .isError())
                .isFalse();
    }

    @Test
    void a_value_that_every_change_of_one_ticket_has_every_change_of_many_has_or_there_is_none() {
        assertThat(limited(ToolSettings.none().fixed("group", "Billing"), toNetwork(TWELVE))
                        .errorCode())
                .isEqualTo("invalid_arguments");
        assertThat(lists(Unguarded.policy()
                        .tool(
                                UPDATE_TICKET,
                                ToolSettings.none().fixed("add_watchers", List.of("rita.solberg@desk.example")))))
                .isFalse();
        assertThat(lists(Unguarded.policy()
                        .everyTool(ToolSettings.none().fixed("add_watchers", List.of("rita.solberg@desk.example")))))
                .isFalse();
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void its_own_settings_replace_those_of_the_tool_for_one() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .tool(UPDATE_TICKET, ToolSettings.none().allowed("group", "Billing"))
                .tool(UPDATE_TICKETS, ToolSettings.none().allowed("group", "Network")));

        assertThat(tools.call(UPDATE_TICKETS, toNetwork(TWELVE)).isError()).isFalse();
    }

    @Test
    void whoever_may_not_read_tickets_does_not_see_what_they_were() {
        Policy policy = Policy.of(Selection.everything().tools(UPDATE_TICKETS))
                .approvals(Approvals.defaults().updates(Approval.STAGE));
        BoundTools tools = sandbox.bound(policy);
        Map<String, Object> staged = Expect.answer(tools.call(UPDATE_TICKETS, toNetwork(TWELVE)));
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(String.valueOf(staged.get("preview"))).doesNotContain("→");

        Map<String, Object> done = Expect.answer(tools.call(
                UPDATE_TICKETS,
                Map.of("ticket_numbers", TWELVE, "approval_token", String.valueOf(staged.get("approval_token")))));

        assertThat(done).containsEntry("complete", true);
        assertThat(done.toString()).doesNotContain("was=");
    }
}
