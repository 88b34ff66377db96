package io.github.desk365mcp.server;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that the environment names: {@code HTTPS_PROXY} or {@code HTTP_PROXY} by the scheme of the helpdesk's
 * address, else {@code ALL_PROXY}, and not for the host names in {@code NO_PROXY}. As with curl, the names may be in
 * lower case. Java itself does not read these variables.
 *
 * @param credentials the value of the {@code Proxy-Authorization} header; null without a user
 */
record EnvironmentProxy(String host, int port, @Nullable String credentials) {

    private static final String AUTHORIZATION = "Proxy-Authorization";
    private static final int DEFAULT_PORT = 80;
    private static final int MOST_PORT = 65_535;

    /**
     * {@return how to customize the HTTP client of a helpdesk}
     *
     * @throws IllegalArgumentException if a variable does not name a proxy; the message never contains its value
     */
    static UnaryOperator<OkHttpClient.Builder> customizer(Map<String, String> environment, URI target) {
        EnvironmentProxy proxy = of(environment, target);
        return proxy == null ? UnaryOperator.identity() : proxy::customize;
    }

    /** {@return the proxy for an address; null if there is none} */
    static @Nullable EnvironmentProxy of(Map<String, String> environment, URI target) {
        boolean isSecure = "https".equalsIgnoreCase(target.getScheme());
        for (String name : List.of(isSecure ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY")) {
            String value = value(environment, name);
            if (!value.isEmpty()) {
                return isExcluded(value(environment, "NO_PROXY"), target, isSecure ? 443 : 80)
                        ? null
                        : read(name, value);
            }
        }
        return null;
    }

    private static String value(Map<String, String> environment, String name) {
        String lower =
                environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
        return lower.isEmpty() ? environment.getOrDefault(name, "").strip() : lower;
    }

    private static EnvironmentProxy read(String name, String value) {
        String rest = value;
        int scheme = value.indexOf("://");
        if (scheme >= 0) {
            check(value.substring(0, scheme).equalsIgnoreCase("http"), name);
            rest = value.substring(scheme + 3);
        }
        // The last @, since a password may contain another one.
        int at = rest.lastIndexOf('@');
        String credentials = null;
        if (at >= 0) {
            String[] user = rest.substring(0, at).split(":", 2);
            credentials = Credentials.basic(
                    decoded(user[0]), user.length > 1 ? decoded(user[1]) : "", StandardCharsets.UTF_8);
        }
        String address = rest.substring(at + 1).replaceFirst("/.*$", "");
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > address.lastIndexOf(']');
        String host = (hasPort ? address.substring(0, colon) : address).replaceAll("^\\[|]$", "");
        String port = hasPort ? address.substring(colon + 1) : String.valueOf(DEFAULT_PORT);
        check(!host.isBlank() && port.matches("\\d{1,5}") && Integer.parseInt(port) <= MOST_PORT, name);
        return new EnvironmentProxy(host, Integer.parseInt(port), credentials);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A password with a % that is not an escape.
            return text;
        }
    }

    private static void check(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException(
                    name + " is not a proxy: it looks like http://user:password@proxy.example:3128.");
        }
    }

    /** Whether one of the excluded names is the host name, a domain that it belongs to, or an asterisk. */
    private static boolean isExcluded(String excluded, URI target, int defaultPort) {
        String host = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        int port = target.getPort() < 0 ? defaultPort : target.getPort();
        for (String entry : excluded.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            String name = entry.replaceFirst("^\\*?\\.", "");
            if (name.matches("[^:]+:\\d+|\\[.*]:\\d+")) {
                int colon = name.lastIndexOf(':');
                if (!name.substring(colon + 1).equals(String.valueOf(port))) {
                    continue;
                }
                name = name.substring(0, colon);
            }
            name = name.replaceAll("^\\[|]$", "");
            if (name.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))) {
                return true;
            }
        }
        return false;
    }

    private OkHttpClient.Builder customize(OkHttpClient.Builder http) {
        http.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
        if (credentials != null) {
            http.proxyAuthenticator(authenticator(credentials)).addNetworkInterceptor(chain -> {
                // Sent at once without TLS, because a request is never sent a second time.
                Request request = chain.request();
                return chain.proceed(
                        request.isHttps()
                                ? request
                                : request.newBuilder()
                                        .header(AUTHORIZATION, credentials)
                                        .build());
            });
        }
        return http;
    }

    private static Authenticator authenticator(String credentials) {
        return (route, response) ->
                response.request().isHttps() && response.request().header(AUTHORIZATION) == null
                        ? response.request()
                                .newBuilder()
                                .header(AUTHORIZATION, credentials)
                                .build()
                        // The proxy has refused them; without this, the client would try again.
                        : null;
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "EnvironmentProxy[" + host + ":" + port + "]";
    }
}
