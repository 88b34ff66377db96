package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Leaks;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ToolGrants;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.RepairStage;
import io.github.desk365mcp.tools.internal.repair.SettingsStage;
import io.github.desk365mcp.tools.internal.repair.ValidateStage;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.StateException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a call through the {@link #stages}. Thread-safe. */
public final class Pipeline {

    private final AdmissionStage admission;
    private final GrantStore grants;
    private final LockStage lock;
    private final PendingStore pending;
    private final Stage.Next first;

    /** @param accounts returns the account that a call is for, or null if there is none */
    public Pipeline(
            Policy policy,
            Admission admission,
            ToolDirectory directory,
            Function<CallContext, @Nullable Account> accounts) {
        this.grants = new GrantStore(policy, admission, directory);
        this.admission = new AdmissionStage(
                admission, directory, accounts, AttachmentForms.of(policy), FileServers.of(policy), grants);
        this.lock = new LockStage(policy.clock(), Records.ofFigures(policy));
        ApprovalTokens tokens = new ApprovalTokens(policy.clock(), policy.approvalsLast(), Records.ofText(policy));
        this.pending = new PendingStore(policy, this::run);
        ApproveStage approval = new ApproveStage(policy, tokens, pending, this.admission::stands);
        this.first = Stage.chain(stages(
                policy,
                this.admission,
                new RecallStage(tokens),
                admission.ceiling().find(TicketPage.UPDATE),
                lock,
                approval));
    }

    /** The outermost stage first: a call goes down the list, and its outcome comes back up. */
    private static List<Stage> stages(
            Policy policy,
            AdmissionStage admission,
            RecallStage recall,
            @Nullable Tool change,
            LockStage lock,
            ApproveStage approval) {
        return List.of(
                // Reports the outcome to the host's listener.
                new AuditStage(policy),
                // Refuses a call if what processes share cannot be reached.
                Stage.when(policy.state() != null, new SharedStateStage()),
                // Determines the caller, the tool and the account, or refuses the call.
                admission,
                // Reads the arguments; refuses invalid JSON and arguments that are too deep or too large.
                new ReadStage(),
                // Removes the marks of text from outside that a model has copied.
                Stage.when(policy.marksOutsideText(), new UnmarkStage()),
                // Learns the account's vocabulary from the answer.
                new LearnStage(),
                // Repairs arguments whose meaning is unambiguous, and reports each repair.
                new RepairStage(),
                // Adds the arguments of a previewed call that its second call leaves out.
                recall,
                // Adds the values that the operator has set.
                new SettingsStage(),
                // Refuses arguments that break the tool's schema.
                new ValidateStage(),
                // Checks the change of the ticket that is to follow a message, as a call of its own tool.
                new FollowUpStage(change),
                // Refuses writes of a session that has read untrusted text.
                Stage.when(policy.locksWrites(), lock),
                // Prevents duplicate creates, also after a call without a response.
                Stage.when(
                        !policy.duplicates().isZero(),
                        new DuplicateStage(policy.clock(), policy.duplicates(), Records.of(policy), admission::stands)),
                // Notices a message that repeats what its recipient must not see.
                Stage.when(policy.leaks() != Leaks.OFF, new LeakStage(policy.clock(), policy.leaks())),
                // Lets the call pass, stages it, asks a person, or refuses it, as the policy says.
                approval,
                // Changes the ticket after its message.
                new ThenStage(),
                // Replaces passages of a stored text, and says what an update has changed.
                new ChangeStage(policy.comparesUpdates()),
                // Converts the response to the answer, limits its size and labels untrusted text.
                new AnswerStage(AnswerSize.of(policy), policy.hasCharts()),
                // Reserves calls of the rate limit, or refuses if too few are left.
                new BudgetStage(policy.comparesUpdates()),
                // Uses up the approval token just before the request is sent.
                new RedeemStage(),
                // Calls the service.
                new ToolInvoker());
    }

    public Outcome run(Call call) {
        return first.run(call);
    }

    /** Returns whether the caller has access to the helpdesk of the context now. */
    public boolean hasAccess(CallContext context) {
        return admission.hasAccess(context);
    }

    /** Returns the calls that wait for a person. */
    public PendingCalls pendingCalls() {
        return pending;
    }

    /** Returns the pending calls of this caller and tenant alone. */
    public PendingCalls pendingCalls(CallContext context) {
        return new OwnPendingCalls(pending, admission.known(context), admission.admits(context));
    }

    /** Returns the grants that this process and others with the same state have issued. */
    public ToolGrants grants() {
        return grants;
    }

    /** Unlocks a session, so that it can write again. */
    public void release(CallContext context) {
        StateException.reach(() -> {
            lock.release(admission.session(context));
            return context;
        });
    }
}
