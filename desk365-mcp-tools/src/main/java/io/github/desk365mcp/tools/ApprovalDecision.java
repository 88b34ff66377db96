package io.github.desk365mcp.tools;

/** What must happen before the calls of a tool act. */
final class ApprovalDecision {

    private ApprovalDecision() {}

    /** For a call that e-mails a customer or does not. */
    static Approval of(Approvals approvals, Tool tool, boolean mails) {
        return approvals.of(tool.effect(), tool.name(), mails);
    }

    /** Whether some call of the tool is treated so. */
    static boolean some(Approvals approvals, Tool tool, Approval approval) {
        return tool.reachesCustomer() && of(approvals, tool, true) == approval
                || !tool.alwaysMails() && of(approvals, tool, false) == approval;
    }

    /** Whether no call of the tool can act. */
    static boolean denies(Approvals approvals, Tool tool) {
        return of(approvals, tool, tool.alwaysMails()) == Approval.DENY;
    }
}
