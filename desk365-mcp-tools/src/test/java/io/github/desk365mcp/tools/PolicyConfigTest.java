package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Leaks;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.internal.account.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyConfigTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void the_keys_of_the_hosted_product_are_read() {
        Policy policy = Policy.fromJson("""
                {"name": "contractor", "config": {"methods": ["read"], "tags": ["knowledge_base"]},
                 "expires_at": "2026-11-27T17:00:00Z", "require_api_token_auth": true,
                 "tokens": {"%s": "contractor"}}
                """.formatted(CallerAuthenticator.hash("token")));

        assertThat(Desk365Tools.with(policy).definitions())
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.annotations()).containsEntry("readOnlyHint", true))
                .allSatisfy(tool -> assertThat(tool.toJson()).contains("knowledge_base"));
        assertThat(policy.toString()).contains("2026-11-27T17:00:00Z").contains("callers are checked");
    }

    @Test
    void a_preset_may_be_narrowed() {
        Policy policy = Policy.fromMap(Map.of("preset", "triage", "config", Map.of("read_only", true)));

        assertThat(Desk365Tools.with(policy).definitions())
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.annotations()).containsEntry("readOnlyHint", true));
    }

    @Test
    void plan_hosts_and_files_are_read_too() throws Exception {
        Path file = Files.writeString(directory.resolve("report.txt"), "All is well.");
        try (TestSandbox sandbox = TestSandbox.start()) {
            String config = """
                    {"plan": "standard", "hosts": ["127.0.0.1"], "attachments": {"roots": ["%s"]}}
                    """;
            Policy policy =
                    Policy.fromJson(config.formatted(directory.toString().replace("\\", "\\\\")));
            BoundTools tools =
                    Desk365Tools.with(policy).bind(context -> Tenant.of("acme", sandbox.baseUrl(), sandbox.apiKey()));

            ToolResult sent = tools.call(
                    "desk_365_ticket_notes_create_with_attachment", TestFiles.message(file.toString(), "report.txt"));

            assertThat(sent.isError()).as(sent.text()).isFalse();
            assertThat(Expect.map(sent.meta().get(MetaKeys.RATE_LIMIT))).containsEntry("ratelimit-limit", 100);
        }
    }

    @Test
    void how_answers_and_definitions_look_is_read_too() {
        Policy policy = Policy.fromJson("""
                        {"answer_tokens": 600, "results": "text_only", "fields_in_definitions": true,
                         "mark_outside_text": false, "charts": true}
                        """);

        assertThat(policy.answerTokens()).isEqualTo(600);
        assertThat(policy.resultForm()).isEqualTo(ResultForm.TEXT_ONLY);
        assertThat(policy.showsFields()).isTrue();
        assertThat(policy.marksOutsideText()).isFalse();
        assertThat(policy.hasCharts()).isTrue();
        assertThat(Policy.fromJson("{\"answer_tokens\": 500}").answerTokens()).isEqualTo(500);
        assertThat(Policy.fromJson("{}").hasCharts()).isFalse();
        assertThat(Policy.fromJson("{}").showsFields()).isFalse();
        assertThat(Policy.fromJson("{\"mark_outside_text\": true}").marksOutsideText())
                .isTrue();
        assertThat(Policy.fromJson("{}").marksOutsideText()).isTrue();
    }

    @Test
    void what_guards_calls_is_read_too() {
        Policy policy = Policy.fromJson("""
                        {"approvals_last_seconds": 60, "duplicates_within_seconds": 0, "approval_cards": true,
                         "lock_writes_after_untrusted_text": true, "compare_updates": true, "leaks": "off"}
                        """);

        assertThat(policy.approvalsLast()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.duplicates()).isZero();
        assertThat(policy.hasApprovalCards()).isTrue();
        assertThat(policy.locksWrites()).isTrue();
        assertThat(policy.comparesUpdates()).isTrue();
        assertThat(policy.leaks()).isEqualTo(Leaks.OFF);
        Policy defaults = Policy.fromJson("{}");
        assertThat(defaults.approvalsLast()).isEqualTo(Duration.ofMinutes(10));
        assertThat(defaults.hasApprovalCards()).isFalse();
        assertThat(defaults.locksWrites()).isFalse();
        assertThat(defaults.comparesUpdates()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void an_approval_lasts_for_some_time(long seconds) {
        assertThatThrownBy(() -> Policy.of(Selection.everything()).approvalsLast(Duration.ofSeconds(seconds)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_lasts_very_long_lasts_ten_years() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        Duration tenYears = Duration.ofDays(3_650);

        Policy policy = Policy.of(Selection.everything()).approvalsLast(forEver).duplicates(forEver);

        assertThat(policy.approvalsLast()).isEqualTo(tenYears);
        assertThat(policy.duplicates()).isEqualTo(tenYears);
        assertThat(Policy.fromJson("{\"duplicates_within_seconds\": 3000000000}")
                        .duplicates())
                .isEqualTo(tenYears);
        assertThat(Policy.fromJson("{\"approvals_last_seconds\": 99999999999999999999}")
                        .approvalsLast())
                .isEqualTo(tenYears);
        assertThat(Policy.fromJson("{\"answer_tokens\": 3000000000}").answerTokens())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://acme.desk365.io", "acme.desk365.io/", "acme.desk365.io:443", "acme desk365.io", "*", ""
            })
    void a_helpdesk_address_is_a_host_name(String host) {
        assertThatThrownBy(() -> Policy.of(Selection.everything()).hosts("acme.desk365.io", host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The address of a helpdesk must look like acme.desk365.io or *.desk365.io, without https://"
                        + " and without a port: " + host);
    }

    @Test
    void space_around_a_helpdesk_address_does_not_count() {
        assertThat(Policy.fromJson("{\"hosts\": [\" ACME.desk365.io \", \"*.desk365.io\", \"127.0.0.1\", \"[::1]\"]}")
                        .allowedHosts())
                .containsExactlyInAnyOrder("acme.desk365.io", "*.desk365.io", "127.0.0.1", "[::1]");
    }

    @Test
    void a_file_that_is_read_has_100_mib_at_most() {
        Policy policy = Policy.of(Selection.everything());

        assertThat(policy.mostFileBytes(0).mostFileBytes()).isZero();
        assertThat(policy.mostFileBytes(100L << 20).mostFileBytes()).isEqualTo(100L << 20);
        assertThatThrownBy(() -> policy.mostFileBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy.mostFileBytes((100L << 20) + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_policy_says_what_was_set() {
        Policy policy = Policy.fromJson("""
                        {"name": "contractor", "preset": "triage", "plan": "plus", "hide_restricted": true,
                         "expires_at": "2027-01-01T00:00:00Z", "hosts": ["ACME.desk365.io"],
                         "approval": {"delete": "deny"}, "vocabulary": {"statuses": ["Open"]}}
                        """);

        assertThat(policy.name()).isEqualTo("contractor");
        assertThat(policy.selection()).isEqualTo(Selection.triage());
        assertThat(policy.plan()).isEqualTo(Plan.PLUS);
        assertThat(policy.allowsRestricted()).isFalse();
        assertThat(policy.endsAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(policy.allowedHosts()).containsExactly("acme.desk365.io");
        assertThat(policy.approvals().settings())
                .containsOnly(
                        Map.entry("mail", Approval.STAGE),
                        Map.entry("publish", Approval.STAGE),
                        Map.entry("delete", Approval.DENY));
        assertThat(policy.vocabulary().toMap()).containsOnly(Map.entry("statuses", List.of("Open")));
        assertThat(Policy.of(Selection.everything()).endsAt()).isNull();
    }

    @Test
    void the_plan_of_a_client_or_tenant_comes_before_that_of_the_policy() {
        Policy policy = Policy.fromMap(Map.of("plan", "standard"));

        Account own = Account.of(
                null,
                Desk365Client.builder()
                        .subdomain("acme")
                        .apiKey("a-test-key")
                        .plan(Plan.PLUS)
                        .build(),
                policy);
        own.ledger().take(1);

        assertThat(own.ledger().remaining()).isEqualTo(49);
    }

    @Test
    void the_name_stands_in_each_definition() {
        Policy policy = Policy.fromMap(Map.of("name", "contractor"));

        assertThat(policy.toString()).contains("contractor");
        assertThat(Desk365Tools.with(policy).definitions())
                .allSatisfy(tool ->
                        assertThat(Expect.map(tool.meta().get(MetaKeys.TOOL))).containsEntry("policy", "contractor"));
        assertThat(Desk365Tools.all().toJson(Profile.MCP)).doesNotContain("\"policy\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'expire_at': 'x'} | There is no key expire_at; did you mean expires_at?",
                "{'config': {'method': []}} | There is no key config.method; did you mean methods?",
                "{'config': {'methods': ['reed']}} | Unknown method reed; did you mean read?",
                "{'expires_at': 'friday'} | expires_at must be a time",
                "{'require_api_token_auth': true} | tokens is missing",
                "{'require_api_token_auth': 'yes'} | require_api_token_auth must be true or false",
                "{'tokens': {'plain-token': 'me'}} | must be given as its SHA-256 hash",
                "{'tokens': {}} | tokens is empty",
                "{'require_api_token_auth': true, 'tokens': {}} | tokens is empty",
                "{'tokens': {'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855': 'me'}} | the hash of a blank text",
                "{'tokens': {'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b850': ''}} | a hash without a caller",
                "{'tokens': {'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b850': 'me', 'E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b850': 'you'}} | The token of you is also that of me",
                "{'config': {'read_only': true, 'read_only': false}} | The key read_only occurs twice",
                "{'preset': 'read_only', 'preset': 'everything'} | The key preset occurs twice",
                "{'approval': {'mail': 'deny', 'mail': 'allow'}} | The key mail occurs twice",
                "{'approval': {'mail': 'deny', 'MAIL': 'allow'}} | The approval of mail is set twice, as mail and as MAIL",
                "{'approval': {' delete': 'deny', 'delete': 'deny'}} | The approval of delete is set twice",
                "{'approval': {'reply_to_ticket': 'deny', 'Reply_To_Ticket': 'allow'}} | The approval of reply_to_ticket is set twice",
                "{'approval': {'reply_to_ticket': 'deny', 'create_a_desk_365_ticket_reply': 'allow'}} | The approval of a tool is set twice",
                "{'approval': {'create_a_desk_365_ticket_reply': 'allow', 'reply_to_ticket': 'deny'}} | as create_a_desk_365_ticket_reply and as reply_to_ticket",
                "{'vocabulary': {'categories': {'Network': ['VPN'], ' Network': []}}} | The category Network of a vocabulary is given twice",
                "{'require_api_token_auth': false, 'tokens': {}} | tokens is empty",
                "{'tokens': null} | tokens is empty",
                "{'tokens': {'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855': 'me'}} | The token of me is empty",
                "{'tokens': {'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa': ' '}} | a hash without a caller",
                "{'tokens': {'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa': null}} | a hash without a caller",
                "{'tokens': {'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa': 'ann', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA': 'bob'}} | is also that of",
                "{'plan': 'plus+'} | There is no plan plus+; did you mean plus?",
                "{'plan': 'gold'} | there are",
                "{'hosts': 'acme.example'} | hosts must be a list",
                "{'host': ['acme.example']} | did you mean hosts?",
                "{'attachments': {'root': ['/tmp']}} | There is no key attachments.root; did you mean roots?",
                "{'attachments': {'roots': ['no/such/folder']}} | no/such/folder",
                "{'attachments': {'hosts': ['https://files.example']}} | files.example",
                "{'results': 'text'} | There is no results text",
                "{'answer_tokens': 100} | An answer needs 500 tokens or more",
                "{'answer_tokens': 'many'} | answer_tokens must be a whole number of tokens",
                "{'approvals_last_seconds': 0} | approvals_last_seconds must be positive",
                "{'approvals_last_seconds': 1.5} | approvals_last_seconds must be a whole number of seconds",
                "{'attachments': {'read_bytes': 3000000000}} | A file that is read has 0 to",
                "{'answer_tokens': -1} | answer_tokens must be a whole number of tokens, 0 or more",
                "{'hosts': ['https://acme.desk365.io']} | must look like acme.desk365.io",
                "{'preset': 'tria'} | did you mean triage?",
                "{'preset': 'triage', 'config': {'tags': ['assets']}} | With preset",
                "{'config': {'tags': 'tickets'}} | config.tags must be a list",
            })
    void what_means_nothing_is_refused_with_the_nearest_that_does(String json, String message) {
        assertThatThrownBy(() -> Desk365Tools.with(Policy.fromJson(json.replace('\'', '"'))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("plain-token");
    }
}
