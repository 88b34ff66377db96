package io.github.desk365mcp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for HTTP: whether, where, and under which names. */
final class HttpOptions {

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description = "Speak streamable HTTP at http://127.0.0.1:PORT/mcp instead; 0 takes any free port.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Listen at this address instead of 127.0.0.1; 0.0.0.0 is all. Needs callers' tokens.")
    private @Nullable String host;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "Also answer under this name, such as that of a proxy or a tunnel in front. Can be given again."
                            + " Needs callers' tokens.")
    private List<String> names = List.of();

    /** Null for standard input and output. */
    @Nullable
    Integer port() {
        return port;
    }

    String host() {
        return host == null ? "127.0.0.1" : host;
    }

    /**
     * Looks whether the options go together.
     *
     * @throws IllegalArgumentException if not; the message is a sentence
     */
    void check() {
        if (port == null && (host != null || !names.isEmpty())) {
            throw new IllegalArgumentException("--host and --allow-host go with --http.");
        }
        for (String name : names) {
            if (!name.matches("[\\p{Alnum}_.-]+|\\[[\\p{XDigit}:.]+]")) {
                throw new IllegalArgumentException(
                        "--allow-host takes a name alone, such as desk.example.com: no scheme, port or path.");
            }
        }
    }

    /**
     * Whether another computer can reach it.
     *
     * @throws IllegalArgumentException if there is no such address
     */
    boolean reachesOut() {
        return !isLoopback() || !names.isEmpty();
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host is no address of this computer: " + host);
        }
    }

    /** What {@code Host} headers may say; empty for anything, where whoever has no token is refused anyway. */
    List<String> allowedHosts() {
        List<String> allowed = new ArrayList<>();
        if (isLoopback() || !names.isEmpty()) {
            allowed.addAll(List.of("127.0.0.1:*", "localhost:*", "[::1]:*"));
            for (String given : names) {
                String name = given.toLowerCase(Locale.ROOT);
                allowed.addAll(List.of(name, name + ":*"));
            }
        }
        return allowed;
    }

    /** What {@code Origin} headers may say, if there are any. */
    List<String> allowedOrigins() {
        List<String> allowed = new ArrayList<>();
        for (String name : allowedHosts()) {
            allowed.add("http://" + name);
            allowed.add("https://" + name);
        }
        return allowed;
    }
}
