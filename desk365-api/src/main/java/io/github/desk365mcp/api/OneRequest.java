package io.github.desk365mcp.api;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Knows whether a request has begun to leave, and sees to it that it leaves once.
 *
 * <p>OkHttp by itself sends a request again after 408, after 503 with {@code Retry-After: 0}, after redirects and after
 * broken connections, and a host's own interceptor may do the same. All of it passes the network interceptor below.
 */
final class OneRequest {

    private final AtomicBoolean left = new AtomicBoolean();

    private static OneRequest of(Request request) {
        OneRequest one = request.tag(OneRequest.class);
        return one == null ? new OneRequest() : one;
    }

    /** Whether any of it left. */
    static boolean hasLeft(Request request) {
        return of(request).left.get();
    }

    static Response intercept(Interceptor.Chain chain) throws IOException {
        // The call's own request: an interceptor of the host may have put another in its place.
        if (!of(chain.call().request()).left.compareAndSet(false, true)) {
            throw new IOException("the request was about to be sent a second time");
        }
        Response response = chain.proceed(chain.request());
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
