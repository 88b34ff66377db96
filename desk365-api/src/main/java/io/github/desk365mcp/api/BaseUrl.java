package io.github.desk365mcp.api;

import java.net.URI;
import java.util.Set;
import okhttp3.HttpUrl;

/** Checks the addresses to which the API key is sent. */
final class BaseUrl {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private BaseUrl() {}

    /** Returns the base URL, including the version and a trailing slash. */
    static HttpUrl of(URI uri) {
        HttpUrl url = HttpUrl.parse(uri.toString());
        if (url == null || !isPlain(url)) {
            throw new IllegalArgumentException(
                    "A base URL looks like https://acme.desk365.io/apis, without a user, query or fragment");
        }
        if (!isPrivate(url)) {
            throw new IllegalArgumentException("A base URL must use https; http would expose the API key");
        }
        String path = url.encodedPath().replaceAll("/+$", "");
        return url.newBuilder()
                .encodedPath(path.endsWith("/v3") ? path + "/" : path + "/v3/")
                .build();
    }

    /**
     * Returns the path if it stays below the base URL and contains nothing but path segments. The API key must not be
     * sent anywhere else.
     */
    static String below(String path) {
        if (!path.matches("[^/\\\\?#]+(/[^/\\\\?#]+)*/?") || path.matches("(.*/)?\\.{1,2}(/.*)?")) {
            throw new InvalidArgumentException(
                    "A path is relative to /apis/v3/, such as tickets/details, without a leading slash, .. or a query");
        }
        return path;
    }

    /** Whether the traffic cannot be read by others: it uses TLS or stays on this machine. */
    static boolean isPrivate(HttpUrl url) {
        return url.isHttps() || LOOPBACK.contains(url.host());
    }

    /** Checks the parsed URL, because a {@link URI} finds no user in {@code https://user:password@my_host}. */
    private static boolean isPlain(HttpUrl url) {
        return url.username().isEmpty()
                && url.password().isEmpty()
                && url.encodedQuery() == null
                && url.encodedFragment() == null;
    }
}
