package io.github.desk365mcp.server;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the policy: one for each key of a policy file, or the file itself. */
final class PolicyOptions {

    private static final String APPROVERS = "approvers";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read the policy from a JSON file. Cannot be combined with the options from --preset to"
                    + " --lock-writes.")
    private @Nullable Path config;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "A set of tools: heroes, core, triage, knowledge_base, read_only or everything. Can be combined"
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
            description = "The access ends at this time, such as 2099-12-31T17:00:00Z.")
    private @Nullable String until;

    @Option(
            names = "--token-hash",
            paramLabel = "SHA256",
            description = "Only callers who show the token with this SHA-256 are admitted. Can be repeated.")
    private List<String> tokenHashes = List.of();

    @Option(
            names = "--approver-token-hash",
            paramLabel = "[NAME=]SHA256",
            hideParamSyntax = true,
            description = "The person who shows the token with this SHA-256 at /approvals may decide about calls that"
                    + " need confirmation. No caller may have it. Can be repeated; only with --http.")
    private List<String> approverHashes = List.of();

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
            names = "--charts",
            description =
                    "Add a chart (SVG) to reports on tickets, for clients that show it to people. Some clients give"
                            + " its text to the model, too.")
    private boolean charts;

    @Option(
            names = "--policy-name",
            paramLabel = "NAME",
            description = "A name for this policy, for the _meta of the definitions.")
    private @Nullable String name;

    @Option(
            names = "--leaks",
            paramLabel = "HOW",
            description = "What happens to a reply or public note that repeats an internal note or another customer's"
                    + " text that its session has read: warn (in the preview), refuse or off. Default: warn.")
    private @Nullable String leaks;

    @Option(
            names = "--compare-updates",
            description = "Read each record before it is changed, which costs a call, to show what has changed.")
    private boolean compareUpdates;

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
                    + " outside or add them to later mail), publish (calls that change what customers see in the"
                    + " knowledge base) or the name of a tool. Default: mail=stage,publish=stage,delete=stage.")
    private List<String> approval = List.of();

    @Option(names = "--audit", description = "Write a line to standard error for each call, without customer text.")
    private boolean audit;

    @Mixin
    private final AttachOptions attach = new AttachOptions();

    private @Nullable Map<String, Object> file;

    private @Nullable Object fileApprovers;

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
        Policy policy = config == null ? Policy.fromMap(rules) : Policy.fromMap(file(config));
        if (until != null && policy.hasEnded()) {
            throw new IllegalArgumentException(
                    "--until is in the past, so no tool could be called; give a later time.");
        }
        policy = attach.on(policy.approvals(policy.approvals().with(approvals())));
        return audit ? policy.audit(AuditListener.logger("desk365.audit")) : policy;
    }

    /**
     * {@return the names of the people who may decide about calls, by the hashes of their tokens}
     *
     * @throws IllegalArgumentException if a name is missing, or a caller has the same token; the message is one
     *     sentence for the user
     */
    Map<String, String> approvers() {
        Map<String, String> approvers = new LinkedHashMap<>();
        if (config != null) {
            file(config);
        }
        if (fileApprovers instanceof Map<?, ?> given) {
            given.forEach((hash, name) -> approve(approvers, String.valueOf(hash), name));
        } else if (fileApprovers != null) {
            throw new IllegalArgumentException("approvers must be an object: {\"<SHA-256 of a token>\": \"<name>\"}");
        }
        for (String given : approverHashes) {
            int end = given.lastIndexOf('=');
            approve(
                    approvers,
                    given.substring(end + 1),
                    end < 0 ? "approver " + (approvers.size() + 1) : given.substring(0, end));
        }
        Set<String> callers = callers();
        approvers.forEach((hash, name) -> {
            if (callers.contains(hash)) {
                throw new IllegalArgumentException("The token of the approver " + name
                        + " is also that of a caller; a model could approve its own calls with it.");
            }
        });
        return approvers;
    }

    /** {@return the hashes of the callers' tokens, in lower case} */
    Set<String> callers() {
        Set<String> callers = new TreeSet<>(tokenHashes);
        if (config != null && file(config).get("tokens") instanceof Map<?, ?> tokens) {
            tokens.keySet().forEach(hash -> callers.add(String.valueOf(hash)));
        }
        return callers.stream().map(hash -> hash.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static void approve(Map<String, String> approvers, String hash, @Nullable Object name) {
        if (!(name instanceof String known) || known.isBlank()) {
            throw new IllegalArgumentException(
                    "approvers has a hash without a name; its value must be a non-blank" + " string.");
        }
        String other = approvers.put(hash.toLowerCase(Locale.ROOT), known.strip());
        if (other != null) {
            throw new IllegalArgumentException(
                    "The token of the approver " + known.strip() + " is also that of " + other + ".");
        }
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
        put(rules, "compare_updates", compareUpdates);
        put(rules, "charts", charts);
        put(rules, "lock_writes_after_untrusted_text", lockWrites);
        put(rules, "leaks", leaks);
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

    /** Returns the file without the key for approvers, which is this server's own and not a policy's. */
    private Map<String, Object> file(Path path) {
        if (file == null) {
            Map<String, Object> read =
                    new LinkedHashMap<>(JsonDocument.parse(read(path)).toMap());
            fileApprovers = read.remove(APPROVERS);
            file = read;
        }
        return file;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read", e);
        }
    }
}
