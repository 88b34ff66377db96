package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Vocabulary;
import org.jspecify.annotations.Nullable;

/** One account: its client, its ledger, its words, and whose it is. */
public record Helpdesk(@Nullable String tenant, Desk365Client desk, Ledger ledger, Words words) {

    public static Helpdesk of(@Nullable String tenant, Desk365Client desk, Policy policy) {
        return of(tenant, desk, policy, policy.vocabulary());
    }

    public static Helpdesk of(@Nullable String tenant, Desk365Client desk, Policy policy, Vocabulary vocabulary) {
        return new Helpdesk(
                tenant,
                desk,
                new Ledger(desk.plan() == null ? policy.plan() : desk.plan(), policy.clock()),
                new Words(vocabulary));
    }
}
