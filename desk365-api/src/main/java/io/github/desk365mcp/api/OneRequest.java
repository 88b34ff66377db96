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
 * Knows whether a request has begun to leave, and sees to it that it leaves once.
 *
 * <p>OkHttp by itself sends a request again after 408, after 503 with {@code Retry-After: 0}, after redirects and after
 * broken connections, and a host's own interceptor may do the same. All of it passes the network interceptor below.
 */
final class OneRequest {

    private final AtomicBoolean left = new AtomicBoolean();
    private volatile @Nullable Connection connection;

    private static OneRequest of(Request request) {
        OneRequest one = request.tag(OneRequest.class);
        return one == null ? new OneRequest() : one;
    }

    /** Whether any of it left. */
    static boolean hasLeft(Request request) {
        return of(request).left.get();
    }

    /** Something waits on a kept connection, which was closed; nothing was sent on it, so another one can be taken. */
    static final class UnfitConnection extends IOException {

        private static final long serialVersionUID = 1;

        UnfitConnection() {
            super("the connection brought an answer too many");
        }
    }

    /** The socket of a connection that was used before; null if it is new, or numbers its answers. */
    private static WatchedSockets.@Nullable Watched kept(
            @Nullable Connection connection, @Nullable WatchedSockets sockets) {
        if (connection == null || sockets == null || connection.protocol() == Protocol.HTTP_2) {
            return null;
        }
        WatchedSockets.Watched socket = sockets.below(connection.socket());
        return socket != null && socket.isUsedAgain() ? socket : null;
    }

    /** Closes the connection on which it left, so that nothing is read from it any more. */
    static void drop(Request request) {
        Connection connection = of(request).connection;
        if (connection == null || connection.protocol() == Protocol.HTTP_2) {
            // There each answer bears the number of its request, and others may be under way.
            return;
        }
        try {
            connection.socket().close();
        } catch (IOException e) {
            // It is of no use any more in any case.
            return;
        }
    }

    static Response intercept(Interceptor.Chain chain, @Nullable WatchedSockets sockets) throws IOException {
        // The call's own request: an interceptor of the host may have put another in its place.
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
            // It was in a buffer before the request left, so it is the answer to nothing that was asked.
            kept.close();
            response.close();
            throw new IOException("the answer came before the request");
        }
        String retryAfter = response.header("Retry-After");
        if (response.code() != 503
                || retryAfter == null
                || !retryAfter.matches("\\d+")
                || retryAfter.matches("[1-9]\\d{0,8}")) {
            return response;
        }
        // Out of OkHttp's sight: it would repeat the request at once if the header says 0, and fail at long numbers.
        return retryAfter.matches("0+")
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response.newBuilder().header("Retry-After", "999999999").build();
    }
}
