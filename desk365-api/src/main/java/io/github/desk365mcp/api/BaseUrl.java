package io.github.desk365mcp.api;

import java.net.URI;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Checks where the key would be sent. */
final class BaseUrl {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private BaseUrl() {}

    /** The address with the version and a slash at its end. */
    static HttpUrl of(URI uri) {
        HttpUrl url = HttpUrl.parse(uri.toString());
        if (url == null || !isPlain(url, uri)) {
            throw new IllegalArgumentException(
                    "A base URL looks like https://acme.desk365.io/apis: no user, query or fragment");
        }
        if (!url.isHttps() && !LOOPBACK.contains(url.host())) {
            throw new IllegalArgumentException("A base URL is https; http would show the API key to the network");
        }
        String path = url.encodedPath().replaceAll("/+$", "");
        return url.newBuilder()
                .encodedPath(path.endsWith("/v3") ? path + "/" : path + "/v3/")
                .build();
    }

    private static boolean isPlain(HttpUrl url, URI uri) {
        return isEmpty(uri.getRawUserInfo())
                && isEmpty(uri.getRawQuery())
                && isEmpty(uri.getRawFragment())
                && !url.host().isEmpty();
    }

    private static boolean isEmpty(@Nullable String part) {
        return part == null;
    }
}
