package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the calls that are left, and what is done about it. */
class BudgetTest {

    private static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);

    private static final Map<String, Object> ANSWER = Map.of("ticket_number", 4052, "body", "We are on our way.");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final ManualClock clock = new ManualClock(Instant.now());
    private final List<AuditRecord> records = new ArrayList<>();

    @Test
    void a_context_takes_the_calls_that_there_are_and_says_what_is_missing() {
        BoundTools tools = tools(Plan.PLUS);
        for (int i = 0; i < 47; i++) {
            tools.call(GET_TICKET, TICKET);
        }
        sandbox.forget();

        Map<String, Object> context = Expect.answer(tools.call("desk_365_tickets_get_context", TICKET));

        assertThat(sandbox.exchanges()).hasSize(3);
        assertThat(context).containsKeys("ticket", "conversations", "contact").doesNotContainKey("company");
        assertThat(String.valueOf(context.get("missing")))
                .contains("company")
                .contains("The rate limit of the plan is reached.");
    }

    private BoundTools tools(@Nullable Plan plan) {
        return tools(plan, sandbox.baseUrl());
    }

    private BoundTools tools(@Nullable Plan plan, URI address) {
        return sandbox.bound(Policy.of(Selection.everything()).clock(clock).audit(records::add), desk -> {
            desk.baseUrl(address);
            return plan == null ? desk : desk.plan(plan);
        });
    }

    private static void says(int status, Map<String, String> headers) {
        sandbox.next(Fault.answer(status, headers, "{\"ticket_number\": 4052}"));
    }

    private static Map<String, Object> figures(ToolResult result) {
        Map<String, Object> figures =
                new LinkedHashMap<>(Expect.map(result.meta().get(MetaKeys.RATE_LIMIT)));
        figures.put("estimated", List.copyOf(Expect.list(figures.get("estimated"))));
        return figures;
    }

    @Test
    void the_sentence_of_a_429_says_what_its_figures_say() {
        BoundTools tools = tools(Plan.PLUS);
        says(429, Map.of("Retry-After", "17"));

        ToolResult limited = tools.call(GET_TICKET, TICKET);

        assertThat(limited.text()).contains("Wait 17 seconds");
        assertThat(figures(limited))
                .isEqualTo(Map.of(
                        "ratelimit-limit",
                        50,
                        "ratelimit-remaining",
                        0,
                        "ratelimit-reset",
                        17L,
                        "estimated",
                        List.of("ratelimit-limit")));
    }

    @Test
    void a_wait_that_is_named_as_a_date_counts_like_one_in_seconds() {
        BoundTools tools = tools(Plan.STANDARD);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90));
        says(429, Map.of("Retry-After", date));
        // The service tells full seconds alone.
        assertThat((Long) figures(tools.call(GET_TICKET, TICKET)).get("ratelimit-reset"))
                .isBetween(88L, 92L);

        clock.advance(Duration.ofSeconds(80));
        assertThat(tools.call(GET_TICKET, TICKET).errorCode()).isEqualTo("rate_limited");
        assertThat(sandbox.exchanges()).hasSize(1);

        clock.advance(Duration.ofSeconds(13));
        assertThat(tools.call(GET_TICKET, TICKET).isError()).isFalse();
    }

    @Test
    void a_wait_of_ages_is_taken_for_the_longest_window_that_there_is() {
        for (String wait : List.of("99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT")) {
            BoundTools tools = tools(Plan.PLUS);
            says(429, Map.of("Retry-After", wait));
            assertThat(figures(tools.call(GET_TICKET, TICKET))).containsEntry("ratelimit-reset", 3600L);
        }
    }

    @Test
    void a_wait_that_is_over_or_no_wait_leaves_what_the_plan_says() {
        for (String wait : List.of("Thu, 01 Jan 1970 00:00:00 GMT", "-7", "soon", "0")) {
            BoundTools tools = tools(Plan.PLUS);
            says(429, Map.of("Retry-After", wait));
            assertThat(figures(tools.call(GET_TICKET, TICKET))).containsEntry("ratelimit-reset", 60L);
        }
    }

    @Test
    void a_fault_of_tls_is_named_with_what_a_person_can_do(@TempDir Path folder) throws Exception {
        try (TlsServer server = new TlsServer(folder, "dns:other.example", (path, out) -> {})) {
            Desk365Client.Builder desk = Desk365Client.builder()
                    .baseUrl(URI.create("https://127.0.0.1:" + server.port() + "/apis"))
                    .apiKey(sandbox.apiKey());
            Desk365Client unknown = desk.build();
            Desk365Client misnamed = desk.httpClient(
                            http -> http.sslSocketFactory(server.clientSockets(), server.trust()))
                    .build();
            for (String tool : List.of(GET_TICKET, "update_a_desk_365_ticket_by_id")) {
                Map<String, Object> arguments =
                        tool.equals(GET_TICKET) ? TICKET : Map.of("ticket_number", 4052, "subject", "x");
                assertThat(Desk365Tools.all()
                                .bind(unknown)
                                .call(tool, arguments)
                                .text())
                        .isEqualTo(
                                "A secure connection to Desk365 could not be established; nothing was changed. Retrying"
                                        + " does not help; an administrator must fix this. TLS: the server's certificate is from an authority"
                                        + " that this Java does not trust: if a proxy or firewall inspects the traffic, start Java with a"
                                        + " trust store that has its certificate: -Djavax.net.ssl.trustStore=FILE, or on Windows"
                                        + " -Djavax.net.ssl.trustStoreType=Windows-ROOT.");
                assertThat(Desk365Tools.all()
                                .bind(misnamed)
                                .call(tool, arguments)
                                .text())
                        .contains("is for another host name: check the subdomain or base URL");
            }
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void a_call_within_the_wait_is_refused_before_it_leaves_with_the_rest_of_the_wait() {
        for (Plan plan : new @Nullable Plan[] {Plan.STANDARD, Plan.PLUS, null}) {
            sandbox.forget();
            BoundTools tools = tools(plan);
            says(429, Map.of("Retry-After", "90"));
            tools.call(GET_TICKET, TICKET);
            clock.advance(Duration.ofSeconds(80).plusMillis(1));

            ToolResult early = tools.call(GET_TICKET, TICKET);
            assertThat(early.errorCode()).isEqualTo("rate_limited");
            assertThat(early.text()).contains("Nothing was sent").contains("Wait 10 seconds");
            assertThat(figures(early)).containsEntry("ratelimit-reset", 10L);
            assertThat(sandbox.exchanges()).hasSize(1);

            clock.advance(Duration.ofSeconds(10));
            assertThat(tools.call(GET_TICKET, TICKET).isError()).isFalse();
        }
    }

    @Test
    void a_counter_that_was_under_way_does_not_end_the_wait() {
        Ledger ledger = new Ledger(null, clock);
        Ledger.Share share = ledger.begin();
        ledger.take(1);
        ledger.take(share, 1);

        ledger.spent(Duration.ofSeconds(30));
        ledger.end(share, io.github.desk365mcp.api.RateLimit.of(12, null, null, 1));
        ledger.giveBack(share, 1);

        assertThat(ledger.take(1)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_window_does_not_end_before_that_of_the_service_which_begins_when_the_first_call_arrives() {
        Ledger ledger = new Ledger(Plan.PLUS, clock);
        Ledger.Share slow = ledger.begin();
        ledger.take(slow, 1);
        clock.advance(Duration.ofSeconds(3));
        ledger.take(49);
        ledger.answered(slow);
        ledger.end(slow, null);

        clock.advance(Duration.ofSeconds(58));

        assertThat(ledger.take(1)).isEqualTo(Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(2));
        assertThat(ledger.take(50)).isNull();
    }

    @Test
    void neither_a_call_refused_here_nor_one_without_a_response_says_when_the_service_began_its_window() {
        Ledger ledger = new Ledger(Plan.PLUS, clock);
        Ledger.Share slow = ledger.begin();
        ledger.take(slow, 50);
        Ledger.Share refused = ledger.begin();
        assertThat(ledger.take(refused, 1)).isNotNull();
        ledger.answered(refused);
        ledger.end(refused, null);
        clock.advance(Duration.ofSeconds(3));

        ledger.answered(slow);
        ledger.end(slow, null);

        assertThat(ledger.take(1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_call_that_was_not_sent_is_given_back_to_its_window_after_that_has_been_answered() {
        Ledger ledger = new Ledger(Plan.PLUS, clock);
        Ledger.Share unsent = ledger.begin();
        ledger.take(unsent, 5);
        Ledger.Share answered = ledger.begin();
        ledger.take(answered, 1);
        clock.advance(Duration.ofSeconds(1));
        ledger.answered(answered);
        ledger.end(answered, null);

        ledger.giveBack(unsent, 5);

        assertThat(ledger.remaining()).isEqualTo(49);
    }

    @Test
    void a_call_that_was_not_sent_is_given_back_only_to_the_window_it_was_taken_from() {
        Ledger ledger = new Ledger(Plan.PLUS, clock);
        Ledger.Share slow = ledger.begin();
        ledger.take(slow, 5);
        clock.advance(Duration.ofMinutes(1));
        ledger.take(1);

        ledger.giveBack(slow, 5);

        assertThat(ledger.remaining()).isEqualTo(49);
        Ledger.Share quick = ledger.begin();
        ledger.take(quick, 5);
        ledger.giveBack(quick, 5);
        assertThat(ledger.remaining()).isEqualTo(49);
    }

    @Test
    void no_header_locks_the_tools_for_longer_than_the_longest_window() {
        BoundTools tools = tools(Plan.PLUS);
        says(429, Map.of("Retry-After", "999999"));

        ToolResult limited = tools.call(GET_TICKET, TICKET);

        assertThat(limited.text()).contains("Wait 60 minutes");
        assertThat(figures(limited)).containsEntry("ratelimit-reset", 3600L);
    }

    @Test
    void a_429_inside_a_gathering_counts_too() {
        BoundTools tools = tools(Plan.PLUS);
        says(200, Map.of());
        says(429, Map.of("Retry-After", "40"));

        ToolResult context = tools.call("desk_365_tickets_get_context", TICKET);

        assertThat(context.isError()).isFalse();
        assertThat(figures(context)).containsEntry("ratelimit-remaining", 0).containsEntry("ratelimit-reset", 40L);
        assertThat(tools.call(GET_TICKET, TICKET).text()).contains("Wait 40 seconds");
    }

    @Test
    void figures_stay_though_the_service_repeats_the_same_counter() {
        BoundTools tools = tools(null);
        for (int minute = 0; minute < 4; minute++) {
            says(200, Map.of("X-Rate-Limit-Remaining", "42"));
            ToolResult result = tools.call(GET_TICKET, TICKET);
            assertThat(figures(result))
                    .as("minute %s", minute)
                    .isEqualTo(Map.of(
                            "ratelimit-remaining",
                            42,
                            "ratelimit-reset",
                            60L,
                            "estimated",
                            List.of("ratelimit-reset")));
            clock.advance(Duration.ofSeconds(70));
        }
    }

    @Test
    void calls_that_never_left_are_given_back_and_cost_nothing() throws IOException {
        BoundTools tools = tools(Plan.PLUS, URI.create("http://127.0.0.1:" + closedPort() + "/apis"));

        ToolResult unreachable = tools.call("desk_365_tickets_search", Map.of("query", "printer"));
        ToolResult mistaken = tools.call("get_single_desk_365_contact_by_id", Map.of());

        assertThat(unreachable.errorCode()).isEqualTo("no_answer");
        assertThat(figures(unreachable)).containsEntry("ratelimit-remaining", 50);
        assertThat(mistaken.errorCode()).isEqualTo("invalid_arguments");
        assertThat(figures(mistaken)).containsEntry("ratelimit-remaining", 50);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(0, 0);
    }

    @Test
    void calls_that_are_refused_before_they_are_sent_are_given_back() {
        BoundTools tools = tools(Plan.PLUS);

        ToolResult file = tools.call(
                "desk_365_ticket_notes_create_with_attachment", TestFiles.message("/no/such/file.txt", "file.txt"));
        ToolResult filter =
                tools.call("list_all_desk_365_tickets", Map.of("custom_fields", Map.of("cf_Site Name", List.of())));

        assertThat(file.isError()).isTrue();
        assertThat(filter.errorCode()).isEqualTo("invalid_arguments");
        assertThat(figures(filter)).containsEntry("ratelimit-remaining", 50);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(0, 0);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void calls_whose_answer_was_lost_are_not_given_back() {
        BoundTools tools = tools(Plan.PLUS);
        sandbox.next(Fault.loseAnswer());

        ToolResult lost = tools.call(GET_TICKET, TICKET);

        assertThat(lost.errorCode()).isEqualTo("no_answer");
        assertThat(figures(lost)).containsEntry("ratelimit-remaining", 49);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1);
    }

    @Test
    void what_the_budget_refuses_costs_nothing_in_the_audit() {
        BoundTools tools = tools(Plan.PLUS);
        says(200, Map.of("X-Rate-Limit-Remaining", "3"));

        tools.call(GET_TICKET, TICKET);
        tools.call("desk_365_tickets_search", Map.of("query", "printer"));
        says(429, Map.of());
        tools.call(GET_TICKET, TICKET);

        assertThat(records).extracting(AuditRecord::outcome).containsExactly("ok", "rate_limited", "rate_limited");
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1, 0, 1);
    }

    private BoundTools careful() {
        return sandbox.bound(
                Unguarded.policy()
                        .duplicates(Duration.ofMinutes(10))
                        .clock(clock)
                        .audit(records::add),
                desk -> desk.plan(Plan.PLUS));
    }

    @Test
    void a_look_up_that_finds_what_was_lost_counts() {
        BoundTools tools = careful();
        sandbox.next(Fault.loseAnswer());
        tools.call(CREATE_REPLY, ANSWER);

        ToolResult found = tools.call(CREATE_REPLY, ANSWER);

        assertThat(found.structuredContent()).as(found.text()).containsEntry("found", true);
        assertThat(sandbox.exchanges()).hasSize(2);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1, 1);
        assertThat(figures(found)).containsEntry("ratelimit-remaining", 48);
    }

    @Test
    void a_look_up_that_finds_nothing_counts_and_so_does_the_write_behind_it() {
        BoundTools tools = careful();
        sandbox.next(Fault.dropBefore());
        tools.call(CREATE_REPLY, ANSWER);
        clock.advance(Duration.ofSeconds(10));

        ToolResult done = tools.call(CREATE_REPLY, ANSWER);

        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sandbox.exchanges()).hasSize(3);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1, 2);
        assertThat(figures(done)).containsEntry("ratelimit-remaining", 47);
    }

    @Test
    void a_look_up_that_leaves_it_open_counts() {
        BoundTools tools = careful();
        sandbox.next(Fault.dropBefore());
        tools.call(CREATE_REPLY, ANSWER);
        says(500, Map.of());

        ToolResult open = tools.call(CREATE_REPLY, ANSWER);

        assertThat(open.errorCode()).isEqualTo("unknown_outcome");
        assertThat(sandbox.exchanges()).hasSize(2);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1, 1);
        assertThat(figures(open)).containsEntry("ratelimit-remaining", 48);
    }

    @Test
    void a_look_up_in_two_requests_counts_as_two() {
        BoundTools tools = careful();
        Map<String, Object> ticket = Map.of(
                "contact_email",
                "someone.new@northwind.example",
                "subject",
                "The door is stuck",
                "description",
                "Yes.");
        tools.call("create_a_desk_365_ticket", new LinkedHashMap<>(ticket));
        records.clear();
        sandbox.forget();
        Map<String, Object> other = new LinkedHashMap<>(ticket);
        other.put("contact_email", "nora.vance@northwind.example");
        sandbox.next(Fault.dropBefore());
        tools.call("create_a_desk_365_ticket", other);
        clock.advance(Duration.ofSeconds(10));

        ToolResult second = tools.call("create_a_desk_365_ticket", other);

        assertThat(second.isError()).as(second.text()).isFalse();
        assertThat(records.stream().mapToInt(AuditRecord::calls).sum())
                .isEqualTo(sandbox.exchanges().size());
        assertThat(figures(second))
                .containsEntry("ratelimit-remaining", 49 - sandbox.exchanges().size());
    }

    @Test
    void a_message_with_a_change_of_the_ticket_counts_as_two_and_as_one_if_it_is_refused() {
        BoundTools tools = careful();
        Map<String, Object> note =
                Map.of("ticket_number", 4052, "body", "Fixed on site.", "then", Map.of("status", "Resolved"));
        sandbox.next(Fault.answer(400, Map.of(), "{\"message\":\"Too short\"}"));

        ToolResult refused = tools.call(CREATE_NOTE, note);
        ToolResult done = tools.call(CREATE_NOTE, note);

        assertThat(refused.errorCode()).isEqualTo("refused");
        assertThat(figures(refused)).containsEntry("ratelimit-remaining", 49);
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(figures(done)).containsEntry("ratelimit-remaining", 47);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1, 2);
    }

    @Test
    void after_a_slow_call_the_window_lasts_as_long_as_that_of_the_service() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .clock(clock)
                .plan(Plan.PLUS)
                .ownTool(OwnTool.reads("look", "Looks.", "{\"type\": \"object\"}", (desk, in, context) -> {
                            clock.advance(Duration.ofSeconds(3));
                            return desk.tickets().get(4052);
                        })
                        .calls(50)));
        tools.call("look", Map.of());
        clock.advance(Duration.ofSeconds(57));

        assertThat(tools.call(GET_TICKET, TICKET).text()).contains("Wait 3 seconds");
        clock.advance(Duration.ofSeconds(3));
        assertThat(tools.call(GET_TICKET, TICKET).isError()).isFalse();
    }

    @Test
    void previews_count() {
        BoundTools tools = sandbox.bound(
                Unguarded.policy()
                        .approvals(Approvals.defaults().creates(Approval.STAGE))
                        .clock(clock)
                        .audit(records::add),
                desk -> desk.plan(Plan.PLUS));

        ToolResult staged = tools.call(CREATE_REPLY, ANSWER);

        assertThat(staged.structuredContent()).containsEntry("status", "needs_approval");
        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1);
        assertThat(figures(staged)).containsEntry("ratelimit-remaining", 49);
    }

    @Test
    void what_the_service_says_is_trusted_though_it_is_more_than_was_counted() {
        BoundTools tools = tools(Plan.STANDARD);
        says(200, Map.of("X-Rate-Limit-Remaining", "1"));
        tools.call(GET_TICKET, TICKET);
        says(200, Map.of("X-Rate-Limit-Remaining", "100"));

        ToolResult last = tools.call(GET_TICKET, TICKET);

        assertThat(figures(last)).containsEntry("ratelimit-remaining", 100);
        assertThat(tools.call(GET_TICKET, TICKET).isError()).isFalse();
    }

    @Test
    void a_zero_of_the_service_is_tried_again_with_one_call_a_minute() {
        BoundTools tools = tools(Plan.STANDARD);
        says(200, Map.of("X-Rate-Limit-Remaining", "0"));
        tools.call(GET_TICKET, TICKET);
        clock.advance(Duration.ofSeconds(20));
        sandbox.forget();

        ToolResult refused = tools.call(GET_TICKET, TICKET);
        assertThat(refused.text()).contains("40 seconds");
        clock.advance(Duration.ofSeconds(40));
        ToolResult search = tools.call("desk_365_tickets_search", Map.of("query", "till"));
        assertThat(search.isError()).as("five calls are no trial").isTrue();
        assertThat(sandbox.exchanges()).isEmpty();

        says(200, Map.of("X-Rate-Limit-Remaining", "0"));
        assertThat(tools.call(GET_TICKET, TICKET).isError()).isFalse();
        assertThat(tools.call(GET_TICKET, TICKET).isError()).isTrue();
        clock.advance(Duration.ofSeconds(60));
        says(200, Map.of("X-Rate-Limit-Remaining", "57"));
        assertThat(tools.call(GET_TICKET, TICKET).isError()).isFalse();

        assertThat(figures(tools.call(GET_TICKET, TICKET))).containsEntry("ratelimit-limit", 100);
        assertThat(sandbox.exchanges()).hasSize(3);
    }

    @Test
    void after_a_429_nothing_is_tried_before_the_window_ends() {
        BoundTools tools = tools(Plan.STANDARD);
        says(200, Map.of("X-Rate-Limit-Remaining", "0"));
        tools.call(GET_TICKET, TICKET);
        clock.advance(Duration.ofSeconds(61));
        says(429, Map.of());
        tools.call(GET_TICKET, TICKET);
        sandbox.forget();

        clock.advance(Duration.ofMinutes(2));

        assertThat(tools.call(GET_TICKET, TICKET).isError()).isTrue();
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_wait_that_comes_with_a_503_is_reported() {
        BoundTools tools = sandbox.bound(Unguarded.policy().clock(clock));
        says(503, Map.of("Retry-After", "90"));
        ToolResult read = tools.call(GET_TICKET, TICKET);
        says(503, Map.of("Retry-After", "90"));
        ToolResult write = tools.call(CREATE_REPLY, ANSWER);

        assertThat(read.text()).contains("Try again in 90 seconds.");
        assertThat(write.text()).contains("is unknown. It asks to wait 90 seconds.");
    }

    @Test
    void a_conflict_of_what_has_no_name_is_an_unknown_outcome() {
        BoundTools tools = sandbox.bound(Unguarded.policy().clock(clock));
        says(409, Map.of());
        ToolResult reply = tools.call(CREATE_REPLY, ANSWER);
        says(409, Map.of());
        ToolResult update =
                tools.call("update_a_desk_365_ticket_by_id", Map.of("ticket_number", 4052, "status", "Closed"));
        says(409, Map.of());
        ToolResult company = tools.call("create_a_desk_365_company", Map.of("company_name", "Contoso"));

        assertThat(reply.errorCode()).isEqualTo("unknown_outcome");
        assertThat(update.errorCode()).isEqualTo("conflict");
        assertThat(update.text()).doesNotContain("name");
        assertThat(company.text()).contains("The name is taken");
    }

    @Test
    void an_answer_that_was_overtaken_gives_no_call_back() {
        Ledger ledger = new Ledger(Plan.PLUS, clock);
        Ledger.Share first = ledger.begin();
        ledger.take(1);
        Ledger.Share second = ledger.begin();
        ledger.take(1);

        ledger.end(second, io.github.desk365mcp.api.RateLimit.of(20, null, null, 1));
        ledger.end(first, io.github.desk365mcp.api.RateLimit.of(21, null, null, 2));

        assertThat(ledger.remaining()).isEqualTo(20);
    }

    @Test
    void a_new_window_is_noticed_amid_calls_that_are_under_way() {
        Ledger ledger = new Ledger(Plan.PLUS, clock);
        ledger.begin();
        ledger.take(1);
        Ledger.Share second = ledger.begin();
        ledger.take(1);
        Ledger.Share third = ledger.begin();
        ledger.take(1);
        ledger.end(second, io.github.desk365mcp.api.RateLimit.of(1, null, null, 1));

        ledger.end(third, io.github.desk365mcp.api.RateLimit.of(40, null, null, 2));

        // Of the three, one is sure to be in the figure.
        assertThat(ledger.remaining()).isEqualTo(38);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
