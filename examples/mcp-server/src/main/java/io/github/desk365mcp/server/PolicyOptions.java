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

/** The options for what is allowed, until when, and to whom: for the keys of a policy file, or the file itself. */
final class PolicyOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read from a JSON file what is allowed, until when, and to whom; it goes without the options"
                    + " from --preset to --lock-writes.")
    private @Nullable Path config;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "heroes, triage, knowledge_base, read_only or everything. Beside it --exclude and --read-only"
                    + " alone.")
    private @Nullable String preset;

    @Option(
            names = "--methods",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "Only tools that do this: read, write, list, get, create, update, delete, custom.")
    private List<String> methods = List.of();

    @Option(
            names = "--tags",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "Only tools with one of these, such as tickets,contacts.")
    private List<String> tags = List.of();

    @Option(
            names = "--tools",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "These tools by name, beside what methods and tags select.")
    private List<String> tools = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "None of these tools, by name or tag.")
    private List<String> excluded = List.of();

    @Option(names = "--read-only", description = "No tool that changes anything, whatever else is said.")
    private boolean readOnly;

    @Option(
            names = "--hide-restricted",
            description = "None of the contract tools, which fail unless Desk365 has opened them for the account.")
    private boolean hideRestricted;

    @Option(names = "--until", paramLabel = "TIME", description = "The access ends then, such as 2026-11-27T17:00:00Z.")
    private @Nullable String until;

    @Option(
            names = "--token-hash",
            paramLabel = "SHA256",
            description = "Only to callers who show the token that has this SHA-256. Can be given again.")
    private List<String> tokenHashes = List.of();

    @Option(
            names = "--approvals-last",
            paramLabel = "SECONDS",
            description = "How long a preview may be agreed to. Default: 600.")
    private @Nullable Integer approvalsLast;

    @Option(
            names = "--duplicates-within",
            paramLabel = "SECONDS",
            description = "A write that repeats another of this time ago is not sent. Default: 600; 0 for none.")
    private @Nullable Integer duplicatesWithin;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "standard, plus or premium: calls beyond the plan are refused before they leave.")
    private @Nullable String plan;

    @Option(
            names = "--answer-tokens",
            paramLabel = "NUMBER",
            description = "How large an answer may be; the rest is left out, and named. Default: 10000.")
    private @Nullable Integer answerTokens;

    @Option(
            names = "--results",
            paramLabel = "FORM",
            description = "Where answers stand: both, structured_only, text_only or summary. Default: both.")
    private @Nullable String results;

    @Option(names = "--fields-in-definitions", description = "Definitions name the fields that may be asked for.")
    private boolean fieldsInDefinitions;

    @Option(
            names = "--policy-name",
            paramLabel = "NAME",
            description = "The name of all this, for the _meta of the definitions.")
    private @Nullable String name;

    @Option(
            names = "--lock-writes",
            description = "Once a session has read what people outside wrote, its writes are refused.")
    private boolean lockWrites;

    @Option(
            names = "--approval",
            paramLabel = "WHAT=HOW,..",
            hideParamSyntax = true,
            split = ",",
            description =
                    "What must happen before a call acts: allow, stage (a preview first), confirm (a person agrees)"
                            + " or deny, for read, create, update, delete, mail (e-mails somebody outside or lets them in on mail) or the name of a tool."
                            + " Default: mail=stage,delete=stage.")
    private Map<String, String> approval = Map.of();

    @Option(names = "--audit", description = "Write a line to standard error for every call, without texts.")
    private boolean audit;

    @Mixin
    private final AttachOptions attach = new AttachOptions();

    /**
     * The policy that the options say.
     *
     * @throws IllegalArgumentException if they make no sense; the message is a sentence
     */
    Policy policy() {
        Map<String, Object> rules = rules();
        if (config != null && !rules.isEmpty()) {
            throw new IllegalArgumentException(
                    "--config goes without the options from --preset to --lock-writes: the file says them.");
        }
        Policy policy = config == null ? Policy.fromMap(rules) : Policy.fromJson(read(config));
        if (until != null && policy.hasEnded()) {
            throw new IllegalArgumentException(
                    "--until is in the past, so nothing could be called; give a later time.");
        }
        policy = attach.on(policy.approvals(policy.approvals().with(approval)));
        return audit ? policy.audit(AuditListener.logger("desk365.audit")) : policy;
    }

    /** The plan that an option says; null if none does. */
    @Nullable
    String plan() {
        return plan;
    }

    /** Under the keys of a policy file. */
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
        put(rules, "duplicates_within_seconds", duplicatesWithin);
        put(rules, "lock_writes_after_untrusted_text", lockWrites);
        put(rules, "plan", plan);
        put(rules, "answer_tokens", answerTokens);
        put(rules, "results", results);
        put(rules, "fields_in_definitions", fieldsInDefinitions);
        return rules;
    }

    /** What was not given stays out. */
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
