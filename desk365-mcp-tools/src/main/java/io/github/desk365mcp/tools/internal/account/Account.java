package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An account: its tenant, client, rate limit ledger, vocabulary, and the hosts that have its files.
 *
 * @param changing the numbers of tickets that a call for several is changing; thread-safe
 */
public record Account(
        @Nullable String tenant,
        Desk365Client desk,
        Ledger ledger,
        AccountVocabulary words,
        FileHosts fileHosts,
        Set<Long> changing) {

    public static Account of(@Nullable String tenant, Desk365Client desk, Policy policy) {
        return of(tenant, desk, policy, policy.vocabulary());
    }

    public static Account of(@Nullable String tenant, Desk365Client desk, Policy policy, Vocabulary vocabulary) {
        return new Account(
                tenant,
                desk,
                new Ledger(
                        desk.plan() == null ? policy.plan() : desk.plan(),
                        policy.clock(),
                        window(tenant, desk, policy)),
                new AccountVocabulary(vocabulary),
                new FileHosts(),
                ConcurrentHashMap.newKeySet());
    }

    private static @Nullable SharedWindow window(@Nullable String tenant, Desk365Client desk, Policy policy) {
        Records records = Records.ofFigures(policy);
        String account = Objects.requireNonNullElse(tenant, "") + " " + desk.baseUrl();
        return records == null
                ? null
                : new SharedWindow(records, "calls/" + Sha256.hex(account.getBytes(StandardCharsets.UTF_8)));
    }
}
