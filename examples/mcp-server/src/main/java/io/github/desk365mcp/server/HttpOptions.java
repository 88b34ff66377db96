package io.github.desk365mcp.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for HTTP: the port, the address, and the host names. */
final class HttpOptions {

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description = "Serve streamable HTTP at http://127.0.0.1:PORT/mcp instead; 0 uses any free port.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Listen on this address instead of 127.0.0.1; 0.0.0.0 means all addresses. Callers must"
                    + " then show a token.")
    private @Nullable String host;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "Also accept requests for this host name, such as that of a proxy or a tunnel. Can be repeated."
                            + " Callers must then show a token.")
    private List<String> names = List.of();

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "Where people reach this server, such as https://desk.example.com. It is told to people and"
                    + " models, for the approval page. Its host name is also allowed, as with --allow-host.")
    private @Nullable URI publicUrl;

    @Option(
            names = "--stateless",
            description =
                    "Keep no sessions for clients of revision 2025-11-25 and older, so that any of several servers"
                            + " behind a balancer can answer each request. Such clients then cannot ask their user, show no"
                            + " progress, and cannot cancel calls. Newer clients never have sessions.")
    private boolean stateless;

    /** Addresses at which clients reach the server, from other options. */
    private final List<URI> addresses = new ArrayList<>();

    /** {@return the port; null for standard input and output} */
    @Nullable
    Integer port() {
        return port;
    }

    /** {@return whether older clients have no sessions either} */
    boolean isStateless() {
        return stateless;
    }

    /** Also allows the host name of an address at which clients reach the server. */
    void allow(URI address) {
        addresses.add(address);
    }

    String host() {
        return host == null ? "127.0.0.1" : host;
    }

    /**
     * Checks that the options fit together.
     *
     * @throws IllegalArgumentException if not; the message is one sentence for the user
     */
    void check() {
        if (port == null && (host != null || !names.isEmpty())) {
            throw new IllegalArgumentException("--host and --allow-host can be used only with --http.");
        }
        if (port == null && stateless) {
            throw new IllegalArgumentException("--stateless can be used only with --http.");
        }
        if (port == null && publicUrl != null) {
            throw new IllegalArgumentException("--public-url can be used only with --http.");
        }
        if (publicUrl != null && !isWebAddress(publicUrl)) {
            throw new IllegalArgumentException(
                    "--public-url takes an address such as https://desk.example.com, without query and user.");
        }
        for (String name : names) {
            if (!name.matches("[\\p{Alnum}_.-]+|\\[[\\p{XDigit}:.]+]")) {
                throw new IllegalArgumentException(
                        "--allow-host takes only a host name, such as desk.example.com, without scheme, port or path.");
            }
        }
    }

    /**
     * {@return whether other computers can reach the server}
     *
     * @throws IllegalArgumentException if the address does not exist
     */
    boolean reachesOut() {
        return !isLoopback() || !names().isEmpty();
    }

    /** {@return where people reach the server, without a slash at the end; null if it was not given} */
    @Nullable
    String publicUrl() {
        return publicUrl == null ? null : publicUrl.toString().replaceFirst("/+$", "");
    }

    /** {@return where people approve calls, in words for a model} */
    String approvalPlace() {
        String server = publicUrl();
        if (server == null && Integer.valueOf(0).equals(port)) {
            return "the page " + Gate.APPROVALS + " of this server";
        }
        return (server == null ? "http://" + (host().contains(":") ? "[" + host() + "]" : host()) + ":" + port : server)
                + Gate.APPROVALS;
    }

    private static boolean isWebAddress(URI address) {
        return List.of("http", "https").contains(String.valueOf(address.getScheme()))
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
    }

    /** {@return the given names, and those of the public addresses unless they mean this computer} */
    private List<String> names() {
        List<String> all = new ArrayList<>(names);
        Stream.concat(Stream.ofNullable(publicUrl), addresses.stream())
                .map(URI::getHost)
                .filter(own -> !List.of("localhost", "127.0.0.1", "[::1]").contains(own.toLowerCase(Locale.ROOT)))
                .forEach(all::add);
        return all;
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host is not an address of this computer: " + host);
        }
    }

    /**
     * {@return the allowed {@code Host} headers; empty to allow all if no name is known, since callers without a token are
     * refused}
     */
    List<String> allowedHosts() {
        List<String> allowed = new ArrayList<>();
        if (isLoopback() || !names.isEmpty() || publicUrl != null || !addresses.isEmpty()) {
            allowed.addAll(List.of("127.0.0.1:*", "localhost:*", "[::1]:*"));
            for (String given : names()) {
                String name = given.toLowerCase(Locale.ROOT);
                allowed.addAll(List.of(name, name + ":*"));
            }
        }
        return allowed;
    }

    /** {@return the allowed values of the {@code Origin} header} */
    List<String> allowedOrigins() {
        List<String> allowed = new ArrayList<>();
        for (String name : allowedHosts()) {
            allowed.add("http://" + name);
            allowed.add("https://" + name);
        }
        return allowed;
    }
}
