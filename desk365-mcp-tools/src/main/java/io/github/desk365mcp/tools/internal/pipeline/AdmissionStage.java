package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.ThrottledProgress;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Uploader;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Determines the caller, the tool and the account; refuses the call if one of them is missing. */
public final class AdmissionStage implements Stage {

    public static final Outcome.Refused UNAUTHENTICATED = new Outcome.Refused(
            ErrorCodes.UNAUTHENTICATED,
            "The caller could not be authenticated; nothing was sent. An administrator must check the caller's token.");

    static final Outcome.Refused ENDED = new Outcome.Refused(
            ErrorCodes.ACCESS_ENDED, "Access to these tools has ended. Nothing was sent. Do not retry.");
    private static final Outcome.Refused NO_TENANT = new Outcome.Refused(
            ErrorCodes.NO_TENANT,
            "No helpdesk is configured for this call. Nothing was sent; an administrator must configure one.");
    private static final Outcome.Refused OTHER_TENANT = new Outcome.Refused(
            ErrorCodes.NO_TENANT,
            "This access is for another helpdesk than this call. Nothing was sent. Do not retry; an administrator must"
                    + " correct the tenant of the call.");

    private final Admission admission;
    private final ToolDirectory directory;
    private final Function<CallContext, @Nullable Account> accounts;
    private final Uploader uploader;
    private final FileServers files;
    private final GrantStore grants;

    AdmissionStage(
            Admission admission,
            ToolDirectory directory,
            Function<CallContext, @Nullable Account> accounts,
            Uploader uploader,
            FileServers files,
            GrantStore grants) {
        this.admission = admission;
        this.directory = directory;
        this.accounts = accounts;
        this.uploader = uploader;
        this.files = files;
        this.grants = grants;
    }

    @Override
    public Outcome run(Call call, Next next) {
        CallContext context = call.context();
        Admission.Entry caller = admission.enter(context);
        call.notes().calledBy(caller.caller());
        if (!caller.admitted()) {
            return UNAUTHENTICATED;
        }
        if (admission.hasEnded(context)) {
            return ENDED;
        }
        Admission.Visible visible = admission.visible(context);
        Tool tool = directory.find(call.name(), visible);
        if (tool == null) {
            return new Outcome.Refused(Outcomes.UNKNOWN_TOOL, directory.unknown(call.name(), context));
        }
        call.notes().found(tool);
        QueueTurn.Refusal noTurn =
                context.isEnded() ? QueueTurn.Refusal.CANCELLED : call.turn().refusal();
        if (noTurn != null) {
            return noTurn == QueueTurn.Refusal.BUSY ? Outcome.BUSY : Outcome.CANCELLED;
        }
        if (!grants.stands(context.grant())) {
            // It was revoked while the call waited for its turn or for a person, or the host has kept the grant.
            return ENDED;
        }
        if (call.decision() == null && !isOfGrant(context)) {
            // A call that a person has decided on was checked before, and has the resolved tenant since.
            return OTHER_TENANT;
        }
        CallContext known = caller.of(context);
        Account account = accounts.apply(known);
        if (account == null) {
            return NO_TENANT;
        }
        call.notes().found(account);
        Progress progress = context.progress();
        known = of(account, known);
        return next.run(call.admitted(
                new Call.Admitted(tool, directory.names(visible), account, uploader, files),
                progress == null ? known : known.progress(new ThrottledProgress(progress))));
    }

    private static boolean isOfGrant(CallContext context) {
        ToolGrant grant = context.grant();
        return grant == null || grant.tenant() == null || grant.tenant().equals(context.tenant());
    }

    /** Whether a call that has waited for somebody may go on: access and its grant have not ended meanwhile. */
    boolean stands(CallContext context) {
        return !admission.hasEnded(context) && grants.stands(context.grant());
    }

    /** Whether the caller has access to the helpdesk of the context now. */
    boolean hasAccess(CallContext context) {
        return admits(context) && stands(context) && isOfGrant(context);
    }

    boolean admits(CallContext context) {
        return admission.enter(context).admitted();
    }

    /** Returns the context with the authenticated caller and the resolved tenant. */
    CallContext known(CallContext context) {
        CallContext known = admission.enter(context).of(context);
        Account account = accounts.apply(known);
        return account == null ? known : of(account, known);
    }

    /** Identifies the session of a context, as {@link LockStage#session} does that of a call. */
    List<String> session(CallContext context) {
        CallContext known = admission.enter(context).of(context);
        Account account = accounts.apply(known);
        return account == null
                ? LockStage.session(known.tenant(), known)
                : LockStage.session(tenant(account, of(account, known)), known);
    }

    /**
     * Returns the tenant that locks and duplicates are kept for. With one helpdesk, that of a grant makes no
     * difference: the same caller may also call without the grant.
     */
    static @Nullable String tenant(Account account, CallContext known) {
        ToolGrant grant = known.grant();
        return account.tenant() == null && grant != null && grant.tenant() != null ? null : known.tenant();
    }

    private static CallContext of(Account account, CallContext context) {
        String tenant = account.tenant();
        return tenant == null ? context : context.tenant(tenant);
    }
}
