package io.github.desk365mcp.api;

import java.net.URI;
import java.util.Set;
import okhttp3.HttpUrl;

/** Checks where the key would be sent. */
final class BaseUrl {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private BaseUrl() {}

    /** The address with the version and a slash at its end. */
    static HttpUrl of(URI uri) {
        HttpUrl url = HttpUrl.parse(uri.toString());
        if (url == null || !isPlain(url)) {
            throw new IllegalArgumentException(
                    "A base URL looks like https://acme.desk365.io/apis: no user, query or fragment");
        }
        if (!isPrivate(url)) {
            throw new IllegalArgumentException("A base URL is https; http would show the API key to the network");
        }
        String path = url.encodedPath().replaceAll("/+$", "");
        return url.newBuilder()
                .encodedPath(path.endsWith("/v3") ? path + "/" : path + "/v3/")
                .build();
    }

    /** The path, if it stays below the base, where alone the key belongs, and holds nothing but a path. */
    static String below(String path) {
        if (!path.matches("[^/\\\\?#]+(/[^/\\\\?#]+)*/?") || path.matches("(.*/)?\\.{1,2}(/.*)?")) {
            throw new InvalidArgumentException(
                    "A path is below /apis/v3/, such as tickets/details: no slash before it, no .. or . in it, no query");
        }
        return path;
    }

    /** Whether nobody on the way can read along. */
    static boolean isPrivate(HttpUrl url) {
        return url.isHttps() || LOOPBACK.contains(url.host());
    }

    /** Asks the parsed address: a {@link URI} sees no user in {@code https://user:password@my_host}. */
    private static boolean isPlain(HttpUrl url) {
        return url.username().isEmpty()
                && url.password().isEmpty()
                && url.encodedQuery() == null
                && url.encodedFragment() == null;
    }
}
