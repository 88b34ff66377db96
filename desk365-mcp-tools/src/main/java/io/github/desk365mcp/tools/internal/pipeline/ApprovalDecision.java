package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.internal.core.Tool;

/** What must happen before the calls of a tool act. */
public final class ApprovalDecision {

    private ApprovalDecision() {}

    /** For a call that e-mails a customer or does not. */
    public static Approval of(Approvals approvals, Tool tool, boolean mails) {
        return approvals.of(tool.effect(), tool.name(), mails);
    }

    /** Whether some call of the tool is treated so. */
    public static boolean some(Approvals approvals, Tool tool, Approval approval) {
        return tool.reachesCustomer() && of(approvals, tool, true) == approval
                || !tool.alwaysMails() && of(approvals, tool, false) == approval;
    }

    /** Whether no call of the tool can act. */
    public static boolean denies(Approvals approvals, Tool tool) {
        return of(approvals, tool, tool.alwaysMails()) == Approval.DENY;
    }
}
