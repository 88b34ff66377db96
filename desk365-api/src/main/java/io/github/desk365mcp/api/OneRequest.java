package io.github.desk365mcp.api;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that a request is sent at most once, and knows whether sending has started.
 *
 * <p>OkHttp resends a request after 408, after 503 with {@code Retry-After: 0}, after redirects and after broken
 * connections, and a custom interceptor may do the same. All of these pass the network interceptor below.
 */
final class OneRequest {

    private static final String LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT";

    private final AtomicBoolean left = new AtomicBoolean();
    private volatile @Nullable Connection connection;

    private static OneRequest of(Request request) {
        OneRequest one = request.tag(OneRequest.class);
        return one == null ? new OneRequest() : one;
    }

    /** Notes that a request leaves in another way than through the interceptor below. */
    static void leaves(Request request) {
        of(request).left.set(true);
    }

    /** Whether any part of the request was sent. */
    static boolean hasLeft(Request request) {
        return of(request).left.get();
    }

    /** A reused connection had unread data and was closed. Nothing was sent on it, so another one can be used. */
    static final class UnfitConnection extends IOException {

        private static final long serialVersionUID = 1;

        UnfitConnection() {
            super("the connection had an extra response");
        }
    }

    /** Returns the socket of a reused connection, or null if the connection is new or uses HTTP/2. */
    private static WatchedSockets.@Nullable Watched kept(
            @Nullable Connection connection, @Nullable WatchedSockets sockets) {
        if (connection == null || sockets == null || connection.protocol() == Protocol.HTTP_2) {
            return null;
        }
        WatchedSockets.Watched socket = sockets.below(connection.socket());
        return socket != null && socket.isUsedAgain() ? socket : null;
    }

    /** Closes the connection on which the request was sent, so that nothing more is read from it. */
    static void drop(Request request) {
        Connection connection = of(request).connection;
        if (connection == null || connection.protocol() == Protocol.HTTP_2) {
            // HTTP/2 matches responses to requests, and the connection may have other requests in progress.
            return;
        }
        try {
            connection.socket().close();
        } catch (IOException e) {
            // The connection is unusable in any case.
            return;
        }
    }

    static Response intercept(Interceptor.Chain chain, @Nullable WatchedSockets sockets) throws IOException {
        // The call's original request: a custom interceptor may have replaced it.
        OneRequest one = of(chain.call().request());
        one.connection = chain.connection();
        WatchedSockets.Watched kept = kept(chain.connection(), sockets);
        if (kept != null && kept.hasUnread() && !one.left.get()) {
            kept.close();
            throw new UnfitConnection();
        }
        if (!one.left.compareAndSet(false, true)) {
            throw new IOException("the request was about to be sent a second time");
        }
        long before = kept == null ? -1 : kept.count();
        Response response = chain.proceed(chain.request());
        if (kept != null && kept.count() == before) {
            // The response was buffered before the request was sent, so it belongs to another request.
            kept.close();
            response.close();
            throw new IOException("a response arrived before the request was sent");
        }
        if (response.body().contentLength() < -1) {
            // OkHttp can neither read such a body nor close it. After this exception, it gives up the connection.
            throw new IOException("the response has a negative length");
        }
        String retryAfter = response.header("Retry-After");
        if (response.code() != 503
                || retryAfter == null
                || !retryAfter.matches("\\d+")
                || retryAfter.matches("[1-9]\\d{0,8}")) {
            return response;
        }
        // OkHttp would repeat the request at once for 0, and fail for a long number. It does not read dates.
        return response.newBuilder()
                .header("Retry-After", retryAfter.matches("0+") ? LONG_AGO : "999999999")
                .build();
    }
}
