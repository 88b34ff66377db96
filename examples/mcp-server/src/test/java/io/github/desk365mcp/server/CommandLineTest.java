package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private static final Map<String, String> ACCOUNT =
            Map.of("DESK365_SUBDOMAIN", "acme", "DESK365_API_KEY", "k3y-of-acme");

    private record Ran(int code, String out, String err) {}

    private static Ran run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                environment,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                arguments);
        return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
    }

    @Test
    void list_prints_all_definitions_without_an_account_or_a_sandbox() {
        Ran ran = run(Map.of(), "--list");

        assertThat(ran).isEqualTo(new Ran(0, Desk365Tools.all().toJson(Profile.MCP) + "\n", ""));
    }

    @Test
    void without_options_a_wrong_environment_is_refused_as_with_them() {
        Map<String, String> half = Map.of("DESK365_SUBDOMAIN", "acme");

        Ran ran = run(half);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("DESK365_SUBDOMAIN is set but DESK365_API_KEY is not");
        assertThat(ran).isEqualTo(run(half, "--names", "full"));
    }

    @Test
    void without_options_and_without_an_account_it_serves_the_sandbox() {
        assertThat(run(Map.of()).code()).isZero();
        assertThat(run(Map.of()).err()).startsWith("No account is set, so this server uses the sandbox");
    }

    @ParameterizedTest
    @EnumSource
    void a_profile_is_named_in_lower_case_with_hyphens(Profile profile) {
        String name = profile.name().toLowerCase(Locale.ROOT).replace('_', '-');

        assertThat(run(Map.of(), "--list", "--profile", name).out())
                .isEqualTo(Desk365Tools.all().toJson(profile) + "\n");
    }

    @Test
    void options_select_the_same_tools_as_a_selection_of_the_library() {
        Selection selection = Selection.everything()
                .methods("get", "create")
                .tags("tickets")
                .tools("ping")
                .exclude("create_ticket")
                .withReadOnly();

        Ran ran = run(
                Map.of(),
                "--list",
                "--methods=get,create",
                "--tags=tickets",
                "--tools=ping",
                "--exclude=create_ticket",
                "--read-only",
                "--names=short");

        assertThat(ran.out())
                .isEqualTo(Desk365Tools.select(selection).named(Naming.SHORT).toJson(Profile.MCP) + "\n");
    }

    @Test
    void chatgpt_files_can_be_combined_with_a_policy_file() {
        Policy policy = Policy.of(Selection.everything()).openAiFileParams();

        assertThat(run(Map.of(), "--list", "--chatgpt-files").out())
                .isEqualTo(Desk365Tools.with(policy).toJson(Profile.MCP) + "\n");
    }

    @Test
    void approvals_are_set_in_one_option() {
        Approvals approvals = Approvals.defaults()
                .customerMail(Approval.ALLOW)
                .deletes(Approval.DENY)
                .tool("update_ticket", Approval.STAGE);
        Policy policy = Policy.of(Selection.everything()).approvals(approvals);

        assertThat(run(Map.of(), "--list", "--approval=mail=allow,delete=deny,update_ticket=stage")
                        .out())
                .isEqualTo(Desk365Tools.with(policy).toJson(Profile.MCP) + "\n");
    }

    @Test
    void every_key_of_a_policy_file_has_an_option_or_a_reason_for_having_none() {
        Map<String, String> options = new HashMap<>(Map.of(
                "name", "--policy-name",
                "preset", "--preset",
                "hide_restricted", "--hide-restricted",
                "expires_at", "--until",
                "tokens", "--token-hash",
                "plan", "--plan",
                "answer_tokens", "--answer-tokens",
                "results", "--results",
                "fields_in_definitions", "--fields-in-definitions",
                "approval", "--approval"));
        options.put("mark_outside_text", "--no-outside-marks");
        options.put("leaks", "--leaks");
        options.put("compare_updates", "--compare-updates");
        options.put("charts", "--charts");
        options.put("approval_cards", "--approval-cards");
        options.putAll(Map.of(
                "approvals_last_seconds", "--approvals-last",
                "duplicates_within_seconds", "--duplicates-within",
                "lock_writes_after_untrusted_text", "--lock-writes",
                "config.methods", "--methods",
                "config.tags", "--tags",
                "config.tools", "--tools",
                "config.exclude", "--exclude",
                "config.read_only", "--read-only",
                "attachments.roots", "--attach-root",
                "attachments.hosts", "--attach-host"));
        Map<String, String> reasons = Map.of(
                "attachments.read_hosts", "the service's own file servers are known without it",
                "attachments.read_bytes", "the default suits mail",
                "hosts", "for tenants, and this server has only one account",
                "require_api_token_auth", "--token-hash is enough",
                "tool_settings", "values by tool and argument, too long for a command line",
                "vocabulary", "lists of words, too long for a command line");

        List<String> keys = new ArrayList<>(keys(""));
        keys.removeAll(List.of("config", "attachments"));
        keys.addAll(keys("config"));
        keys.addAll(keys("attachments"));

        assertThat(keys)
                .containsExactlyInAnyOrderElementsOf(Stream.of(options, reasons)
                        .flatMap(known -> known.keySet().stream())
                        .toList());
        assertThat(new CommandLine(new PolicyOptions()).getCommandSpec().optionsMap())
                .containsKeys(options.values().toArray(String[]::new));
    }

    /** Returns the keys that the library lists in its error message. */
    private static List<String> keys(String object) {
        Map<String, ?> wrong = Map.of("?", "");
        String prefix = object.isEmpty() ? "" : object + ".";
        Throwable refusal = catchThrowable(() -> Policy.fromMap(object.isEmpty() ? wrong : Map.of(object, wrong)));
        String sentence = String.valueOf(refusal.getMessage());
        String start = "There is no key " + prefix + "?; there are ";
        assertThat(sentence).startsWith(start);
        return Stream.of(sentence.substring(start.length()).split(", "))
                .map(key -> prefix + key)
                .toList();
    }

    @Test
    void each_option_has_the_effect_of_its_key() {
        String hash = "ab".repeat(32);
        Map<String, Object> file = new HashMap<>(Map.of(
                "name",
                "contractor",
                "preset",
                "heroes",
                "config",
                Map.of("exclude", List.of("create_ticket"), "read_only", true),
                "hide_restricted",
                true,
                "expires_at",
                "2999-11-27T17:00:00Z",
                "tokens",
                Map.of(hash, "caller 1")));
        file.putAll(Map.of(
                "plan",
                "plus",
                "answer_tokens",
                4000,
                "results",
                "text_only",
                "fields_in_definitions",
                true,
                "approvals_last_seconds",
                60,
                "duplicates_within_seconds",
                30,
                "mark_outside_text",
                false,
                "leaks",
                "refuse",
                "approval_cards",
                true,
                "lock_writes_after_untrusted_text",
                true));
        file.put("compare_updates", true);
        file.put("charts", true);
        String[] options = {
            "--policy-name=contractor",
            "--preset=heroes",
            "--exclude=create_ticket",
            "--read-only",
            "--hide-restricted",
            "--until=2999-11-27T17:00:00Z",
            "--token-hash=" + hash,
            "--plan=plus",
            "--answer-tokens=4000",
            "--results=text_only",
            "--fields-in-definitions",
            "--no-outside-marks",
            "--approval-cards",
            "--approvals-last=60",
            "--duplicates-within=30",
            "--leaks=refuse",
            "--compare-updates",
            "--charts",
            "--lock-writes"
        };
        PolicyOptions read = new PolicyOptions();
        new CommandLine(read).parseArgs(options);

        assertThat(read.rules()).isEqualTo(file);
        List<String> list = new ArrayList<>(List.of(options));
        list.add("--list");
        assertThat(run(Map.of(), list.toArray(String[]::new)).out())
                .isEqualTo(Desk365Tools.with(Policy.fromMap(file)).toJson(Profile.MCP) + "\n");
    }

    @Test
    void a_plan_is_set_in_only_one_place() {
        Map<String, String> environment = new HashMap<>(ACCOUNT);
        environment.put("DESK365_PLAN", "plus");

        assertThat(run(environment, "--plan=standard"))
                .isEqualTo(new Ran(2, "", "--plan and DESK365_PLAN are both set; keep one." + System.lineSeparator()));
    }

    @Test
    void options_can_be_read_from_a_file(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("server.args"), "--list\n--tags tickets\n--read-only\n");

        assertThat(run(Map.of(), "@" + file)).isEqualTo(run(Map.of(), "--list", "--tags=tickets", "--read-only"));
    }

    @ParameterizedTest
    @CsvSource({
        "--tags=ticket, Unknown tag ticket; did you mean tickets?",
        "--tools=get_tickt, Unknown tool get_tickt; did you mean get_ticket?",
        "--names=long, 'Invalid value for option ''--names'': long is not one of full, short'",
        "--http=70000, --http takes a port from 0 to 65535.",
        "--host=127.0.0.1, --host and --allow-host can be used only with --http.",
        "--http=0 --allow-host=https://desk.example.com, '--allow-host takes only a host name, such as desk.example.com,"
                + " without scheme, port or path.'",
        "--http=0 --allow-host=desk.example.com:8080, '--allow-host takes only a host name, such as desk.example.com,"
                + " without scheme, port or path.'",
        "--profile=openai, --profile can be used only with --list.",
        "--public-url=https://desk.example.com, --public-url can be used only with --http.",
        "--http=0 --public-url=desk.example.com, '--public-url takes an address such as https://desk.example.com, without"
                + " query and user.'",
        "--http=0 --public-url=https://desk.example.com, 'This server can be reached from other computers, so callers must"
                + " show a token: add --token-hash, or tokens in the file of --config.'",
        "--http=0 --no-approval-page, --no-approval-page cannot be used with --http.",
        "--approver-token-hash=ab, '--approver-token-hash, and approvers in the file of --config, can be used only with"
                + " --http. Over standard input and output, the approval page opens in the browser of this computer.'",
        "--http=0 --stateless --approval-cards, 'Approval cards need sessions, so they cannot be used with --stateless:"
                + " leave out --approval-cards, or approval_cards in the file of --config.'",
        "--http=0 --approver-token-hash=jane=ab, 'The token of jane must be given as its SHA-256 hash, 64 hexadecimal"
                + " digits'",
        "--http=0 --approver-token-hash==ab, 'approvers has a hash without a name; its value must be a non-blank string.'",
        "--admin-token-hash=ab, --admin-token-hash can be used only with --http.",
        "--http=0 --admin-token-hash=anna=ab, 'The token of anna must be given as its SHA-256 hash, 64 hexadecimal"
                + " digits'",
        "--http=0 --admin-token-hash==ab, --admin-token-hash has a hash with a blank name.",
        "--http=0 --host=0.0.0.0 --admin-token-hash=ab, 'Clients need an address for the servers that admins create: add"
                + " --public-url, such as https://desk.example.com.'",
        "--approval=mails=allow, Unknown approval setting mails; did you mean mail?",
        "'--approval=mail=deny,MAIL=allow', 'The approval of mail is set twice, as mail and as MAIL'",
        "'--approval=mail=deny,mail=allow', --approval sets mail twice.",
        "--approval=mail=deny --approval=mail=allow, --approval sets mail twice.",
        "'--approval=reply_to_ticket=deny,create_a_desk_365_ticket_reply=allow', 'The approval of a tool is set twice, as"
                + " reply_to_ticket and as create_a_desk_365_ticket_reply: both are its names'",
        "--approval=mail, '--approval takes settings such as mail=confirm, not mail.'",
        "--approval=mail=yes, 'approval must be one of allow, stage, confirm, deny, not yes'",
        "--plan=pluss, There is no plan pluss; did you mean plus?",
        "--preset=hero, There is no preset hero; did you mean heroes?",
        "--until=tomorrow, expires_at must be a time such as 2099-12-31T17:00:00Z",
        "--config=contractor.json --read-only, '--config cannot be combined with the options from --preset to"
                + " --lock-writes; set them in the file.'",
        "--http=0 --host=0.0.0.0, 'This server can be reached from other computers, so callers must show a token: add"
                + " --token-hash, or tokens in the file of --config.'",
        "--http=0 --allow-host=desk.example.com, 'This server can be reached from other computers, so callers must"
                + " show a token: add --token-hash, or tokens in the file of --config.'",
        "--config=contractor.json, 'Callers must show a token: set DESK365_MCP_TOKEN to a token that the policy accepts.'",
        "--resource=https://desk.example.com/mcp, '--resource, --audience, --jwks, --scope-prefix and --oauth-approvers can"
                + " be used only with --issuer.'",
        "--issuer=https://login.example.com, --issuer can be used only with --http.",
        "--http=0 --issuer=https://login.example.com, '--issuer needs --resource, the address of this server for clients,"
                + " such as https://desk.example.com/mcp.'",
        "--http=0 --issuer=http://login.example.com --resource=https://desk.example.com/mcp, '--issuer takes an address"
                + " with https, without query and user, such as https://example.com/x.'",
        "--http=0 --issuer=https://login.example.com --resource=https://desk.example.com/mcp?x, '--resource takes an"
                + " address with https, without query and user, such as https://example.com/x.'",
        "--htpp=1, 'Unknown option: ''--htpp=1'''"
    })
    void invalid_options_give_one_sentence_and_exit_code_2(String option, String sentence) {
        assertThat(run(ACCOUNT, option.split(" "))).isEqualTo(new Ran(2, "", sentence + System.lineSeparator()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESK365_STATE_KEY", "DESK365_STATE_USER", "DESK365_STATE_PASSWORD"})
    void settings_of_a_state_need_a_state(String name) {
        Map<String, String> environment = new HashMap<>(ACCOUNT);
        environment.put(name, Base64.getEncoder().encodeToString(new byte[32]));

        assertThat(run(environment, "--http=0"))
                .isEqualTo(new Ran(
                        2, "", name + " is set, but not --state; set both or neither." + System.lineSeparator()));

        environment.put(name, " ");
        assertThat(run(environment, "--sandbox", "--doctor").err()).doesNotContain("--state");
    }

    @Test
    void a_token_of_an_approver_belongs_to_nobody_else(@TempDir Path directory) throws Exception {
        String hash = "ab".repeat(32);
        Path file = Files.writeString(
                directory.resolve("policy.json"),
                "{\"tokens\": {\"%s\": \"rita\"}, \"approvers\": {\"%s\": \"jane\"}}"
                        .formatted(hash.toUpperCase(Locale.ROOT), "cd".repeat(32)));

        assertThat(run(ACCOUNT, "--http=0", "--token-hash=" + hash, "--approver-token-hash=jane=" + hash)
                        .err())
                .startsWith("The token of the approver jane is also that of a caller; a model could approve its own");
        assertThat(run(ACCOUNT, "--http=0", "--config=" + file, "--approver-token-hash=tom=" + hash)
                        .err())
                .startsWith("The token of the approver tom is also that of a caller;");
        assertThat(run(ACCOUNT, "--http=0", "--config=" + file, "--approver-token-hash=tom=" + "cd".repeat(32))
                        .err())
                .startsWith("The token of the approver tom is also that of jane.");
    }

    @Test
    void approvers_in_the_file_are_checked_and_are_no_part_of_the_policy(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("policy.json");
        Files.writeString(
                file, "{\"preset\": \"triage\", \"approvers\": {\"%s\": \"jane\"}}".formatted("cd".repeat(32)));
        assertThat(run(Map.of(), "--list", "--config=" + file)).isEqualTo(run(Map.of(), "--list", "--preset=triage"));

        assertThat(run(ACCOUNT, "--config=" + file).err())
                .startsWith(
                        "--approver-token-hash, and approvers in the file of --config, can be used only with --http.");

        Files.writeString(file, "{\"approvers\": \"jane\"}");
        assertThat(run(ACCOUNT, "--config=" + file).err())
                .startsWith("approvers must be an object: {\"<SHA-256 of a token>\": \"<name>\"}");
        Files.writeString(file, "{\"approvers\": {\"%s\": \" \"}}".formatted("cd".repeat(32)));
        assertThat(run(ACCOUNT, "--config=" + file).err()).startsWith("approvers has a hash without a name;");
    }

    @Test
    void an_admin_is_no_caller_and_no_other_admin(@TempDir Path directory) throws Exception {
        String hash = "ab".repeat(32);
        Path file = directory.resolve("policy.json");
        Files.writeString(file, "{\"tokens\": {\"%s\": \"rita\"}}".formatted(hash.toUpperCase(Locale.ROOT)));

        assertThat(run(ACCOUNT, "--http=0", "--token-hash=" + hash, "--admin-token-hash=anna=" + hash)
                        .err())
                .startsWith("The token of the admin anna is also that of a caller; a model could create servers");
        assertThat(run(ACCOUNT, "--http=0", "--config=" + file, "--admin-token-hash=anna=" + hash)
                        .err())
                .startsWith("The token of the admin anna is also that of a caller;");
        assertThat(run(ACCOUNT, "--http=0", "--admin-token-hash=anna=" + hash, "--admin-token-hash=tom=" + hash)
                        .err())
                .startsWith("The token of the admin tom is also that of anna.");
    }

    @Test
    void people_need_an_address_if_the_server_is_reached_from_other_computers() {
        String[] options = {
            "--http=0", "--host=0.0.0.0", "--token-hash=" + "ab".repeat(32), "--approver-token-hash=" + "cd".repeat(32)
        };

        assertThat(run(ACCOUNT, options).err())
                .startsWith("People need an address for the approval page: add --public-url, such as");
    }

    @ParameterizedTest
    @CsvSource({
        "--http=0, the page /approvals of this server",
        "--http=8080, http://127.0.0.1:8080/approvals",
        "--http=8080 --host=::1, http://[::1]:8080/approvals",
        "--http=8080 --public-url=https://desk.example.com/x/, https://desk.example.com/x/approvals"
    })
    void people_are_sent_to_the_address_of_the_page(String options, String place) {
        HttpOptions http = new HttpOptions();
        new CommandLine(http).parseArgs(options.split(" "));

        assertThat(http.approvalPlace()).isEqualTo(place);
    }

    @Test
    void the_public_host_name_is_allowed_and_makes_the_server_reachable_unless_it_means_this_computer() {
        HttpOptions http = new HttpOptions();
        new CommandLine(http).parseArgs("--http=0", "--public-url=https://Desk.example.com");
        assertThat(http.allowedHosts()).contains("desk.example.com", "desk.example.com:*");
        assertThat(http.reachesOut()).isTrue();

        HttpOptions here = new HttpOptions();
        new CommandLine(here).parseArgs("--http=0", "--public-url=http://localhost:8080");
        assertThat(here.reachesOut()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080, false", "https://desk.example.com, false", "'', true"})
    void on_all_addresses_the_host_is_checked_if_the_public_one_is_known(String publicUrl, boolean other) {
        HttpOptions http = new HttpOptions();
        String[] options = {"--http=0", "--host=0.0.0.0", "--public-url=" + publicUrl};
        new CommandLine(http).parseArgs(publicUrl.isEmpty() ? Arrays.copyOf(options, 2) : options);

        assertThat(isAllowed(http, "rebound.example:8080")).isEqualTo(other);
        assertThat(isAllowed(http, "localhost:8080")).isTrue();
    }

    private static boolean isAllowed(HttpOptions options, String host) {
        try {
            HostNames.of(options).validate(new HeaderAccessor() {

                @Override
                public List<String> getHeader(String name) {
                    return name.equalsIgnoreCase("Host") ? List.of(host) : List.of();
                }

                @Override
                public List<String> getHeaderNames() {
                    return List.of("Host");
                }
            });
            return true;
        } catch (ServerTransportSecurityException e) {
            return false;
        }
    }

    @Test
    void the_host_name_of_the_resource_is_allowed() {
        HttpOptions http = new HttpOptions();
        OAuthOptions oauth = new OAuthOptions();
        new CommandLine(http).parseArgs("--http=0");
        new CommandLine(oauth)
                .parseArgs("--issuer=https://login.example.com", "--resource=https://Desk.example.com/mcp");

        oauth.check(http);

        assertThat(http.allowedHosts()).contains("desk.example.com", "desk.example.com:*");
        assertThat(http.reachesOut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--doctor", "--http=0", "--list"})
    void an_end_of_access_in_the_past_is_an_error_and_starts_nothing(String option) {
        assertThat(run(ACCOUNT, ("--until=2020-01-01T00:00:00Z " + option).split(" ")))
                .isEqualTo(new Ran(
                        2,
                        "",
                        "--until is in the past, so no tool could be called; give a later time."
                                + System.lineSeparator()));
    }

    @Test
    void an_expired_policy_file_is_reported_at_the_start(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.json"), "{\"expires_at\": \"2020-01-01T00:00:00Z\"}");

        Ran ran = run(ACCOUNT, "--config=" + file);

        assertThat(ran.code()).isZero();
        assertThat(ran.err())
                .startsWith("The access has ended: expires_at in the file of --config is in the past.")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "DESK365_PLAN=s3cret, 'DESK365_PLAN must be standard, plus or premium.'",
        "DESK365_SUBDOMAIN=acme, DESK365_SUBDOMAIN is set but DESK365_API_KEY is not;",
        "DESK365_BASE_URL=https://s3cret.example, DESK365_BASE_URL is set but DESK365_API_KEY is not;",
        "DESK365_API_KEY=s3cret, DESK365_API_KEY is set but neither DESK365_SUBDOMAIN nor DESK365_BASE_URL is;",
        "DESK365_API_KEY=s3cret DESK365_SUBDOMAIN=s3cret.desk365.io, DESK365_SUBDOMAIN is not a subdomain:",
        "DESK365_API_KEY=s3cret DESK365_BASE_URL=s3cret, DESK365_BASE_URL is not a helpdesk address:",
        "DESK365_API_KEY=s3cret DESK365_BASE_URL=http://s3cret.example, DESK365_BASE_URL is not a helpdesk address:",
        "DESK365_API_KEY=s3cret DESK365_BASE_URL=https://[s3cret, DESK365_BASE_URL is not a helpdesk address:",
        "DESK365_API_KEY=s3crét DESK365_SUBDOMAIN=acme, DESK365_API_KEY is not an API key:",
        "DESK365_API_KEY=s3cret DESK365_SUBDOMAIN=acme, DESK365_API_KEY is not an API key: a key is one word of at least 8",
        "DESK365_API_KEY=s3cret DESK365_SUBDOMAIN=acme DESK365_BASE_URL=https://acme.desk365.io,"
                + " DESK365_SUBDOMAIN and DESK365_BASE_URL are both set; keep one"
    })
    void an_incomplete_environment_gives_one_sentence_without_its_values(String variables, String start) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.split(" ")) {
            environment.put(
                    variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }

        Ran ran = run(environment);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith(start).doesNotContain("s3cr").hasLineCount(1);
    }

    @Test
    void invented_data_is_served_over_http_only_if_asked_for() {
        Ran ran = run(Map.of("DESK365_SUBDOMIAN", "acme", "DESK365_API_KEY", " "), "--http=0");

        assertThat(ran)
                .isEqualTo(new Ran(
                        2,
                        "",
                        "No account is set: set DESK365_SUBDOMAIN and DESK365_API_KEY, or add --sandbox to work with"
                                + " invented data. The environment has DESK365_SUBDOMIAN, which this server does not"
                                + " read." + System.lineSeparator()));
        assertThat(run(ACCOUNT, "--sandbox").err())
                .startsWith("--sandbox cannot be used with an account: unset DESK365_SUBDOMAIN,");
        assertThat(run(Map.of(), "--sandbox").err()).startsWith("This server uses the sandbox at http://127.0.0.1:");
    }

    @Test
    void lines_on_standard_error_can_be_json() {
        Ran ran = run(Map.of(), "--log-format=json");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).hasLineCount(1);
        assertThat(JsonDocument.parse(ran.err()).toMap())
                .containsOnlyKeys("time", "level", "logger", "message")
                .containsEntry("level", "info")
                .hasEntrySatisfying(
                        "message", message -> assertThat(message).asString().startsWith("No account is set, so this"));
        assertThat(run(ACCOUNT, "--log-format=xml").err())
                .startsWith("Invalid value for option '--log-format': xml is not one of text, json");
    }

    @Test
    void an_account_starts_silently_and_ends_with_its_input() {
        assertThat(run(ACCOUNT)).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void blank_variables_are_treated_as_missing() {
        Ran ran = run(Map.of("DESK365_API_KEY", "", "DESK365_SUBDOMAIN", " ", "DESK365_BASE_URL", ""));

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("No account is set, so this server uses the sandbox at http://127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version"})
    void help_and_version_start_nothing(String option) {
        Ran ran = run(ACCOUNT, option);

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("desk365-mcp-server");
        assertThat(ran.err()).isEmpty();
    }
}
