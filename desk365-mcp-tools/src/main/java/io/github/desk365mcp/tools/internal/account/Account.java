package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Vocabulary;
import org.jspecify.annotations.Nullable;

/** An account: its tenant, client, rate limit ledger, vocabulary, and the hosts that have its files. */
public record Account(
        @Nullable String tenant, Desk365Client desk, Ledger ledger, AccountVocabulary words, FileHosts fileHosts) {

    public static Account of(@Nullable String tenant, Desk365Client desk, Policy policy) {
        return of(tenant, desk, policy, policy.vocabulary());
    }

    public static Account of(@Nullable String tenant, Desk365Client desk, Policy policy, Vocabulary vocabulary) {
        return new Account(
                tenant,
                desk,
                new Ledger(desk.plan() == null ? policy.plan() : desk.plan(), policy.clock()),
                new AccountVocabulary(vocabulary),
                new FileHosts());
    }
}
