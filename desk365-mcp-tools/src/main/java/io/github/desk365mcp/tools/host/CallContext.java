package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host knows about a call besides its arguments.
 *
 * <p>None of it comes from the model. Immutable; each method that takes a value returns a copy.
 */
public final class CallContext {

    private static final Set<String> TRACE = Set.of("traceparent", "tracestate", "baggage");
    private static final int LONGEST_TRACE = 8_192;
    private static final CallContext NONE = new CallContext(new Facts());

    private final Facts facts;

    private CallContext(Facts facts) {
        this.facts = facts;
    }

    /** The values; never changed once a context holds them. */
    private static final class Facts extends Values<Facts> {

        private @Nullable String tenant;
        private @Nullable String caller;
        private @Nullable String session;
        private @Nullable String credential;
        private @Nullable Selection scope;
        private @Nullable ToolGrant grant;
        private @Nullable Cancellation cancellation;
        private @Nullable Progress progress;
        private @Nullable Confirmation confirmation;
        private @Nullable Cancellation abandonment;
        private boolean approvalCard;
        private Map<String, String> trace = Map.of();
    }

    private CallContext with(Consumer<Facts> change) {
        return new CallContext(facts.with(change));
    }

    /** {@return an empty context, for hosts that know nothing about a call} */
    public static CallContext none() {
        return NONE;
    }

    /**
     * {@return a copy with this tenant, for a {@link TenantResolver}}
     *
     * @param tenant the name of the tenant
     */
    public CallContext tenant(String tenant) {
        return with(changed -> changed.tenant = tenant);
    }

    /**
     * {@return a copy with this caller, as identified by the host} If the policy has a {@link CallerAuthenticator}, the
     * caller it returns replaces this one.
     *
     * @param caller the name of the caller
     */
    public CallContext caller(String caller) {
        return with(changed -> changed.caller = caller);
    }

    /**
     * {@return a copy with this conversation, for hosts where a caller may have several}
     *
     * @param session identifies the conversation
     */
    public CallContext session(String session) {
        return with(changed -> changed.session = session);
    }

    /**
     * {@return a copy with the credential that the caller presented, for a {@link CallerAuthenticator}} It appears in
     * no text or log.
     *
     * @param credential a secret, such as a token
     */
    public CallContext credential(String credential) {
        return with(changed -> changed.credential = credential);
    }

    /**
     * Limits what this caller or session may use to a part of what the policy allows; it can only narrow. An unknown
     * name in it makes listings and calls throw an {@link IllegalArgumentException}.
     *
     * @param scope which tools
     * @return a copy with this scope
     */
    public CallContext scope(Selection scope) {
        return with(changed -> changed.scope = scope);
    }

    /**
     * Limits the call to what a secret of {@link ToolGrants} opens: its tools, its tenant, if it has one, which replaces
     * that of this context, and until when. If another {@link #tenant} is set later, calls fail with
     * {@link ErrorCodes#NO_TENANT}. A {@link #scope} narrows it further. If the grant requires no caller,
     * {@link ToolGrant#caller} becomes the caller, and the policy's {@link CallerAuthenticator} is not asked.
     *
     * @param grant from {@link ToolGrants#find}
     * @return a copy with this grant
     */
    public CallContext grant(ToolGrant grant) {
        return with(changed -> {
            changed.grant = grant;
            changed.tenant = grant.tenant() == null ? changed.tenant : grant.tenant();
            changed.caller = grant.requiresCaller() ? changed.caller : grant.caller();
        });
    }

    /**
     * {@return a copy with a cancellation that ends the call's request from another thread}
     *
     * @param cancellation cancelled by the host
     */
    public CallContext cancellation(Cancellation cancellation) {
        return with(changed -> changed.cancellation = cancellation);
    }

    /**
     * Sets a cancellation for when nobody waits for the answer any more, for example because the client has
     * disconnected. A call that has sent nothing by then sends nothing; a request in progress is completed, so that its
     * outcome is known.
     *
     * @param abandonment cancelled by the host
     * @return a copy with this abandonment
     */
    public CallContext abandonment(Cancellation abandonment) {
        return with(changed -> changed.abandonment = abandonment);
    }

