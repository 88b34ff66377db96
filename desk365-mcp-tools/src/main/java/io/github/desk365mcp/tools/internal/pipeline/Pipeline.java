package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.repair.RepairStage;
import io.github.desk365mcp.tools.internal.repair.ValidateStage;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call goes through, in {@link #stages}. Thread-safe. */
public final class Pipeline {

    private final AdmissionStage admission;
    private final LockStage lock;
    private final Stage.Next first;

    /** @param accounts the account that a call is for; null if there is none */
    public Pipeline(
            Policy policy,
            Admission admission,
            ToolDirectory directory,
            Function<CallContext, @Nullable Account> accounts) {
        this.admission =
                new AdmissionStage(admission, directory, accounts, AttachmentForms.of(policy), FileServers.of(policy));
        this.lock = new LockStage(policy.clock());
        ApproveStage approval = new ApproveStage(
                admission.approvals(),
                policy.confirmation(),
                new ApprovalTokens(policy.clock(), policy.approvalsLast()));
        this.first = Stage.chain(stages(policy, this.admission, lock, approval));
    }

    /** The outermost first: a call goes down the list, and its outcome comes up. */
    private static List<Stage> stages(Policy policy, AdmissionStage admission, LockStage lock, ApproveStage approval) {
        return List.of(
                // Tells the host's listener what became of the call.
                new AuditStage(policy),
                // Finds the caller, the tool and the account, or refuses the call.
                admission,
                // Reads the arguments; refuses what is no JSON, too deep or too much.
                new ReadStage(),
                // Keeps the account's own words that stand in the answer.
                new LearnStage(),
                // Reads what was meant beyond doubt, and tells each repair.
                new RepairStage(),
                // Refuses arguments that break the tool's schema.
                new ValidateStage(),
                // Lets a session that has read what outsiders wrote only read.
                Stage.when(policy.locksWrites(), lock),
                // Makes nothing twice; looks for what a call made that got no answer.
                Stage.when(!policy.duplicates().isZero(), new DuplicateStage(policy.clock(), policy.duplicates())),
                // Lets the call pass, stages it, asks a person, or refuses it.
                approval,
                // Turns what the helpdesk sent into the answer, fits it and labels it.
                new AnswerStage(AnswerSize.of(policy.answerTokens(), policy.tokenEstimator())),
                // Takes the calls of the plan, or refuses if too few are left.
                new BudgetStage(),
                // Uses up what was approved, just before the call leaves.
                new RedeemStage(),
                // Calls the helpdesk.
                new ToolInvoker());
    }

    public Outcome run(Call call) {
        return first.run(call);
    }

    /** Lets a session write again that was locked. */
    public void release(CallContext context) {
        lock.release(admission.known(context));
    }
}
