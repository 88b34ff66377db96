package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers that admins create while this one runs: grants for one of the helpdesks that are configured here. Those of
 * other helpdesks, which a shared state may have, do not exist here. Thread-safe.
 */
final class OnDemandServers implements ToolGrants {

    private final ToolGrants grants;
    private final List<String> tenants;
    private final boolean hasCallers;

    /**
     * @param tools the tools that this server has at most
     * @param tenants the helpdesks that are configured
     * @param hasCallers whether callers can show a token besides
     */
    OnDemandServers(BoundTools tools, List<String> tenants, boolean hasCallers) {
        this.grants = tools.grants();
        this.tenants = List.copyOf(tenants);
        this.hasCallers = hasCallers;
    }

    List<String> tenants() {
        return tenants;
    }

    boolean hasCallers() {
        return hasCallers;
    }

    @Override
    public Issued issue(ToolGrant wanted) {
        ToolGrant grant = wanted.tenant() == null && tenants.size() == 1 ? wanted.tenant(tenants.get(0)) : wanted;
        if (!isHere(grant)) {
            throw new IllegalArgumentException(
                    "The tenant must be one of the helpdesks of this server: " + String.join(", ", tenants));
        }
        if (grant.requiresCaller() && !hasCallers) {
            throw new IllegalArgumentException("require_api_token_auth needs callers with tokens, but this server has"
                    + " none; start it with --token-hash or --issuer");
        }
        return grants.issue(grant);
    }

    @Override
    public Optional<ToolGrant> find(String secret) {
        return grants.find(secret).filter(this::isHere);
    }

    @Override
    public Optional<ToolGrant> get(String id) {
        return grants.get(id).filter(this::isHere);
    }

    @Override
    public List<ToolGrant> list() {
        return grants.list().stream().filter(this::isHere).toList();
    }

    @Override
    public Optional<ToolGrant> end(String id, @Nullable Instant end) {
        return get(id).flatMap(grant -> grants.end(grant.id(), end));
    }

    @Override
    public boolean revoke(String id) {
        return get(id).isPresent() && grants.revoke(id);
    }

    @Override
    public List<String> tools(ToolGrant grant) {
        return grants.tools(grant);
    }

    private boolean isHere(ToolGrant grant) {
        String tenant = grant.tenant();
        return tenant != null && tenants.contains(tenant);
    }
}
