package io.github.desk365mcp.server;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The helpdesk that the environment variables describe, or the sandbox if they describe none.
 *
 * @param client the client of the helpdesk or of the sandbox
 * @param sandbox the sandbox; null for a helpdesk
 * @param address the address of the helpdesk or of the sandbox
 * @param proxy the proxy on the way to it; null if there is none
 */
record ConfiguredHelpdesk(
        Desk365Client client,
        @Nullable Desk365Sandbox sandbox,
        URI address,
        @Nullable EnvironmentProxy proxy) implements AutoCloseable {

    static final String BASE_URL = "DESK365_BASE_URL";
    static final String SUBDOMAIN = "DESK365_SUBDOMAIN";
    static final String API_KEY = "DESK365_API_KEY";
    static final String PLAN = "DESK365_PLAN";

    /** The variables that this server or its start script reads. */
    private static final Set<String> KNOWN = Set.of(
            BASE_URL,
            SUBDOMAIN,
            API_KEY,
            PLAN,
            "DESK365_MCP_TOKEN",
            "DESK365_MCP_JAR",
            StateOptions.KEY,
            StateOptions.USER,
            StateOptions.PASSWORD);

    /**
     * Creates the client, without opening a connection.
     *
     * @throws IllegalArgumentException if the variables are incomplete or invalid; the message never contains their
     *     values
     */
    static ConfiguredHelpdesk of(Map<String, String> environment) {
        return of(environment, false, true);
    }

    /**
     * Creates the client, without opening a connection.
     *
     * @param sandbox whether the sandbox is asked for
     * @param orSandbox whether the sandbox is used if there is no account
     * @throws IllegalArgumentException if the variables are incomplete or invalid, or there is an account besides the
     *     sandbox; the message never contains their values
     */
    static ConfiguredHelpdesk of(Map<String, String> environment, boolean sandbox, boolean orSandbox) {
        String baseUrl = environment.getOrDefault(BASE_URL, "").strip();
        String subdomain = environment.getOrDefault(SUBDOMAIN, "").strip();
        String apiKey = environment.getOrDefault(API_KEY, "").strip();
        Plan plan = plan(environment.getOrDefault(PLAN, "").strip());
        boolean hasAccount = !(baseUrl.isEmpty() && subdomain.isEmpty() && apiKey.isEmpty());
        if (sandbox && hasAccount) {
            throw new IllegalArgumentException("--sandbox cannot be used with an account: unset " + SUBDOMAIN + ", "
                    + BASE_URL + " and " + API_KEY + ".");
        }
        if (!hasAccount && !sandbox && !orSandbox) {
            throw new IllegalArgumentException("No account is set: set " + SUBDOMAIN + " and " + API_KEY
                    + ", or add --sandbox to work with invented data." + unknown(environment));
        }
        if (!hasAccount) {
            Desk365Sandbox invented = Desk365Sandbox.start();
            return new ConfiguredHelpdesk(
                    client(invented.baseUrl()).apiKey(invented.apiKey()).build(), invented, invented.baseUrl(), null);
        }
        if (apiKey.isEmpty()) {
            throw new IllegalArgumentException((baseUrl.isEmpty() ? SUBDOMAIN : BASE_URL) + " is set but " + API_KEY
                    + " is not; create the key in Desk365 under Settings > Integrations > API.");
        }
        if (baseUrl.isEmpty() == subdomain.isEmpty()) {
            throw new IllegalArgumentException((baseUrl.isEmpty()
                            ? API_KEY + " is set but neither " + SUBDOMAIN + " nor " + BASE_URL + " is; set"
                            : SUBDOMAIN + " and " + BASE_URL + " are both set; keep")
                    + " one, such as " + SUBDOMAIN + "=acme for acme.desk365.io.");
        }
        Desk365Client.Builder builder;
        try {
            builder = baseUrl.isEmpty() ? Desk365Client.builder().subdomain(subdomain) : client(URI.create(baseUrl));
        } catch (IllegalArgumentException e) {
            // The message may contain the value, which may be a key in the wrong variable.
            throw new IllegalArgumentException(
                    baseUrl.isEmpty()
                            ? SUBDOMAIN + " is not a subdomain: for acme.desk365.io it is acme."
                            : BASE_URL + " is not a helpdesk address: it looks like https://acme.desk365.io/apis,"
                                    + " with https unless it is on this computer.");
        }
        if (plan != null) {
            builder.plan(plan);
        }
        URI address = baseUrl.isEmpty() ? URI.create("https://" + subdomain + ".desk365.io") : URI.create(baseUrl);
        builder.httpClient(EnvironmentProxy.customizer(environment, address));
        try {
            return new ConfiguredHelpdesk(
                    builder.apiKey(apiKey).build(), null, address, EnvironmentProxy.of(environment, address));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    API_KEY + " is not an API key: a key is one word of at least 8 ASCII characters.");
        }
    }

    /** {@return a sentence about variables that look like this server's but are not; empty if there are none} */
    static String unknown(Map<String, String> environment) {
        String names = environment.keySet().stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).startsWith("DESK365"))
                .filter(name -> !KNOWN.contains(name))
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " The environment has " + names + ", which this server does not read.";
    }

    private static @Nullable Plan plan(String name) {
        try {
            return name.isEmpty() ? null : Plan.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PLAN + " must be standard, plus or premium.");
        }
    }

    private static Desk365Client.Builder client(URI baseUrl) {
        return Desk365Client.builder().baseUrl(baseUrl);
    }

    @Override
    public void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
