package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator allows: which tools, until when, to whom, and who is told of it.
 *
 * <pre>{@code
 * Policy contractor = Policy.of(Selection.knowledgeBase().withReadOnly())
 *         .endsAt(Instant.parse("2026-11-27T17:00:00Z"))
 *         .authenticator(CallerAuthenticator.tokens(Map.of(hash, "contractor")));
 * BoundTools tools = Desk365Tools.with(contractor).bind(desk);
 * }</pre>
 *
 * <p>Listing and calling see the same tools: one that is not listed is unknown. Immutable; each method answers a copy.
 */
public final class Policy {

    private static final Set<String> DESK365 = Set.of("*.desk365.io");

    private final Selection selection;
    private final boolean restricted;
    private final @Nullable Instant end;
    private final Clock clock;
    private final @Nullable CallerAuthenticator authenticator;
    private final @Nullable AuditListener audit;
    private final Set<String> hosts;
    private final AttachmentForms attachmentForms;

    private Policy(
            Selection selection,
            boolean restricted,
            @Nullable Instant end,
            Clock clock,
            @Nullable CallerAuthenticator authenticator,
            @Nullable AuditListener audit,
            Set<String> hosts,
            AttachmentForms attachmentForms) {
        this.selection = selection;
        this.restricted = restricted;
        this.end = end;
        this.clock = clock;
        this.authenticator = authenticator;
        this.audit = audit;
        this.hosts = hosts;
        this.attachmentForms = attachmentForms;
    }

    /** These tools, without an end, to everybody whom the host lets through. */
    public static Policy of(Selection selection) {
        return new Policy(selection, true, null, Clock.systemUTC(), null, null, DESK365, AttachmentForms.INLINE);
    }

    /**
     * A policy as data, for example from a file.
     *
     * <pre>{@code
     * {"name": "contractor", "config": {"methods": ["read"], "tags": ["knowledge_base"]},
     *  "expires_at": "2026-11-27T17:00:00Z", "require_api_token_auth": true,
     *  "tokens": {"<SHA-256 of the token>": "contractor"}}
     * }</pre>
     *
     * <p>{@code name}, {@code config.methods}, {@code config.tags}, {@code expires_at} and
     * {@code require_api_token_auth} are the keys of the hosted product; {@code config.tools}, {@code config.exclude},
     * {@code config.read_only}, {@code preset} ({@code heroes}, {@code triage}, {@code knowledge_base},
     * {@code read_only}, {@code everything}), {@code tokens} and {@code hide_restricted} are ours.
     *
     * @throws IllegalArgumentException if a key or a value means nothing; the message names the nearest that does
     */
    public static Policy fromMap(Map<String, ?> data) {
        return PolicyConfig.read(data);
    }

    /** The same from JSON text. */
    public static Policy fromJson(String json) {
        return fromMap(JsonDocument.parse(json).toMap());
    }

    /** Without the tools whose endpoints the vendor opens on request only: contracts. */
    public Policy withoutRestricted() {
        return new Policy(selection, false, end, clock, authenticator, audit, hosts, attachmentForms);
    }

    /** Until then. A call that began before is allowed to finish. */
    public Policy endsAt(Instant instant) {
        return new Policy(selection, restricted, instant, clock, authenticator, audit, hosts, attachmentForms);
    }

    /** By this clock; default is the system's. */
    public Policy clock(Clock newClock) {
        return new Policy(selection, restricted, end, newClock, authenticator, audit, hosts, attachmentForms);
    }

    /** Only to callers whom this one knows. */
    public Policy authenticator(CallerAuthenticator newAuthenticator) {
        return new Policy(selection, restricted, end, clock, newAuthenticator, audit, hosts, attachmentForms);
    }

    /** Told of every call. */
    public Policy audit(AuditListener listener) {
        return new Policy(selection, restricted, end, clock, authenticator, listener, hosts, attachmentForms);
    }

    /**
     * The hosts that tenants may be at, such as {@code acme.desk365.io} or {@code *.desk365.io}, which is the default.
     * Whatever a resolver answers, no key leaves for another host.
     */
    public Policy hosts(String... names) {
        return new Policy(selection, restricted, end, clock, authenticator, audit, Set.of(names), attachmentForms);
    }

    /**
     * The references to files that tools take, instead of {@link AttachmentResolver#inline()} alone; name that one too to
     * keep it, and best first. The definitions say what is taken.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Policy attachments(AttachmentResolver... resolvers) {
        if (resolvers.length == 0) {
            throw new IllegalArgumentException("Some resolver must be left; to send no files, exclude the tools");
        }
        return with(new AttachmentForms(List.of(resolvers), attachmentForms.fileParams()));
    }

    /**
     * Shows files in ChatGPT's form: it fills in {@code download_url}, {@code file_id}, {@code mime_type} and
     * {@code file_name} by itself, as {@code openai/fileParams} in {@code _meta} asks. The link needs
     * {@link AttachmentResolver#https} with the hosts that ChatGPT keeps files on. For other hosts the argument is of no
     * use then.
     */
    public Policy openAiFileParams() {
        return with(new AttachmentForms(attachmentForms.resolvers(), true));
    }

    private Policy with(AttachmentForms forms) {
        return new Policy(selection, restricted, end, clock, authenticator, audit, hosts, forms);
    }

    Selection selection() {
        return selection;
    }

    boolean allowsRestricted() {
        return restricted;
    }

    boolean hasEnded() {
        return end != null && !clock.instant().isBefore(end);
    }

    Clock clock() {
        return clock;
    }

    @Nullable
    CallerAuthenticator authenticator() {
        return authenticator;
    }

    @Nullable
    AuditListener audit() {
        return audit;
    }

    Set<String> hosts() {
        return hosts;
    }

    AttachmentForms attachmentForms() {
        return attachmentForms;
    }

    /** What is allowed; no secret. */
    @Override
    public String toString() {
        return "Policy[" + selection + (end == null ? "" : ", until " + end)
                + (authenticator == null ? "" : ", callers are checked") + "]";
    }
}
