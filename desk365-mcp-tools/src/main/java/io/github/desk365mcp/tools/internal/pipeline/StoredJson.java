package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Decision;
import io.github.desk365mcp.tools.internal.core.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a call and of its outcome as JSON, for the shared state. */
final class StoredJson {

    private static final String UNTRUSTED = "untrusted";
    private static final String WRITTEN = "written";

    private StoredJson() {}

    static <T> T need(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    static Map<String, Object> values(JsonDocument document) {
        Map<String, Object> values = new LinkedHashMap<>();
        document.toMap().forEach((key, value) -> values.put(key, need(value)));
        return values;
    }

    /** @param hasCredential whether the credential is stored too */
    static Map<String, @Nullable Object> of(CallContext context, boolean hasCredential) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("tenant", context.tenant());
        value.put("caller", context.caller());
        value.put("session", context.session());
        value.put("credential", hasCredential ? context.credential() : null);
        Selection scope = context.scope();
        if (scope != null) {
            value.put("scope", of(scope));
        }
        ToolGrant grant = context.grant();
        if (grant != null) {
            value.put("grant", of(grant));
        }
        return value;
    }

    private static Map<String, Object> of(Selection scope) {
        return Map.of(
                "methods", List.copyOf(scope.methods()),
                "tags", List.copyOf(scope.tags()),
                "tools", List.copyOf(scope.tools()),
                "excluded", List.copyOf(scope.excluded()),
                "only_reads", scope.onlyReads());
    }

    static Map<String, @Nullable Object> of(ToolGrant grant) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        Instant end = grant.endsAt();
        value.put("id", grant.id());
        value.put("name", grant.name());
        value.put("selection", of(grant.selection()));
        value.put("tenant", grant.tenant());
        value.put("expires_at", end == null ? null : end.toString());
        value.put("requires_caller", grant.requiresCaller());
        value.put("created_by", grant.createdBy());
        value.put("created_at", grant.createdAt().toString());
        value.put("updated_at", grant.updatedAt().toString());
        return value;
    }

    /** @param confirmed when the grant was read; {@link Instant#EPOCH} if it must be read again before it is used */
    static ToolGrant grant(JsonDocument stored, Instant confirmed) {
        ToolGrant grant = ToolGrant.of(need(stored.text("name")), scope(need(stored.document("selection"))))
                .endsAt(time(stored.text("expires_at")))
                .createdBy(stored.text("created_by"))
                .issued(
                        need(stored.text("id")),
                        Instant.parse(need(stored.text("created_at"))),
                        Instant.parse(need(stored.text("updated_at"))),
                        confirmed);
        String tenant = stored.text("tenant");
        ToolGrant ofTenant = tenant == null ? grant : grant.tenant(tenant);
        return need(stored.flag("requires_caller")) ? ofTenant.requiringCaller() : ofTenant;
    }

    static CallContext context(JsonDocument stored) {
        JsonDocument scope = stored.document("scope");
        JsonDocument grant = stored.document("grant");
        return context(
                grant == null ? null : grant(grant, Instant.EPOCH),
                stored.text("tenant"),
                stored.text("caller"),
                stored.text("session"),
                stored.text("credential"),
                scope == null ? null : scope(scope));
    }

    private static Selection scope(JsonDocument stored) {
        Selection scope = Selection.everything()
                .methods(words(stored, "methods"))
                .tags(words(stored, "tags"))
                .tools(words(stored, "tools"))
                .exclude(words(stored, "excluded"));
        return Boolean.TRUE.equals(stored.flag("only_reads")) ? scope.withReadOnly() : scope;
    }

    private static String[] words(JsonDocument stored, String field) {
        return stored.texts(field).toArray(new String[0]);
    }

    static @Nullable Map<String, Object> of(@Nullable Decision made) {
        if (made == null) {
            return null;
        }
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("approves", made.approves());
        String by = made.by();
        if (by != null) {
            value.put("by", by);
        }
        value.put("channel", made.channel());
        value.put("words", made.words());
        value.put("took", made.took().toString());
        return value;
    }

    static @Nullable Decision decision(
            @Nullable JsonDocument stored, String fingerprint, Object to, List<Map<String, Object>> files) {
        return stored == null
                ? null
                : new Decision(
                        Boolean.TRUE.equals(stored.flag("approves")),
                        stored.text("by"),
                        need(stored.text("channel")),
                        need(stored.text("words")),
                        Duration.parse(need(stored.text("took"))),
                        fingerprint,
                        to,
                        files);
    }

    static @Nullable Map<String, Object> of(@Nullable Outcome ended) {
        if (ended instanceof Outcome.Done done) {
            return Map.of("answer", done.answer(), "blocks", done.blocks());
        }
        if (ended instanceof Outcome.NotExecuted instead) {
            return Map.of("code", instead.code(), "answer", instead.answer());
        }
        return ended instanceof Outcome.Refused refused
                ? Map.of("code", refused.code(), "message", refused.message(), "advice", refused.advice())
                : null;
    }

    static @Nullable Outcome outcome(@Nullable JsonDocument stored) {
        if (stored == null) {
            return null;
        }
        String code = stored.text("code");
        JsonDocument answer = stored.document("answer");
        if (code == null) {
            return new Outcome.Done(
                    values(need(answer)), stored.objects("blocks", block -> values(new JsonDocument(block))));
        }
        return answer == null
                ? new Outcome.Refused(code, need(stored.text("message")), need(stored.text("advice")))
                : new Outcome.NotExecuted(code, values(answer));
    }

    static CallContext context(
            @Nullable ToolGrant grant,
            @Nullable String tenant,
            @Nullable String caller,
            @Nullable String session,
            @Nullable String credential,
            @Nullable Selection scope) {
        CallContext later = CallContext.none();
        later = grant == null ? later : later.grant(grant);
        later = tenant == null ? later : later.tenant(tenant);
        later = caller == null ? later : later.caller(caller);
        later = session == null ? later : later.session(session);
        later = credential == null ? later : later.credential(credential);
        return scope == null ? later : later.scope(scope);
    }

    static Map<String, Object> of(CallNotes.Labels labels) {
        return Map.of(UNTRUSTED, labels.untrusted(), WRITTEN, List.copyOf(labels.written()));
    }

    static CallNotes.Labels labels(Map<String, @Nullable Object> value) {
        Map<String, String> untrusted = new HashMap<>();
        if (value.get(UNTRUSTED) instanceof Map<?, ?> paths) {
            paths.forEach((path, writer) -> untrusted.put(String.valueOf(path), String.valueOf(writer)));
        }
        Set<String> written = new HashSet<>();
        if (value.get(WRITTEN) instanceof List<?> paths) {
            paths.forEach(path -> written.add(String.valueOf(path)));
        }
        return new CallNotes.Labels(Map.copyOf(untrusted), Set.copyOf(written));
    }
}
