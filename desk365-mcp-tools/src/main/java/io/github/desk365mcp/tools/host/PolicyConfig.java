package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.Times;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads policies from data, with the keys of the hosted product and ours. */
final class PolicyConfig {

    private static final Set<String> KEYS = new TreeSet<>(List.of(
            "name",
            "config",
            "expires_at",
            "require_api_token_auth",
            "tokens",
            "hide_restricted",
            "preset",
            "plan",
            "hosts",
            "attachments",
            "approval",
            "approvals_last_seconds",
            "approval_cards",
            "duplicates_within_seconds",
            "lock_writes_after_untrusted_text",
            "compare_updates",
            "leaks",
            "vocabulary",
            "tool_settings",
            "answer_tokens",
            "results",
            "charts",
            "fields_in_definitions",
            "mark_outside_text"));
    private static final Set<String> CONFIG_KEYS =
            new TreeSet<>(List.of("methods", "tags", "tools", "exclude", "read_only"));
    private static final Set<String> ATTACHMENT_KEYS =
            new TreeSet<>(List.of("roots", "hosts", "read_hosts", "read_bytes"));
    private static final Map<String, Selection> PRESETS = presets();
    private static final Map<String, Plan> PLANS = byName(Plan.values());
    private static final Map<String, ResultForm> FORMS = byName(ResultForm.values());
    private static final Map<String, Leaks> LEAKS = byName(Leaks.values());

    private final Map<String, Object> data;

    private PolicyConfig(Map<String, Object> data) {
        this.data = data;
    }

