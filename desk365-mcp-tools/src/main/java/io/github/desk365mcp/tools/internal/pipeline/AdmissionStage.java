package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Codes;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.ThrottledProgress;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Uploader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds who calls, which tool, and on which account; refuses the call if one of them is not to be had. */
public final class AdmissionStage implements Stage {

    public static final Outcome.Refused UNAUTHENTICATED = new Outcome.Refused(
            ErrorCodes.UNAUTHENTICATED,
            "This server does not know the caller: a person must check the token that is shown.");

    private static final Outcome.Refused ENDED =
            new Outcome.Refused(ErrorCodes.ACCESS_ENDED, "The access to these tools has ended. Nothing was done.");
    private static final Outcome.Refused NO_TENANT = new Outcome.Refused(
            ErrorCodes.NO_TENANT,
            "This server knows no helpdesk for the call. Nothing was sent; a person must set it up.");

    private final Admission admission;
    private final ToolDirectory directory;
    private final Function<CallContext, @Nullable Account> accounts;
    private final Uploader uploader;
    private final FileServers files;

    AdmissionStage(
            Admission admission,
            ToolDirectory directory,
            Function<CallContext, @Nullable Account> accounts,
            Uploader uploader,
            FileServers files) {
        this.admission = admission;
        this.directory = directory;
        this.accounts = accounts;
        this.uploader = uploader;
        this.files = files;
    }

    @Override
    public Outcome run(Call call, Next next) {
        CallContext context = call.context();
        Admission.Entry caller = admission.enter(context);
        call.notes().calledBy(caller.caller());
        if (!caller.admitted()) {
            return UNAUTHENTICATED;
        }
        if (admission.hasEnded()) {
            return ENDED;
        }
        Admission.Visible visible = admission.visible(context);
        Tool tool = directory.find(call.name(), visible);
        if (tool == null) {
            return new Outcome.Refused(Codes.UNKNOWN_TOOL, directory.unknown(call.name(), context));
        }
        call.notes().found(tool);
        QueueTurn.Refusal noTurn =
                context.isEnded() ? QueueTurn.Refusal.CANCELLED : call.turn().refusal();
        if (noTurn != null) {
            return noTurn == QueueTurn.Refusal.BUSY ? Outcome.BUSY : Outcome.CANCELLED;
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

    /** The context with the caller and the tenant that were found by checking. */
    CallContext known(CallContext context) {
        CallContext known = admission.enter(context).of(context);
        Account account = accounts.apply(known);
        return account == null ? known : of(account, known);
    }

    private static CallContext of(Account account, CallContext context) {
        String tenant = account.tenant();
        return tenant == null ? context : context.tenant(tenant);
    }
}
