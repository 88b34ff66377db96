package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);
    private static final Instant FRIDAY = Instant.parse("2026-11-27T17:00:00Z");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.contractsEnabled(false));

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    @Test
    void the_tenants_resolver_sees_the_caller_that_was_checked_and_not_the_claimed_one() {
        List<String> seen = new ArrayList<>();
        BoundTools tools = Desk365Tools.with(Unguarded.policy()
                        .hosts("127.0.0.1")
                        .lockWritesAfterUntrustedText()
                        .authenticator(context -> "token of mallory".equals(context.credential()) ? "mallory" : null))
                .bind(context -> {
                    seen.add(context.caller());
                    return Tenant.of(String.valueOf(context.caller()), sandbox.baseUrl(), sandbox.apiKey());
                });
        CallContext claimed = CallContext.none().caller("alice").credential("token of mallory");

        tools.call(GET_TICKET, TICKET, claimed);
        tools.callJson(GET_TICKET, "{\"ticket_number\": 4052}", claimed);
        tools.definitions(claimed);
        tools.lists(GET_TICKET, claimed);
        tools.release(claimed);

        assertThat(seen).hasSize(4).containsOnly("mallory");
    }

    @Test
    void the_capitals_of_a_host_do_not_matter() {
        BoundTools tools = Desk365Tools.with(Unguarded.policy().hosts("LocalHost", "127.0.0.1"))
                .bind(context -> Tenant.of(
                        "acme",
                        URI.create(sandbox.baseUrl().toString().replace("127.0.0.1", "localhost")),
                        sandbox.apiKey()));

        assertThat(tools.call(GET_TICKET, TICKET).errorCode()).isNotEqualTo("no_tenant");
    }

    @Test
    void nothing_and_the_word_null_are_not_the_same_arguments() {
        List<String> seen = new ArrayList<>();
        BoundTools tools =
                sandbox.bound(Policy.of(Selection.everything()).audit(record -> seen.add(record.fingerprint())));
        Map<String, Object> nothing = new java.util.HashMap<>(TICKET);
        nothing.put("fields", null);

        tools.call(GET_TICKET, nothing);
        tools.call(GET_TICKET, Map.of("ticket_number", 4052, "fields", "null"));

        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void the_presets_are_what_they_say() {
        assertThat(sandbox.bound(Policy.of(Selection.heroes())).definitions()).hasSize(7);
        assertThat(sandbox.bound(Policy.of(Selection.triage())).definitions()).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void a_scope_narrows_what_the_operator_allows_and_never_widens_it() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything().tags("tickets")));
        CallContext scoped = CallContext.none().scope(Selection.everything().methods("read"));

        assertThat(tools.definitions(scoped))
                .extracting(ToolDefinition::name)
                .contains(GET_TICKET)
                .doesNotContain("create_a_desk_365_ticket_reply", "list_all_desk_365_contacts");
        assertThat(tools.call(GET_TICKET, TICKET, scoped).isError()).isFalse();
        assertThatThrownBy(() -> tools.call("create_a_desk_365_ticket_reply", Map.of(), scoped))
                .isInstanceOf(UnknownToolException.class)
                .hasMessage("Unknown tool: create_a_desk_365_ticket_reply");
        assertThat(tools.definitions(
                        CallContext.none().scope(Selection.everything().tags("contacts"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "get_single_desk_365_ticket_by_ids, FULL, get_single_desk_365_ticket_by_id",
        "get_tickt, FULL, get_single_desk_365_ticket_by_id",
        "get_tickt, SHORT, get_ticket",
        "get_single_desk_365_ticket, SHORT, get_ticket",
        "send_a_fax, FULL,"
    })
    void an_unknown_tool_is_answered_with_the_nearest_that_is_listed(
            String name, Naming naming, @Nullable String nearest) {
        BoundTools tools = Desk365Tools.all().named(naming).bind(sandbox.client());
        String sentence = "Unknown tool: " + name + (nearest == null ? "" : "; did you mean " + nearest + "?");

        assertThat(tools.unknown(name, CallContext.none())).isEqualTo(sentence);
        assertThatThrownBy(() -> tools.call(name, Map.of()))
                .isInstanceOf(UnknownToolException.class)
                .hasMessage(sentence);
    }

    @Test
    void the_nearest_tool_is_never_one_that_the_caller_may_not_see() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything().exclude("get_ticket")));
        CallContext reads = CallContext.none().scope(Selection.readOnly());
        Set<String> readable =
                tools.definitions(reads).stream().map(ToolDefinition::name).collect(Collectors.toSet());

        for (Tool tool : Catalogue.tools()) {
            for (String asked : List.of(tool.name() + "s", tool.shortName() + "s", tool.name())) {
                String[] told = tools.unknown(asked, reads).split("; did you mean |[?]");
                assertThat(told[0]).isEqualTo("Unknown tool: " + asked);
                assertThat(readable).containsAll(List.of(told).subList(1, told.length));
            }
        }
        assertThat(tools.unknown("create_a_desk_365_ticket_reply", reads))
                .as("what is kept from the caller is no slip of the pen")
                .isEqualTo("Unknown tool: create_a_desk_365_ticket_reply");
    }

    @Test
    void nobody_learns_the_name_of_a_tool_who_is_not_let_in_or_no_more_or_asks_with_a_huge_name() {
        Policy tokens = Policy.of(Selection.everything())
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash("t0ken"), "rita")));
        Policy ended = Policy.of(Selection.everything()).endsAt(FRIDAY).clock(at(FRIDAY));

        assertThat(sandbox.bound(tokens).unknown("get_tickt", CallContext.none()))
                .isEqualTo("Unknown tool: get_tickt");
        assertThat(sandbox.bound(ended).unknown("get_tickt", CallContext.none()))
                .isEqualTo("Unknown tool: get_tickt");
        assertThat(sandbox.bound(Policy.of(Selection.everything()))
                        .unknown("get_tickt".repeat(100_000), CallContext.none()))
                .hasSizeLessThan(200);
    }

    @Test
    void an_unknown_name_is_quoted_without_characters_that_nobody_sees() {
        assertThat(sandbox.bound(Policy.of(Selection.everything()))
                        .unknown("send\u202E_a\u200B_f\u001Bax", CallContext.none()))
                .isEqualTo("Unknown tool: send_a_fax");
    }

    @Test
    void a_tool_is_listed_for_those_who_may_call_it_now() {
        Policy policy = Policy.of(Selection.everything().exclude("get_contact"))
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash("t0ken"), "rita")))
                .endsAt(FRIDAY);
        BoundTools tools = sandbox.bound(policy.clock(at(FRIDAY.minusMillis(1))));
        CallContext rita = CallContext.none().credential("t0ken");

        assertThat(tools.lists(GET_TICKET, rita)).isTrue();
        assertThat(tools.lists("get_ticket", rita)).isTrue();
        assertThat(tools.lists("get_contact", rita)).isFalse();
        assertThat(tools.lists("no_such_tool", rita)).isFalse();
        assertThat(tools.lists(GET_TICKET, rita.scope(Selection.everything().tags("contacts"))))
                .isFalse();
        assertThat(tools.lists(GET_TICKET, CallContext.none())).isFalse();
        assertThat(sandbox.bound(policy.clock(at(FRIDAY))).lists(GET_TICKET, rita))
                .isFalse();
    }

    @Test
    void a_scope_of_an_unknown_word_is_an_error_of_the_host() {
        CallContext scoped = CallContext.none().scope(Selection.everything().tags("ticket"));

        assertThatThrownBy(
                        () -> sandbox.bound(Policy.of(Selection.everything())).definitions(scoped))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean tickets?");
    }

    @Test
    void tools_whose_calls_a_person_must_approve_are_named() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything().exclude("get_contact"))
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalPlace("the page"));

        assertThat(tools.mayNeedPerson("create_a_desk_365_ticket_reply")).isTrue();
        assertThat(tools.mayNeedPerson(GET_TICKET)).isFalse();
        assertThat(tools.mayNeedPerson("no_such_tool")).isFalse();
    }

    @Test
    void tenants_with_the_same_parts_are_equal() {
        Tenant acme = Tenant.of("acme", sandbox.baseUrl(), "key-4711");

        assertThat(acme)
                .isEqualTo(Tenant.of("acme", sandbox.baseUrl(), "key-4711"))
                .hasSameHashCodeAs(Tenant.of("acme", sandbox.baseUrl(), "key-4711"))
                .isNotEqualTo(Tenant.of("other", sandbox.baseUrl(), "key-4711"))
                .isNotEqualTo(Tenant.of("acme", URI.create("http://127.0.0.1:1/apis"), "key-4711"))
                .isNotEqualTo(Tenant.of("acme", sandbox.baseUrl(), "key-4712"))
                .isNotEqualTo(acme.plan(Plan.PLUS))
                .isNotEqualTo(acme.vocabulary(Vocabulary.none().statuses("Open")))
                .hasToString("Tenant[acme]");
        assertThat(acme.plan(Plan.PLUS).plan()).isEqualTo(Plan.PLUS);
        assertThat(acme.vocabulary(Vocabulary.none().statuses("Open")).vocabulary())
                .isEqualTo(Vocabulary.none().statuses("Open"));
    }

    @Test
    void after_the_end_nothing_is_listed_and_calls_say_so() {
        Policy policy = Policy.of(Selection.everything()).endsAt(FRIDAY);
        BoundTools before = sandbox.bound(policy.clock(at(FRIDAY.minusMillis(1))));
        BoundTools after = sandbox.bound(policy.clock(at(FRIDAY)));

        assertThat(before.call(GET_TICKET, TICKET).isError()).isFalse();
        assertThat(after.definitions()).isEmpty();
        assertThat(after.call(GET_TICKET, TICKET).errorCode()).isEqualTo("access_ended");
        assertThat(after.call(GET_TICKET, TICKET).text()).contains("has ended");
    }

    @Test
    void a_caller_without_the_right_token_sees_and_calls_nothing() {
        String hash = CallerAuthenticator.hash("a-long-random-token");
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .authenticator(CallerAuthenticator.tokens(Map.of(hash, "contractor"))));

        for (CallContext wrong : List.of(
                CallContext.none(),
                CallContext.none().credential("wrong"),
                CallContext.none().credential(hash))) {
            assertThatThrownBy(() -> tools.definitions(wrong)).isInstanceOf(AccessRefusedException.class);
            assertThat(tools.call(GET_TICKET, TICKET, wrong).errorCode()).isEqualTo("unauthenticated");
            assertThat(tools.call("no_such_tool", TICKET, wrong).errorCode()).isEqualTo("unauthenticated");
        }
        CallContext right = CallContext.none().credential("a-long-random-token");
        assertThat(tools.definitions(right)).isNotEmpty();
        assertThat(tools.call(GET_TICKET, TICKET, right).isError()).isFalse();
        assertThat(right.toString()).doesNotContain("random");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n", "\t"})
    void a_blank_token_is_none(String blank) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(blank.getBytes(StandardCharsets.UTF_8));
        String hash = HexFormat.of().formatHex(digest);

        for (String given : List.of(hash, hash.toUpperCase(Locale.ROOT))) {
            assertThatThrownBy(() -> CallerAuthenticator.tokens(Map.of(given, "anybody")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The token of anybody is empty: this is the hash of a blank text");
        }
        assertThatThrownBy(() -> CallerAuthenticator.hash(blank)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobody_is_let_in_by_a_blank_token_or_where_no_token_is_known() {
        CallerAuthenticator known = CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash("a-token"), "ann"));
        for (String blank : List.of("", " ", "\t")) {
            assertThat(known.authenticate(CallContext.none().credential(blank))).isNull();
        }
        assertThat(CallerAuthenticator.tokens(Map.of())
                        .authenticate(CallContext.none().credential("a-token")))
                .isNull();
    }

    @Test
    void an_authenticator_that_throws_refuses() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()).authenticator(context -> {
            throw new IllegalStateException("directory is down");
        }));

        assertThat(tools.call(GET_TICKET, TICKET).errorCode()).isEqualTo("unauthenticated");
        assertThatThrownBy(tools::definitions).isInstanceOf(AccessRefusedException.class);
    }

    @Test
    void contracts_can_be_hidden_by_one_switch_and_say_what_to_ask_for() {
        BoundTools hidden = sandbox.bound(Policy.of(Selection.everything()).withoutRestricted());
        assertThat(hidden.definitions()).extracting(ToolDefinition::name).noneMatch(name -> name.contains("contract"));

        ToolResult refused =
                sandbox.bound(Policy.of(Selection.everything())).call("list_all_desk_365_contracts", Map.of());
        assertThat(refused.errorCode()).isEqualTo("forbidden");
        assertThat(refused.text()).contains("support");
    }

    @Test
    void a_call_without_a_tenant_fails_closed() {
        Policy policy = Policy.of(Selection.everything()).hosts("127.0.0.1");
        Tenant known = Tenant.of("acme", sandbox.baseUrl(), sandbox.apiKey());
        BoundTools tools = Desk365Tools.with(policy).bind(context -> {
            if ("broken".equals(context.tenant())) {
                throw new IllegalStateException("key-4711");
            }
            return "acme".equals(context.tenant()) ? known : null;
        });

        assertThat(tools.call(GET_TICKET, TICKET, CallContext.none().tenant("acme"))
                        .isError())
                .isFalse();
        for (CallContext context : List.of(
                CallContext.none(),
                CallContext.none().tenant("other"),
                CallContext.none().tenant("broken"))) {
            ToolResult result = tools.call(GET_TICKET, TICKET, context);
            assertThat(result.errorCode()).isEqualTo("no_tenant");
            assertThat(result.toJson()).doesNotContain("4711");
        }
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void no_key_leaves_for_a_host_that_is_not_on_the_list() {
        Tenant elsewhere = Tenant.of("acme", sandbox.baseUrl(), sandbox.apiKey());
        BoundTools tools = Desk365Tools.all().bind(context -> elsewhere);

        assertThat(tools.call(GET_TICKET, TICKET).errorCode()).isEqualTo("no_tenant");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_spent_budget_refuses_before_the_call_leaves_and_says_how_long_to_wait() {
        sandbox.next(Fault.answer(200, Map.of("X-Rate-Limit-Remaining", "3"), "{\"ticket_number\": 4052}"));
        BoundTools tools = Desk365Tools.all().bind(sandbox.client(desk -> desk.plan(Plan.PLUS)));

        ToolResult first = tools.call(GET_TICKET, TICKET);
        ToolResult second = tools.call("desk_365_tickets_search", Map.of("query", "printer"));

        assertThat(first.structuredContent()).containsEntry("calls_left", 3);
        assertThat(first.meta().get("io.github.desk365mcp/ratelimit"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("ratelimit-limit", 50)
                .containsEntry("ratelimit-remaining", 3)
                .containsKey("ratelimit-reset")
                .containsEntry("estimated", List.of("ratelimit-limit", "ratelimit-reset"));
        assertThat(second.errorCode()).isEqualTo("rate_limited");
        assertThat(second.text()).contains("5 calls").contains("3 left").contains("Wait");
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void every_call_leaves_one_record_without_texts_and_a_listener_that_throws_breaks_nothing() {
        List<AuditRecord> records = new ArrayList<>();
        BoundTools tools = sandbox.bound(Unguarded.policy().audit(call -> {
            records.add(call);
            throw new IllegalStateException("disk full");
        }));
        CallContext rita = CallContext.none().caller("rita");

        tools.call("create_a_desk_365_ticket_reply", Map.of("ticket_number", 4052, "body", "A secret text"), rita);
        tools.call("create_a_desk_365_ticket_reply", Map.of("body", "A secret text", "ticket_number", 4052), rita);
        tools.call(GET_TICKET, Map.of(), rita);
        assertThatThrownBy(() -> tools.call("nothing", Map.of(), rita)).isInstanceOf(UnknownToolException.class);

        assertThat(records)
                .extracting(AuditRecord::outcome)
                .containsExactly("ok", "ok", "invalid_arguments", "unknown_tool");
        assertThat(records).extracting(AuditRecord::calls).containsExactly(1, 1, 0, 0);
        assertThat(records).extracting(AuditRecord::caller).containsOnly("rita");
        assertThat(records.get(0).reachesCustomer()).isTrue();
        assertThat(records.get(0).fingerprint()).isEqualTo(records.get(1).fingerprint());
        assertThat(records.toString()).doesNotContain("secret");
    }

    @Test
    void a_record_says_which_helpdesk_and_whom_a_call_reached_and_how_long_it_took() {
        List<AuditRecord> records = new ArrayList<>();
        BoundTools tools = Desk365Tools.with(
                        Unguarded.policy().hosts("127.0.0.1").audit(records::add))
                .bind(context ->
                        context.tenant() == null ? null : Tenant.of("acme", sandbox.baseUrl(), sandbox.apiKey()));

        tools.call(GET_TICKET, TICKET, CallContext.none().tenant("ACME"));
        tools.call(GET_TICKET, TICKET);
        tools.call(
                GET_TICKET, Map.of("ticket_number", 999_999), CallContext.none().tenant("ACME"));
        assertThatThrownBy(() -> tools.call("get\n" + "x".repeat(100), Map.of()))
                .isInstanceOf(UnknownToolException.class);

        assertThat(records).extracting(AuditRecord::tenant).containsExactly("acme", null, "acme", null);
        assertThat(records).extracting(AuditRecord::status).containsExactly(null, null, 404, null);
        assertThat(records).extracting(AuditRecord::reachesCustomer).containsOnly(false);
        assertThat(records)
                .extracting(AuditRecord::tool)
                .containsExactly(GET_TICKET, GET_TICKET, GET_TICKET, "get?" + "x".repeat(60));
        assertThat(records).extracting(AuditRecord::took).allMatch(took -> took.compareTo(Duration.ofMinutes(5)) < 0);
    }

    @Test
    void a_listener_that_throws_as_a_call_begins_breaks_nothing_and_gets_its_record() {
        List<AuditRecord> records = new ArrayList<>();
        BoundTools tools = sandbox.bound(Unguarded.policy().audit(new AuditListener() {
            @Override
            public AuditListener begin(CallContext context) {
                throw new IllegalStateException("no tracing");
            }

            @Override
            public void ended(AuditRecord call) {
                records.add(call);
            }
        }));

        assertThat(tools.call(GET_TICKET, TICKET).isError()).isFalse();
        assertThat(records).extracting(AuditRecord::outcome).containsExactly("ok");
    }
}