    private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        return Stream.of(values).collect(Collectors.toMap(value -> Ascii.lower(value.name()), value -> value));
    }

    static Policy read(Map<String, ?> data) {
        return new PolicyConfig(new JsonDocument(data).toMap()).policy();
    }

    private static Map<String, Selection> presets() {
        Map<String, Selection> presets = new LinkedHashMap<>();
        presets.put("heroes", Selection.heroes());
        presets.put("core", Selection.core());
        presets.put("triage", Selection.triage());
        presets.put("knowledge_base", Selection.knowledgeBase());
        presets.put("read_only", Selection.readOnly());
        presets.put("everything", Selection.everything());
        return presets;
    }

    private Policy policy() {
        check(data, KEYS, "");
        Policy policy = Policy.of(selection());
        Map<String, Object> words = object(data, "vocabulary");
        if (!words.isEmpty()) {
            policy = policy.vocabulary(Vocabulary.fromMap(words));
        }
        String name = text(data, "name");
        if (name != null) {
            policy = policy.name(name);
        }
        String end = text(data, "expires_at");
        if (end != null) {
            policy = policy.endsAt(time(end));
        }
        if (flag(data, "hide_restricted")) {
            policy = policy.withoutRestricted();
        }
        String plan = text(data, "plan");
        if (plan != null) {
            policy = policy.plan(known("plan", plan, PLANS));
        }
        if (data.containsKey("hosts")) {
            policy = policy.hosts(texts(data, "", "hosts"));
        }
        return callers(guards(answers(attachments(settings(policy)))));
    }

    private Policy settings(Policy given) {
        Policy policy = given;
        for (String name : object(data, "tool_settings").keySet()) {
            Map<String, Object> settings = object(object(data, "tool_settings"), name);
            try {
                policy = name.equals("*")
                        ? policy.everyTool(ToolSettings.fromMap(settings))
                        : policy.tool(name, ToolSettings.fromMap(settings));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tool_settings." + name + ": " + e.getMessage(), e);
            }
        }
        return policy;
    }

    /** Small files in the argument are always accepted. */
    private Policy attachments(Policy policy) {
        Map<String, Object> attachments = object(data, "attachments");
        check(attachments, ATTACHMENT_KEYS, "attachments.");
        // Inline data first: base64 can look like a path, but no path looks like base64.
        List<AttachmentResolver> resolvers = new ArrayList<>(List.of(AttachmentResolver.inline()));
        if (attachments.containsKey("roots")) {
            resolvers.add(AttachmentResolver.files(Stream.of(texts(attachments, "attachments.", "roots"))
                    .map(Path::of)
                    .toArray(Path[]::new)));
        }
        if (attachments.containsKey("hosts")) {
            resolvers.add(AttachmentResolver.https(texts(attachments, "attachments.", "hosts")));
        }
        Policy attaching = policy.attachments(resolvers.toArray(AttachmentResolver[]::new));
        if (attachments.containsKey("read_hosts")) {
            attaching = attaching.fileServers(texts(attachments, "attachments.", "read_hosts"));
        }
        Long most = whole(attachments, "read_bytes", "bytes");
        return most == null ? attaching : attaching.mostFileBytes(most);
    }

    private Policy answers(Policy given) {
        Policy policy = given;
        Long tokens = whole(data, "answer_tokens", "tokens");
        if (tokens != null) {
            policy = policy.answerTokens((int) Math.min(tokens, Integer.MAX_VALUE));
        }
        String form = text(data, "results");
        if (form != null) {
            policy = policy.results(known("results", form, FORMS));
        }
        if (data.containsKey("mark_outside_text") && !flag(data, "mark_outside_text")) {
            policy = policy.withoutOutsideMarks();
        }
        if (flag(data, "charts")) {
            policy = policy.charts();
        }
        return flag(data, "fields_in_definitions") ? policy.fieldsInDefinitions() : policy;
    }

    private Policy guards(Policy given) {
        Policy policy = given;
        policy = policy.approvals(Approvals.defaults().with(object(data, "approval")));
        Long last = whole(data, "approvals_last_seconds", "seconds");
        if (last != null) {
            if (last == 0) {
                throw new IllegalArgumentException("approvals_last_seconds must be positive");
            }
            policy = policy.approvalsLast(Duration.ofSeconds(last));
        }
        Long within = whole(data, "duplicates_within_seconds", "seconds");
        if (within != null) {
            policy = policy.duplicates(Duration.ofSeconds(within));
        }
        if (flag(data, "approval_cards")) {
            policy = policy.approvalCards();
        }
        if (flag(data, "lock_writes_after_untrusted_text")) {
            policy = policy.lockWritesAfterUntrustedText();
        }
        if (flag(data, "compare_updates")) {
            policy = policy.compareUpdates();
        }
        String leaks = text(data, "leaks");
        if (leaks != null) {
            policy = policy.leaks(known("leaks", leaks, LEAKS));
        }
        return policy;
    }

    private Policy callers(Policy policy) {
        Map<String, Object> tokens = object(data, "tokens");
        if (!data.containsKey("tokens")) {
            if (flag(data, "require_api_token_auth")) {
                throw new IllegalArgumentException(
                        "require_api_token_auth is true, but tokens is missing: {\"<SHA-256 of a token>\": \"<caller>\"}");
            }
            return policy;
        }
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException(
                    "tokens is empty; leave it out to admit every caller, or name the callers");
        }
        Map<String, String> callers = new LinkedHashMap<>();
        tokens.forEach((hash, caller) -> {
            if (!(caller instanceof String name) || name.isBlank()) {
                throw new IllegalArgumentException(
                        "tokens has a hash without a caller; its value must be a non-blank string");
            }
            callers.put(hash, name);
        });
        return policy.authenticator(CallerAuthenticator.tokens(callers));
    }

    private Selection selection() {
        Map<String, Object> config = object(data, "config");
        check(config, CONFIG_KEYS, "config.");
        String preset = text(data, "preset");
        Selection selection = Selection.everything();
        if (preset != null) {
            selection = known("preset", preset, PRESETS);
            if (!Set.of("read_only", "exclude").containsAll(config.keySet())) {
                throw new IllegalArgumentException("With preset, config may contain only exclude and read_only");
            }
        }
        if (config.containsKey("methods")) {
            selection = selection.methods(texts(config, "config.", "methods"));
        }
        if (config.containsKey("tags")) {
            selection = selection.tags(texts(config, "config.", "tags"));
        }
        if (config.containsKey("tools")) {
            selection = selection.tools(texts(config, "config.", "tools"));
        }
        if (config.containsKey("exclude")) {
            selection = selection.exclude(texts(config, "config.", "exclude"));
        }
        return flag(config, "read_only") ? selection.withReadOnly() : selection;
    }

    private static void check(Map<String, Object> object, Set<String> known, String prefix) {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw unknown("key " + prefix + key, key, known);
            }
            if (object.get(key) == null || List.of().equals(object.get(key))) {
                throw new IllegalArgumentException(prefix + key + " is empty; give it a value or leave it out");
            }
        }
    }

    private static <T> T known(String kind, String word, Map<String, T> values) {
        T value = values.get(word);
        if (value == null) {
            throw unknown(kind + " " + word, word, values.keySet());
        }
        return value;
    }

    private static IllegalArgumentException unknown(String what, String word, Set<String> known) {
        String nearest = Text.nearest(word, known);
        return new IllegalArgumentException("There is no " + what
                + (nearest == null ? "; there are " + String.join(", ", known) : "; did you mean " + nearest + "?"));
    }

    private static Instant time(String text) {
        Instant time = Times.parse(text);
        if (time == null) {
            throw new IllegalArgumentException("expires_at must be a time such as 2099-12-31T17:00:00Z");
        }
        return time;
    }

    private static @Nullable String text(Map<String, Object> object, String key) {
        Object value = object.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException(key + " must be a string");
    }

    private static @Nullable Long whole(Map<String, Object> object, String key, String unit) {
        Object value = object.get(key);
        if (value == null) {
            return null;
        }
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger large && large.signum() > 0) {
            // More than any of these numbers can be; what uses it has its own limit.
            return Long.MAX_VALUE;
        }
        throw new IllegalArgumentException(key + " must be a whole number of " + unit + ", 0 or more");
    }

    private static boolean flag(Map<String, Object> object, String key) {
        Object value = object.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new IllegalArgumentException(key + " must be true or false");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> object, String key) {
        Object value = object.get(key);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?>) {
            return (Map<String, Object>) value;
        }
        throw new IllegalArgumentException(key + " must be an object");
    }

    private static String[] texts(Map<String, Object> object, String prefix, String key) {
        if (object.get(key) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.toArray(String[]::new);
        }
        throw new IllegalArgumentException(prefix + key + " must be a list of strings");
    }
}
