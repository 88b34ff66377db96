package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Cancellation;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host knows about a call beside its arguments.
 *
 * <p>Nothing in here comes from the model. Immutable; each method that takes a value returns a copy.
 */
public final class CallContext {

    private static final CallContext NONE = new CallContext(new Facts());

    private final Facts facts;

    private CallContext(Facts facts) {
        this.facts = facts;
    }

    /** What is known so far; nothing changes once a context has it. */
    private static final class Facts implements Cloneable {

        private @Nullable String tenant;
        private @Nullable String caller;
        private @Nullable String session;
        private @Nullable String credential;
        private @Nullable Selection scope;
        private @Nullable Cancellation cancellation;
        private @Nullable Progress progress;
        private @Nullable Confirmation confirmation;
        private @Nullable Cancellation abandonment;

        @Override
        protected Facts clone() {
            try {
                return (Facts) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** This context with a change. */
    private CallContext with(Consumer<Facts> change) {
        Facts changed = facts.clone();
        change.accept(changed);
        return new CallContext(changed);
    }

    /** A host that knows nothing. */
    public static CallContext none() {
        return NONE;
    }

    /** Whose helpdesk it is, for a {@link TenantResolver}. */
    public CallContext tenant(String tenant) {
        return with(changed -> changed.tenant = tenant);
    }

    /** Who calls, where the host knows it by itself; a {@link CallerAuthenticator} knows better. */
    public CallContext caller(String caller) {
        return with(changed -> changed.caller = caller);
    }

    /** Which conversation it belongs to, if the host has several of one caller. */
    public CallContext session(String session) {
        return with(changed -> changed.session = session);
    }

    /** What the caller showed, for a {@link CallerAuthenticator}. It is kept out of every text. */
    public CallContext credential(String credential) {
        return with(changed -> changed.credential = credential);
    }

    /**
     * What this caller, or this session, may use of the tools that the operator allows. It can only narrow; a word in it
     * that means nothing makes listings and calls throw an {@link IllegalArgumentException}.
     */
    public CallContext scope(Selection scope) {
        return with(changed -> changed.scope = scope);
    }

    /** Ends the call's request from another thread. */
    public CallContext cancellation(Cancellation cancellation) {
        return with(changed -> changed.cancellation = cancellation);
    }

    /**
     * Cancelled when nobody waits for the answer any more, as when the client has gone: a call that has sent nothing yet
     * sends nothing then, and one whose request is under way goes on to its end, so that its outcome is known.
     */
    public CallContext abandonment(Cancellation abandonment) {
        return with(changed -> changed.abandonment = abandonment);
    }

    /**
     * Receives the progress of the call, in at most about a hundred steps, where it sends files or makes several calls to
     * the helpdesk; for hosts that show it to their user. What it throws is ignored.
     */
    public CallContext progress(Progress progress) {
        return with(changed -> changed.progress = progress);
    }

    /** Who asks a person about this call, in place of the policy's {@link Policy#confirmation}. */
    public CallContext confirmation(Confirmation confirmation) {
        return with(changed -> changed.confirmation = confirmation);
    }

    /** Whose helpdesk it is; null if the host has one alone. */
    public @Nullable String tenant() {
        return facts.tenant;
    }

    /** Who calls; null if not known. */
    public @Nullable String caller() {
        return facts.caller;
    }

    /** Which conversation it belongs to; null if not known. */
    public @Nullable String session() {
        return facts.session;
    }

    /** What the caller showed; null if nothing. */
    public @Nullable String credential() {
        return facts.credential;
    }

    /** What the caller may use at the most; null for all that the operator allows. */
    public @Nullable Selection scope() {
        return facts.scope;
    }

    /** Ends the call's request; null if the host cannot. */
    public @Nullable Cancellation cancellation() {
        return facts.cancellation;
    }

    /** Cancelled when nobody waits for the answer any more; null if the host does not notice. */
    public @Nullable Cancellation abandonment() {
        return facts.abandonment;
    }

    /** {@link #cancellation()} and {@link #abandonment()}, as far as the host gave them. */
    public List<Cancellation> ends() {
        return Stream.of(facts.cancellation, facts.abandonment)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Whether one of {@link #ends()} is cancelled: a call that has sent nothing sends nothing then. */
    public boolean isEnded() {
        return ends().stream().anyMatch(Cancellation::isCancelled);
    }

    /** Receives the progress of the call; null if the host does not show any. */
    public @Nullable Progress progress() {
        return facts.progress;
    }

    /** Who asks a person about this call; null if the policy says. */
    public @Nullable Confirmation confirmation() {
        return facts.confirmation;
    }

    /** Tenant and caller, no credential. */
    @Override
    public String toString() {
        return "CallContext[tenant " + facts.tenant + ", caller " + facts.caller + "]";
    }
}
