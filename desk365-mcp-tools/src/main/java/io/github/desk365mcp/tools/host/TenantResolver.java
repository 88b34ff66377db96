package io.github.desk365mcp.tools.host;

import org.jspecify.annotations.Nullable;

/**
 * Finds the helpdesk that a call is for.
 *
 * <p>It is asked for every call, so it must be fast and thread-safe. If it throws an exception or returns null, the
 * call is refused and nothing is sent.
 */
@FunctionalInterface
public interface TenantResolver {

    /**
     * Returns the helpdesk of a call or listing.
     *
     * @param context has the {@link CallContext#tenant() tenant}; if the policy has a {@link CallerAuthenticator}, its
     *     caller is the authenticated one, whatever the request claims
     * @return the helpdesk; null if there is none
     */
    @Nullable
    Tenant resolve(CallContext context);
}
