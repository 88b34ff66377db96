package io.github.desk365mcp.tools.host;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one call. It holds no text of a customer, no argument and no secret.
 *
 * <p>The library makes them; a test of an {@link AuditListener} can too. Immutable; each method that takes a value returns
 * a copy.
 */
public final class AuditRecord {

    private final Facts facts;

    private AuditRecord(Facts facts) {
        this.facts = facts;
    }

    /** What is known so far; nothing changes once a record has it. */
    private static final class Facts implements Cloneable {

        private final Instant at;
        private final String tool;
        private final String effect;
        private final String outcome;
        private @Nullable String tenant;
        private @Nullable String caller;
        private boolean reachesCustomer;
        private String fingerprint = "";
        private @Nullable Integer status;
        private int calls;
        private Duration took = Duration.ZERO;

        Facts(Instant at, String tool, String effect, String outcome) {
            this.at = at;
            this.tool = tool;
            this.effect = effect;
            this.outcome = outcome;
        }

        @Override
        protected Facts clone() {
            try {
                return (Facts) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** This record with a change. */
    private AuditRecord with(Consumer<Facts> change) {
        Facts changed = facts.clone();
        change.accept(changed);
        return new AuditRecord(changed);
    }

    /**
     * A call that cost nothing, of nobody known.
     *
     * @param at when the call began
     * @param tool as {@link #tool()}
     * @param effect as {@link #effect()}
     * @param outcome as {@link #outcome()}
     */
    public static AuditRecord of(Instant at, String tool, String effect, String outcome) {
        return new AuditRecord(new Facts(at, tool, effect, outcome));
    }

    /** With {@link #tenant()}. */
    public AuditRecord tenant(@Nullable String tenant) {
        return with(changed -> changed.tenant = tenant);
    }

    /** With {@link #caller()}. */
    public AuditRecord caller(@Nullable String caller) {
        return with(changed -> changed.caller = caller);
    }

    /** With {@link #reachesCustomer()}. */
    public AuditRecord reachesCustomer(boolean reachesCustomer) {
        return with(changed -> changed.reachesCustomer = reachesCustomer);
    }

    /** With {@link #fingerprint()}. */
    public AuditRecord fingerprint(String fingerprint) {
        return with(changed -> changed.fingerprint = fingerprint);
    }

    /** With {@link #status()}. */
    public AuditRecord status(@Nullable Integer status) {
        return with(changed -> changed.status = status);
    }

    /** With {@link #calls()}. */
    public AuditRecord calls(int calls) {
        return with(changed -> changed.calls = calls);
    }

    /** With {@link #took()}. */
    public AuditRecord took(Duration took) {
        return with(changed -> changed.took = took);
    }

    /** When the call began. */
    public Instant at() {
        return facts.at;
    }

    /** Whose helpdesk; null if the host has one alone. */
    public @Nullable String tenant() {
        return facts.tenant;
    }

    /** Who called; null if not known. */
    public @Nullable String caller() {
        return facts.caller;
    }

    /** The full name of the tool; the name as it was called if there is no such tool. */
    public String tool() {
        return facts.tool;
    }

    /** What the tool does: {@code read}, {@code create}, {@code update}, {@code delete}, or {@code unknown}. */
    public String effect() {
        return facts.effect;
    }

    /**
     * Whether a customer may have been written to, or somebody outside let in on mail; true for tools that always write to a
     * customer, even where nothing was sent.
     */
    public boolean reachesCustomer() {
        return facts.reachesCustomer;
    }

    /**
     * The SHA-256 of the arguments with their keys in order: equal calls have equal ones. It does not protect secrets: who
     * guesses the arguments can check the guess.
     */
    public String fingerprint() {
        return facts.fingerprint;
    }

    /**
     * {@code ok}; {@code needs_approval}, {@code replayed} or {@code found} where another answer was given instead of acting;
     * or the code of the error.
     */
    public String outcome() {
        return facts.outcome;
    }

    /** The HTTP status of the error that the service returned; null if it returned none. */
    public @Nullable Integer status() {
        return facts.status;
    }

    /** How many calls of the plan the tool costs; 0 if nothing was sent. */
    public int calls() {
        return facts.calls;
    }

    /** From the beginning to the end. */
    public Duration took() {
        return facts.took;
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return "AuditRecord[at=" + facts.at + ", tenant=" + facts.tenant + ", caller=" + facts.caller + ", tool="
                + facts.tool + ", effect=" + facts.effect + ", reachesCustomer=" + facts.reachesCustomer
                + ", fingerprint=" + facts.fingerprint + ", outcome=" + facts.outcome + ", status=" + facts.status
                + ", calls=" + facts.calls + ", took=" + facts.took + "]";
    }
}
