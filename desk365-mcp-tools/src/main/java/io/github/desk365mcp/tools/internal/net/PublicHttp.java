package io.github.desk365mcp.tools.internal.net;

import io.github.desk365mcp.api.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * GET requests without a key, a cookie or a proxy, and only to allowed addresses. Redirects are returned, not followed.
 * Thread-safe.
 */
public final class PublicHttp {

    private final Dns dns;
    private final UnaryOperator<OkHttpClient.Builder> network;
    private @Nullable OkHttpClient http;

    /**
     * A client that connects to the addresses it has checked.
     *
     * @param allowed the addresses that a host name may resolve to
     * @param network changes the client, for tests
     */
    public PublicHttp(Dns dns, Predicate<InetAddress> allowed, UnaryOperator<OkHttpClient.Builder> network) {
        this.dns = new CheckedDns(dns, allowed);
        this.network = network;
    }

    /** Returns the client, which is built for the first request, because that reads all certificates of the JDK. */
    private synchronized OkHttpClient http() {
        OkHttpClient built = http;
        if (built == null) {
            built = network.apply(new OkHttpClient.Builder())
                    .dns(dns)
                    // A proxy would resolve the host name itself, to any address.
                    .proxy(Proxy.NO_PROXY)
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .cookieJar(CookieJar.NO_COOKIES)
                    // A pooled connection would outlive the check of its address.
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .build();
            http = built;
        }
        return built;
    }

    /**
     * Sends a request. The caller closes the response.
     *
     * @param end the {@link System#nanoTime()} at which the request, including its body, is cut off
     * @throws NotPublicException if the host name resolves to an address that is not allowed
     */
    public Fetch fetch(HttpUrl url, long end, @Nullable Cancellation cancellation) throws IOException {
        Call call = http().newCall(new Request.Builder()
                .url(url)
                .header("User-Agent", "desk365-mcp-tools")
                // A compressed response could be far larger than it looks.
                .header("Accept-Encoding", "identity")
                .build());
        call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        Cancellation.Registration registration = cancellation == null ? () -> {} : cancellation.onCancel(call::cancel);
        try {
            return new Fetch(call.execute(), registration);
        } catch (IOException | RuntimeException e) {
            registration.close();
            throw e;
        }
    }

    /** A response whose body is still to be read. */
    public record Fetch(Response response, Cancellation.Registration registration) implements AutoCloseable {

        /** The body; closing it closes the response. */
        public InputStream stream() {
            return new FilterInputStream(response.body().byteStream()) {
                @Override
                public void close() {
                    Fetch.this.close();
                }
            };
        }

        @Override
        public void close() {
            registration.close();
            response.close();
        }
    }

    /** Resolves host names to checked addresses only, which are the ones connected to. */
    private record CheckedDns(Dns dns, Predicate<InetAddress> allowed) implements Dns {

        @Override
        public List<InetAddress> lookup(String host) throws UnknownHostException {
            List<InetAddress> addresses = dns.lookup(host);
            if (addresses.isEmpty() || !addresses.stream().allMatch(allowed)) {
                throw new NotPublicException(host);
            }
            return addresses;
        }
    }

    /** A host name resolves to an address that is not allowed. */
    public static final class NotPublicException extends UnknownHostException {

        private static final long serialVersionUID = 1;

        NotPublicException(String host) {
            super(host);
        }
    }
}
