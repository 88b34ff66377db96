package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.host.TenantResolver;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.text.Ascii;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts of all tenants; each is created once, with its own key, rate limit ledger and address. */
public final class Accounts {

    private static final int MOST = 1_000;
    private static final System.Logger LOG = System.getLogger(Accounts.class.getName());

    private final TenantResolver resolver;
    private final Policy policy;

    // The least recently used is removed first. Clients share connections, so there is nothing to close.
    private final Map<Tenant, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tenant, Account> eldest) {
            return size() > MOST;
        }
    };

    public Accounts(TenantResolver resolver, Policy policy) {
        this.resolver = resolver;
        this.policy = policy;
    }

    /** The account of the call's tenant; null, with a log entry, if there is none or the resolver fails. */
    @Nullable
    public Account of(CallContext context) {
        try {
            Tenant tenant = resolver.resolve(context);
            if (tenant == null) {
                return null;
            }
            if (!isAllowed(String.valueOf(tenant.baseUrl().getHost()))) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The helpdesk address of tenant {0} is not among the hosts of the policy",
                        tenant.id());
                return null;
            }
            return account(tenant);
        } catch (RuntimeException e) {
            // The message is not logged: it may contain what the resolver knows, including keys.
            LOG.log(System.Logger.Level.WARNING, "No tenant: {0}", e.getClass().getName());
            return null;
        }
    }

    /** The vocabulary of the tenant that a listing is for; the policy's if the tenant is unknown. */
    public Vocabulary vocabulary(CallContext context) {
        try {
            Tenant tenant = resolver.resolve(context);
            return tenant == null ? policy.vocabulary() : vocabulary(tenant);
        } catch (RuntimeException e) {
            return policy.vocabulary();
        }
    }

    private Vocabulary vocabulary(Tenant tenant) {
        return tenant.vocabulary().equals(Vocabulary.none()) ? policy.vocabulary() : tenant.vocabulary();
    }

    private Account account(Tenant tenant) {
        synchronized (accounts) {
            return accounts.computeIfAbsent(tenant, this::connect);
        }
    }

    private Account connect(Tenant tenant) {
        Desk365Client.Builder builder = policy.clients()
                .apply(Desk365Client.builder())
                .baseUrl(tenant.baseUrl())
                .apiKey(tenant.apiKey());
        if (tenant.plan() != null) {
            builder.plan(tenant.plan());
        }
        return Account.of(tenant.id(), builder.build(), policy, vocabulary(tenant));
    }

    /** {@code acme.desk365.io} is allowed by its own name and by {@code *.desk365.io}. */
    private boolean isAllowed(String host) {
        String name = Ascii.lower(host);
        int dot = name.indexOf('.');
        return policy.allowedHosts().contains(name)
                || dot > 0 && policy.allowedHosts().contains("*" + name.substring(dot));
    }
}
