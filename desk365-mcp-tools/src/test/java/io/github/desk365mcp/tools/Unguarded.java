package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.time.Clock;
import java.time.Duration;

/** A policy under which every call acts at once, as often as it is made: for tests of everything else. */
final class Unguarded {

    private Unguarded() {}

    static Policy policy() {
        return policy(Selection.everything());
    }

    /** A policy that recognizes a repeated call for ten minutes. */
    static Policy noticesRepeats(Clock clock) {
        return policy().duplicates(Duration.ofMinutes(10)).clock(clock);
    }

    static Policy policy(Selection selection) {
        return Policy.of(selection)
                .approvals(Approvals.defaults()
                        .customerMail(Approval.ALLOW)
                        .publish(Approval.ALLOW)
                        .deletes(Approval.ALLOW))
                .duplicates(Duration.ZERO);
    }
}
