package io.github.desk365mcp.server;

import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The option for people who create servers on demand. */
final class AdminOptions {

    @Option(
            names = "--admin-token-hash",
            paramLabel = "[NAME=]SHA256",
            hideParamSyntax = true,
            description = "The person or program that shows the token with this SHA-256 may create servers on demand,"
                    + " at /admin in a browser or with POST /servers: addresses that carry a secret, for a part of the"
                    + " tools, until a time. No caller may have it. Without tokens for callers, /mcp itself is closed"
                    + " then. Can be repeated; only with --http.")
    private List<String> hashes = List.of();

    boolean isOn() {
        return !hashes.isEmpty();
    }

    /**
     * {@return who may create servers}
     *
     * @param callers the hashes of the callers' tokens, in lower case
     * @throws IllegalArgumentException if a hash is malformed or also that of a caller; the message is one sentence for
     *     the user
     */
    Approvers admins(Set<String> callers) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String given : hashes) {
            int end = given.lastIndexOf('=');
            String hash = given.substring(end + 1).toLowerCase(Locale.ROOT);
            String name = end < 0
                    ? "admin " + (names.size() + 1)
                    : given.substring(0, end).strip();
            if (name.isEmpty()) {
                throw new IllegalArgumentException("--admin-token-hash has a hash with a blank name.");
            }
            if (callers.contains(hash)) {
                throw new IllegalArgumentException("The token of the admin " + name
                        + " is also that of a caller; a model could create servers with it.");
            }
            String other = names.put(hash, name);
            if (other != null) {
                throw new IllegalArgumentException(
                        "The token of the admin " + name + " is also that of " + other + ".");
            }
        }
        return Approvers.tokens(names);
    }

    /** Closes {@code /mcp} itself if no caller has a token: who may use a part of the tools must not get all of them. */
    Policy on(Policy policy) {
        return isOn() && policy.authenticator() == null ? policy.authenticator(context -> null) : policy;
    }

    /**
     * {@return the servers on demand}
     *
     * @param tools the tools that this server has at most
     * @param helpdesk the configured helpdesk
     * @param hasCallers whether callers have tokens
     */
    static OnDemandServers servers(BoundTools tools, ConfiguredHelpdesk helpdesk, boolean hasCallers) {
        String tenant =
                helpdesk.sandbox() == null ? String.valueOf(helpdesk.address().getAuthority()) : "sandbox";
        return new OnDemandServers(tools, List.of(tenant.toLowerCase(Locale.ROOT)), hasCallers);
    }
}
