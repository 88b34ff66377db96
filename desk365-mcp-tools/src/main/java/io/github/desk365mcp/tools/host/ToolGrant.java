package io.github.desk365mcp.tools.host;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of the tools that is opened by a secret: which tools, for which tenant, until when. {@link ToolGrants} issues
 * it. It never allows more than the policy.
 *
 * <pre>{@code
 * ToolGrant wanted = ToolGrant.of("contractor", Selection.knowledgeBase().withReadOnly())
 *         .endsAt(Instant.parse("2035-11-27T17:00:00Z"));
 * }</pre>
 *
 * <p>Immutable; each method that takes a value returns a copy. It has no secret.
 */
public final class ToolGrant {

    private final Facts facts;

    private ToolGrant(Facts facts) {
        this.facts = facts;
    }

    /** The values; never changed once a grant holds them. */
    private static final class Facts extends Values<Facts> {

        private final String name;
        private final Selection selection;
        private String id = "";
        private @Nullable String tenant;
        private @Nullable Instant end;
        private boolean requiresCaller;
        private @Nullable String createdBy;
        private Instant created = Instant.EPOCH;
        private Instant updated = Instant.EPOCH;
        private Instant confirmed = Instant.EPOCH;

        Facts(String name, Selection selection) {
            this.name = name;
            this.selection = selection;
        }
    }

    /**
     * {@return a grant that is not issued yet, for every tenant, without an end}
     *
     * @param name a name for people, of 1 to 100 characters; need not be unique
     * @param selection which tools, within those of the policy
     */
    public static ToolGrant of(String name, Selection selection) {
        return new ToolGrant(new Facts(name.strip(), selection));
    }

    /**
     * {@return a copy for this tenant alone}
     *
     * @param tenant as in {@link CallContext#tenant(String)}
     */
    public ToolGrant tenant(String tenant) {
        return new ToolGrant(facts.with(changed -> changed.tenant = tenant));
    }

    /**
     * {@return a copy that ends at this time} The end of the policy applies too.
     *
     * @param end null for no end; then it lasts for ten years after it was issued or changed
     */
    public ToolGrant endsAt(@Nullable Instant end) {
        return new ToolGrant(facts.with(changed -> changed.end = end));
    }

    /**
     * {@return a copy whose secret alone is not enough: the policy's {@link CallerAuthenticator} must also know the
     * caller} Without an authenticator, the context must have a caller. A grant that does not require a caller admits
     * everybody who has its secret.
     */
    public ToolGrant requiringCaller() {
        return new ToolGrant(facts.with(changed -> changed.requiresCaller = true));
    }

    /**
     * {@return a copy that says who issued it}
     *
     * @param person the name of a person, for lists
     */
    public ToolGrant createdBy(@Nullable String person) {
        return new ToolGrant(facts.with(changed -> changed.createdBy = person));
    }

    /**
     * {@return a copy that has been issued} For implementations of {@link ToolGrants}.
     *
     * @param id see {@link #id()}
     * @param created when it was issued
     * @param updated when it was issued or its end was last changed
     * @param confirmed when it was last read
     */
    public ToolGrant issued(String id, Instant created, Instant updated, Instant confirmed) {
        return new ToolGrant(facts.with(changed -> {
            changed.id = id;
            changed.created = created;
            changed.updated = updated;
            changed.confirmed = confirmed;
        }));
    }

    /** {@return the identifier, with which it can be read, changed and revoked, but not used; empty before it is issued} */
    public String id() {
        return facts.id;
    }

    /** {@return its name for people} */
    public String name() {
        return facts.name;
    }

    /** {@return the selected tools; {@link ToolGrants#tools} returns those that the policy allows} */
    public Selection selection() {
        return facts.selection;
    }

    /** {@return its tenant; null for every tenant} */
    public @Nullable String tenant() {
        return facts.tenant;
    }

    /** {@return when it ends; null if it has no end of its own} */
    public @Nullable Instant endsAt() {
        return facts.end;
    }

    /** {@return whether it has ended}
     *
     * @param now the time
     */
    public boolean hasEnded(Instant now) {
        return facts.end != null && !now.isBefore(facts.end);
    }

    /** {@return whether a caller must be known besides; see {@link #requiringCaller}} */
    public boolean requiresCaller() {
        return facts.requiresCaller;
    }

    /** {@return who issued it; null if unknown} */
    public @Nullable String createdBy() {
        return facts.createdBy;
    }

    /** {@return when it was issued} */
    public Instant createdAt() {
        return facts.created;
    }

    /** {@return when it was issued or its end was last changed} */
    public Instant updatedAt() {
        return facts.updated;
    }

    /** {@return when it was last known not to be revoked; a call with an older one reads it again} */
    public Instant confirmedAt() {
        return facts.confirmed;
    }

    /** {@return the caller of calls that need no other one, for audits, duplicates and approvals} */
    public String caller() {
        return "grant:" + facts.id + " (" + facts.name + ")";
    }

    /** {@return identifier and name} */
    @Override
    public String toString() {
        return "ToolGrant[" + facts.id + " " + facts.name + "]";
    }
}