    /**
     * Sets the receiver of progress reports, at most about a hundred for each call, while the call uploads files or
     * makes several requests to the service. Exceptions it throws are ignored.
     *
     * @param progress receives the reports
     * @return a copy with this receiver
     */
    public CallContext progress(Progress progress) {
        return with(changed -> changed.progress = progress);
    }

    /**
     * {@return a copy that asks a person about this call through the given confirmation instead of
     * {@link Policy#confirmation}}
     *
     * @param confirmation asks a person
     */
    public CallContext confirmation(Confirmation confirmation) {
        return with(changed -> changed.confirmation = confirmation);
    }

    /**
     * {@return a copy for a client that shows its user a card with a pending call, where the user decides} A call that
     * needs {@link Approval#CONFIRM} then waits as a {@link PendingCall}, even if the policy has no place for it.
     */
    public CallContext approvalCard() {
        return with(changed -> changed.approvalCard = true);
    }

    /**
     * {@return a copy with the trace that the call is a part of, for the package {@code
     * io.github.desk365mcp.tools.observe}}
     *
     * @param meta the {@code _meta} of the request, or headers with lower-case names. The texts {@code traceparent},
     *     {@code tracestate} and {@code baggage} are used (W3C Trace Context and Baggage, MCP's SEP-414), and all else is
     *     ignored, such as texts of more than 8,192 characters. Without {@code traceparent}, the copy is unchanged.
     */
    public CallContext trace(Map<String, ?> meta) {
        Map<String, String> fields = new TreeMap<>();
        TRACE.forEach(name -> {
            if (meta.get(name) instanceof String field && field.length() <= LONGEST_TRACE) {
                fields.put(name, field);
            }
        });
        return fields.containsKey("traceparent") ? with(changed -> changed.trace = Map.copyOf(fields)) : this;
    }

    /** {@return the tenant whose helpdesk is called; null if the host serves one helpdesk} */
    public @Nullable String tenant() {
        return facts.tenant;
    }

    /** {@return the caller; null if unknown} */
    public @Nullable String caller() {
        return facts.caller;
    }

    /** {@return the conversation that the call belongs to; null if unknown} */
    public @Nullable String session() {
        return facts.session;
    }

    /** {@return the credential that the caller presented; null if none} */
    public @Nullable String credential() {
        return facts.credential;
    }

    /** {@return the tools that the caller may use at most; null for all that the policy allows} */
    public @Nullable Selection scope() {
        return facts.scope;
    }

    /** {@return what limits the call; null if nothing was granted for it} */
    public @Nullable ToolGrant grant() {
        return facts.grant;
    }

    /** {@return what ends the call's request; null if the host cannot cancel it} */
    public @Nullable Cancellation cancellation() {
        return facts.cancellation;
    }

    /** {@return what is cancelled when nobody waits for the answer any more; null if the host does not notice} */
    public @Nullable Cancellation abandonment() {
        return facts.abandonment;
    }

    /** {@return those of {@link #cancellation()} and {@link #abandonment()} that are set} */
    public List<Cancellation> ends() {
        return Stream.of(facts.cancellation, facts.abandonment)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** {@return whether one of {@link #ends()} is cancelled} A call that has sent nothing by then sends nothing. */
    public boolean isEnded() {
        return isCancelled(facts.cancellation) || isCancelled(facts.abandonment);
    }

    private static boolean isCancelled(@Nullable Cancellation end) {
        return end != null && end.isCancelled();
    }

    /** {@return the receiver of progress reports; null if none} */
    public @Nullable Progress progress() {
        return facts.progress;
    }

    /** {@return what asks a person about this call; null to use that of the policy} */
    public @Nullable Confirmation confirmation() {
        return facts.confirmation;
    }

    /** {@return whether the client shows its user a card for a pending call; see {@link #approvalCard}} */
    public boolean hasApprovalCard() {
        return facts.approvalCard;
    }

    /** {@return {@code traceparent} and the other values of {@link #trace(Map)}; empty if there is no trace} */
    public Map<String, String> trace() {
        return facts.trace;
    }

    /** {@return tenant and caller, without the credential} */
    @Override
    public String toString() {
        return "CallContext[tenant " + facts.tenant + ", caller " + facts.caller + "]";
    }
}
