package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the policy: one for each key of a policy file, or the file itself. */
final class PolicyOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read the policy from a JSON file. Cannot be combined with the options from --preset to"
                    + " --lock-writes.")
    private @Nullable Path config;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "A set of tools: heroes, triage, knowledge_base, read_only or everything. Can be combined"
                    + " only with --exclude and --read-only.")
    private @Nullable String preset;

    @Option(
            names = "--methods",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "Only tools with one of these methods: read, write, list, get, create, update, delete,"
                    + " custom.")
    private List<String> methods = List.of();

    @Option(
            names = "--tags",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "Only tools with one of these tags, such as tickets,contacts.")
    private List<String> tags = List.of();

    @Option(
            names = "--tools",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "Also these tools, by name.")
    private List<String> tools = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "None of these tools, by name or tag.")
    private List<String> excluded = List.of();

    @Option(names = "--read-only", description = "Only tools that read, whatever the other options say.")
    private boolean readOnly;

    @Option(
            names = "--hide-restricted",
            description = "Leave out the contract tools, which fail unless Desk365 has enabled contracts for the"
                    + " account.")
    private boolean hideRestricted;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "The access ends at this time, such as 2026-11-27T17:00:00Z.")
    private @Nullable String until;

    @Option(
            names = "--token-hash",
            paramLabel = "SHA256",
            description = "Only callers who show the token with this SHA-256 are admitted. Can be repeated.")
    private List<String> tokenHashes = List.of();

    @Option(
            names = "--approvals-last",
            paramLabel = "SECONDS",
            description = "How long a preview can be approved. Default: 600.")
    private @Nullable Integer approvalsLast;

    @Option(
            names = "--duplicates-within",
            paramLabel = "SECONDS",
            description = "How long a repeated call that creates something returns the first answer, and sends nothing."
                    + " Default: 600; 0 turns this off.")
    private @Nullable Integer duplicatesWithin;

    @Option(
            names = "--approval-cards",
            description = "Let the user of a client with MCP Apps approve calls on a card in the chat. Only for clients"
                    + " that you trust: a program that plays such a client can approve its own calls.")
    private boolean approvalCards;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "standard, plus or premium: calls that exceed the plan are refused before they are sent.")
    private @Nullable String plan;

    @Option(
            names = "--answer-tokens",
            paramLabel = "NUMBER",
            description = "The size limit of an answer, in tokens. The rest is left out, and the answer says so."
                    + " Default: 10000.")
    private @Nullable Integer answerTokens;

    @Option(
            names = "--results",
            paramLabel = "FORM",
            description = "Where an answer is placed: both, structured_only, text_only or summary. Default: both.")
    private @Nullable String results;

    @Option(
            names = "--fields-in-definitions",
            description = "List in each definition the fields that can be asked for.")
    private boolean fieldsInDefinitions;

    @Option(names = "--no-outside-marks", description = "Do not mark what people outside wrote in the text of answers.")
    private boolean noOutsideMarks;

    @Option(
            names = "--policy-name",
            paramLabel = "NAME",
            description = "A name for this policy, for the _meta of the definitions.")
    private @Nullable String name;

    @Option(
            names = "--lock-writes",
            description = "Refuse the writes of a session after it has read text from outside.")
    private boolean lockWrites;

    @Option(
            names = "--approval",
            paramLabel = "WHAT=HOW,..",
            hideParamSyntax = true,
            split = ",",
            description = "What must happen before a call is carried out: allow, stage (a preview first), confirm (a"
                    + " person agrees) or deny. For read, create, update, delete, mail (calls that e-mail somebody"
                    + " outside or add them to later mail) or the name of a tool. Default: mail=stage,delete=stage.")
    private List<String> approval = List.of();

    @Option(names = "--audit", description = "Write a line to standard error for each call, without customer text.")
    private boolean audit;

    @Mixin
    private final AttachOptions attach = new AttachOptions();

    /**
     * {@return the policy that the options describe}
     *
     * @throws IllegalArgumentException if the options are invalid; the message is one sentence for the user
     */
    Policy policy() {
        Map<String, Object> rules = rules();
        if (config != null && !rules.isEmpty()) {
            throw new IllegalArgumentException(
                    "--config cannot be combined with the options from --preset to --lock-writes; set them in the"
                            + " file.");
        }
        Policy policy = config == null ? Policy.fromMap(rules) : Policy.fromJson(read(config));
        if (until != null && policy.hasEnded()) {
            throw new IllegalArgumentException(
                    "--until is in the past, so no tool could be called; give a later time.");
        }
        policy = attach.on(policy.approvals(policy.approvals().with(approvals())));
        return audit ? policy.audit(AuditListener.logger("desk365.audit")) : policy;
    }

    private Map<String, String> approvals() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : approval) {
            String[] parts = setting.split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException(
                        "--approval takes settings such as mail=confirm, not " + setting + ".");
            }
            if (settings.put(parts[0], parts[1]) != null) {
                throw new IllegalArgumentException("--approval sets " + parts[0] + " twice.");
            }
        }
        return settings;
    }

    /** {@return the plan of the option {@code --plan}; null if it was not given} */
    @Nullable
    String plan() {
        return plan;
    }

    /** {@return the options under the keys of a policy file} */
    Map<String, Object> rules() {
        Map<String, Object> selection = new LinkedHashMap<>();
        put(selection, "methods", methods);
        put(selection, "tags", tags);
        put(selection, "tools", tools);
        put(selection, "exclude", excluded);
        put(selection, "read_only", readOnly);
        Map<String, Object> callers = new LinkedHashMap<>();
        tokenHashes.forEach(hash -> callers.put(hash, "caller " + (callers.size() + 1)));

        Map<String, Object> rules = new LinkedHashMap<>();
        put(rules, "name", name);
        put(rules, "preset", preset);
        put(rules, "config", selection);
        put(rules, "hide_restricted", hideRestricted);
        put(rules, "expires_at", until);
        put(rules, "tokens", callers);
        put(rules, "approvals_last_seconds", approvalsLast);
        put(rules, "approval_cards", approvalCards);
        put(rules, "duplicates_within_seconds", duplicatesWithin);
        put(rules, "lock_writes_after_untrusted_text", lockWrites);
        put(rules, "plan", plan);
        put(rules, "answer_tokens", answerTokens);
        put(rules, "results", results);
        put(rules, "fields_in_definitions", fieldsInDefinitions);
        if (noOutsideMarks) {
            rules.put("mark_outside_text", false);
        }
        return rules;
    }

    /** Adds a value unless its option was not given. */
    private static void put(Map<String, Object> rules, String key, @Nullable Object value) {
        if (value != null && !List.of().equals(value) && !Map.of().equals(value) && !Boolean.FALSE.equals(value)) {
            rules.put(key, value);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read", e);
        }
    }
}
