package io.github.desk365mcp.tools.host;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one call. It contains no customer text, no argument and no secret.
 *
 * <p>The library creates the records; tests of an {@link AuditListener} can too. Immutable; each method that takes a
 * value returns a copy.
 */
public final class AuditRecord {

    private final Facts facts;

    private AuditRecord(Facts facts) {
        this.facts = facts;
    }

    /** The values; never changed once a record holds them. */
    private static final class Facts extends Values<Facts> {

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
        private @Nullable String followUp;
        private Duration took = Duration.ZERO;
        private @Nullable String decidedBy;
        private @Nullable String channel;
        private @Nullable Duration waited;

        Facts(Instant at, String tool, String effect, String outcome) {
            this.at = at;
            this.tool = tool;
            this.effect = effect;
            this.outcome = outcome;
        }
    }

    private AuditRecord with(Consumer<Facts> change) {
        return new AuditRecord(facts.with(change));
    }

    /**
     * Creates a record without tenant and caller, of a call that cost nothing.
     *
     * @param at see {@link #at()}
     * @param tool see {@link #tool()}
     * @param effect see {@link #effect()}
     * @param outcome see {@link #outcome()}
     * @return the record
     */
    public static AuditRecord of(Instant at, String tool, String effect, String outcome) {
        return new AuditRecord(new Facts(at, tool, effect, outcome));
    }

    /**
     * {@return a copy with another tenant}
     *
     * @param tenant see {@link #tenant()}
     */
    public AuditRecord tenant(@Nullable String tenant) {
        return with(changed -> changed.tenant = tenant);
    }

    /**
     * {@return a copy with another caller}
     *
     * @param caller see {@link #caller()}
     */
    public AuditRecord caller(@Nullable String caller) {
        return with(changed -> changed.caller = caller);
    }

    /**
     * {@return a copy that says whether an outsider may have been reached}
     *
     * @param reachesCustomer see {@link #reachesCustomer()}
     */
    public AuditRecord reachesCustomer(boolean reachesCustomer) {
        return with(changed -> changed.reachesCustomer = reachesCustomer);
    }

    /**
     * {@return a copy with another fingerprint}
     *
     * @param fingerprint see {@link #fingerprint()}
     */
    public AuditRecord fingerprint(String fingerprint) {
        return with(changed -> changed.fingerprint = fingerprint);
    }

    /**
     * {@return a copy with another HTTP status}
     *
     * @param status see {@link #status()}
     */
    public AuditRecord status(@Nullable Integer status) {
        return with(changed -> changed.status = status);
    }

    /**
     * {@return a copy with another number of calls}
     *
     * @param calls see {@link #calls()}
     */
    public AuditRecord calls(int calls) {
        return with(changed -> changed.calls = calls);
    }

    /**
     * {@return a copy with another outcome of the change that followed}
     *
     * @param followUp see {@link #followUp()}
     */
    public AuditRecord followUp(@Nullable String followUp) {
        return with(changed -> changed.followUp = followUp);
    }

    /**
     * {@return a copy with another duration}
     *
     * @param took see {@link #took()}
     */
    public AuditRecord took(Duration took) {
        return with(changed -> changed.took = took);
    }

    /**
     * {@return a copy with a person's decision}
     *
     * @param decidedBy see {@link #decidedBy()}
     * @param channel see {@link #channel()}
     * @param waited see {@link #waited()}
     */
    public AuditRecord decision(@Nullable String decidedBy, @Nullable String channel, @Nullable Duration waited) {
        return with(changed -> {
            changed.decidedBy = decidedBy;
            changed.channel = channel;
            changed.waited = waited;
        });
    }

    /** {@return when the call began} */
    public Instant at() {
        return facts.at;
    }

    /** {@return the tenant; null if the host serves one helpdesk} */
    public @Nullable String tenant() {
        return facts.tenant;
    }

    /** {@return the caller; null if unknown} */
    public @Nullable String caller() {
        return facts.caller;
    }

    /** {@return the full name of the tool; the name as it was called if there is no such tool} */
    public String tool() {
        return facts.tool;
    }

    /**
     * {@return what the tool does, one of {@link Effects}: {@code read}, {@code create}, {@code update},
     * {@code delete}, or {@code unknown}}
     */
    public String effect() {
        return facts.effect;
    }

    /**
     * {@return whether an outsider may have been e-mailed or given access to later mail, or what customers see in the
     * knowledge base may have changed} Always true for tools all of whose calls do that, even if nothing was sent.
     */
    public boolean reachesCustomer() {
        return facts.reachesCustomer;
    }

    /**
     * {@return the SHA-256 of the arguments with their keys in order, so that equal calls have equal fingerprints} It
     * does not hide secrets: anyone can check a guess at the arguments.
     */
    public String fingerprint() {
        return facts.fingerprint;
    }

    /**
     * {@return {@code ok}; {@code needs_approval}, {@code waiting_for_approval}, {@code replayed} or {@code found} if the call returned something
     * else instead of being carried out; or the code of the error} See {@link Outcomes} and {@link ErrorCodes}.
     */
    public String outcome() {
        return facts.outcome;
    }

    /** {@return the HTTP status of the error response from the service; null if there was none} */
    public @Nullable Integer status() {
        return facts.status;
    }

    /** {@return how many calls of the plan were used; 0 if nothing was sent} */
    public int calls() {
        return facts.calls;
    }

    /**
     * {@return the outcome of the change of the ticket that followed a reply or a note in the same call, as of {@link #outcome()};
     * null if none was begun}
     */
    public @Nullable String followUp() {
        return facts.followUp;
    }

    /** {@return how long the call took} */
    public Duration took() {
        return facts.took;
    }

    /**
     * {@return who approved or declined the call, as the host said; null if nobody did, or the channel does not tell}
     */
    public @Nullable String decidedBy() {
        return facts.decidedBy;
    }

    /**
     * {@return how a person decided: {@code client} if the confirmation of the call's context asked, {@code host} if {@link Policy#confirmation}
     * did, otherwise the channel given to {@link PendingCalls}; null if no person was asked}
     */
    public @Nullable String channel() {
        return facts.channel;
    }

    /** {@return how long the person took to decide; null if no person was asked} */
    public @Nullable Duration waited() {
        return facts.waited;
    }

    /** {@return all values in one line} */
    @Override
    public String toString() {
        return "AuditRecord[at=" + facts.at + ", tenant=" + facts.tenant + ", caller=" + facts.caller + ", tool="
                + facts.tool + ", effect=" + facts.effect + ", reachesCustomer=" + facts.reachesCustomer
                + ", fingerprint=" + facts.fingerprint + ", outcome=" + facts.outcome + ", status=" + facts.status
                + ", calls=" + facts.calls
                + (facts.followUp == null ? "" : ", followUp=" + facts.followUp) + ", took=" + facts.took
                + (facts.channel == null
                        ? ""
                        : ", decidedBy=" + facts.decidedBy + ", channel=" + facts.channel + ", waited=" + facts.waited)
                + "]";
    }
}
