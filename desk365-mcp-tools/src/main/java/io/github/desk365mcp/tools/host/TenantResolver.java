package io.github.desk365mcp.tools.host;

import org.jspecify.annotations.Nullable;

/**
 * Finds the helpdesk that a call is for.
 *
 * <p>Asked for every call, so it must be fast and thread-safe. Where it throws or answers null, nothing is sent.
 */
@FunctionalInterface
public interface TenantResolver {

    /**
     * The helpdesk of {@link CallContext#tenant()}; null if there is none.
     *
     * @param context whose call or listing it is; where the policy has a {@link CallerAuthenticator}, the caller in it is
     *     the one that was checked, whoever the request says that it is
     */
    @Nullable
    Tenant resolve(CallContext context);
}
