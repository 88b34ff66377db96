package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * What a host knows about a call beside its arguments.
 *
 * <p>Nothing in here comes from the model. Immutable; each method answers a copy.
 */
public final class CallContext {

    private static final CallContext NONE = new CallContext(null, null, null, null, null, null, null, null);

    private final @Nullable String tenant;
    private final @Nullable String caller;
    private final @Nullable String session;
    private final @Nullable String credential;
    private final @Nullable Selection scope;
    private final @Nullable Cancellation cancellation;
    private final @Nullable Progress progress;
    private final @Nullable Confirmation confirmation;

    private CallContext(
            @Nullable String tenant,
            @Nullable String caller,
            @Nullable String session,
            @Nullable String credential,
            @Nullable Selection scope,
            @Nullable Cancellation cancellation,
            @Nullable Progress progress,
            @Nullable Confirmation confirmation) {
        this.tenant = tenant;
        this.caller = caller;
        this.session = session;
        this.credential = credential;
        this.scope = scope;
        this.cancellation = cancellation;
        this.progress = progress;
        this.confirmation = confirmation;
    }

    /** A host that knows nothing. */
    public static CallContext none() {
        return NONE;
    }

    /** Whose helpdesk it is, for a {@link TenantResolver}. */
    public CallContext tenant(String tenant) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /** Who calls, where the host knows it by itself; a {@link CallerAuthenticator} knows better. */
    public CallContext caller(String caller) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /** Which conversation it belongs to, if the host has several of one caller. */
    public CallContext session(String session) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /** What the caller showed, for a {@link CallerAuthenticator}. It is kept out of every text. */
    public CallContext credential(String credential) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /**
     * What this caller, or this session, may use of the tools that the operator allows. It can only narrow; a word in it
     * that means nothing makes listings and calls throw an {@link IllegalArgumentException}.
     */
    public CallContext scope(Selection scope) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /** Ends the call's request from another thread. */
    public CallContext cancellation(Cancellation cancellation) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /**
     * Told how far the call is, in at most about a hundred steps, where it sends files or makes several calls to the
     * helpdesk; for hosts that show it to their user. What it throws is ignored.
     */
    public CallContext progress(Progress progress) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /** Who asks a person about this call, in place of the policy's {@link Policy#confirmation}. */
    public CallContext confirmation(Confirmation confirmation) {
        return new CallContext(tenant, caller, session, credential, scope, cancellation, progress, confirmation);
    }

    /** Whose helpdesk it is; null if the host has one alone. */
    public @Nullable String tenant() {
        return tenant;
    }

    /** Who calls; null if not known. */
    public @Nullable String caller() {
        return caller;
    }

    /** Which conversation it belongs to; null if not known. */
    public @Nullable String session() {
        return session;
    }

    /** What the caller showed; null if nothing. */
    public @Nullable String credential() {
        return credential;
    }

    /** What the caller may use at the most; null for all that the operator allows. */
    public @Nullable Selection scope() {
        return scope;
    }

    /** Ends the call's request; null if the host cannot. */
    public @Nullable Cancellation cancellation() {
        return cancellation;
    }

    /** Told how far the call is; null if nobody asked. */
    public @Nullable Progress progress() {
        return progress;
    }

    /** Who asks a person about this call; null if the policy says. */
    public @Nullable Confirmation confirmation() {
        return confirmation;
    }

    /** Tenant and caller, no credential. */
    @Override
    public String toString() {
        return "CallContext[tenant " + tenant + ", caller " + caller + "]";
    }
}
