package io.github.desk365mcp.server;

import io.github.desk365mcp.server.oauth.ProtectedResource;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for access tokens of an OAuth authorization server. */
final class OAuthOptions {

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "Admit callers with an access token of this OAuth authorization server; only with --http.")
    private @Nullable URI issuer;

    @Option(
            names = "--resource",
            paramLabel = "URL",
            description = "The address of this server for clients, for which tokens are issued. Default: /mcp at the"
                    + " address of --public-url. Its host name is allowed, as with --allow-host.")
    private @Nullable URI resource;

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            description = "The audience of the tokens, if the authorization server does not use the address of"
                    + " --resource.")
    private @Nullable String audience;

    @Option(
            names = "--jwks",
            paramLabel = "URL",
            description = "Where the authorization server has its public keys. Default: as in its metadata.")
    private @Nullable URI jwks;

    @Option(
            names = "--scope-prefix",
            paramLabel = "TEXT",
            description = "What clients must put before each scope when they ask for it, such as api://desk365/.")
    private String scopePrefix = "";

    @Option(
            names = "--oauth-approvers",
            description = "Who shows a token with the scope desk365.approve, and none for tools, may decide at"
                    + " /approvals. For a proxy that signs people in and adds their token to requests.")
    private boolean approvers;

    /** {@return whether access tokens are accepted} */
    boolean isUsed() {
        return issuer != null;
    }

    /** {@return whether people with an access token may decide about calls} */
    boolean hasApprovers() {
        return approvers;
    }

    /**
     * Checks that the options fit together, and allows the host name of the resource.
     *
     * @throws IllegalArgumentException if they do not; the message is one sentence for the user
     */
    void check(HttpOptions http) {
        if (issuer == null) {
            if (resource != null || audience != null || jwks != null || !scopePrefix.isEmpty() || approvers) {
                throw new IllegalArgumentException("--resource, --audience, --jwks, --scope-prefix and"
                        + " --oauth-approvers can be used only with --issuer.");
            }
            return;
        }
        if (http.port() == null) {
            throw new IllegalArgumentException("--issuer can be used only with --http.");
        }
        check("--issuer", issuer);
        if (jwks != null) {
            check("--jwks", jwks);
        }
        String server = http.publicUrl();
        if (resource == null) {
            if (server == null) {
                throw new IllegalArgumentException("--issuer needs --resource, the address of this server for clients,"
                        + " such as https://desk.example.com/mcp.");
            }
            resource = URI.create(server + Gate.MCP);
        }
        check("--resource", resource);
        if (!scopePrefix.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]*")) {
            throw new IllegalArgumentException("--scope-prefix takes letters, digits and signs such as :/ without"
                    + " spaces and quotation marks.");
        }
        http.allow(resource);
    }

    private static void check(String option, URI address) {
        if (!ProtectedResource.isAddress(address)) {
            throw new IllegalArgumentException(
                    option + " takes an address with https, without query and user, such as https://example.com/x.");
        }
    }

    /** Lets the policy admit callers with an access token. */
    Policy on(Policy policy) {
        return issuer == null ? policy : policy.authenticator(BearerTokens.authenticator(policy.authenticator()));
    }

    /**
     * {@return what checks the tokens; null if none are accepted}
     *
     * @param tools every tool that the policy allows
     * @param others the authenticator of the policy without access tokens
     * @param environment names the proxy
     */
    @Nullable
    BearerTokens tokens(
            List<ToolDefinition> tools, @Nullable CallerAuthenticator others, Map<String, String> environment) {
        ProtectedResource known = resource(tools, environment);
        return known == null ? null : new BearerTokens(known, tools, others);
    }

    /** {@return the resource that the options describe; null if no access tokens are accepted} */
    @Nullable
    ProtectedResource resource(List<ToolDefinition> tools, Map<String, String> environment) {
        if (issuer == null || resource == null) {
            return null;
        }
        OkHttpClient base = new OkHttpClient();
        Function<URI, OkHttpClient> http = address -> EnvironmentProxy.customizer(environment, address)
                .apply(base.newBuilder())
                .build();
        return new ProtectedResource(
                new ProtectedResource.Settings(
                        issuer.toString(),
                        resource,
                        audience == null ? resource.toString() : audience,
                        jwks,
                        scopePrefix),
                tools,
                http,
                Clock.systemUTC());
    }
}
