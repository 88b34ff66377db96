package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * Creates an HTTP client for https, and one for plain http, each on its first call: the one for https takes a quarter of a
 * second on a cold JVM, because it reads the certificates of the JDK. Thread-safe.
 */
final class HttpClients {

    private final UnaryOperator<OkHttpClient.Builder> customizer;
    private final Map<Boolean, OkHttpClient> made = new ConcurrentHashMap<>();

    HttpClients(UnaryOperator<OkHttpClient.Builder> customizer) {
        this.customizer = customizer;
    }

    /** Returns the client for https or for plain http. */
    OkHttpClient get(boolean isHttps) {
        return made.computeIfAbsent(isHttps, this::make);
    }

    private OkHttpClient make(boolean isHttps) {
        // After the customizer, so that none of its settings can make the client send a write twice.
        OkHttpClient shared = isHttps ? Https.CLIENT : Plain.CLIENT;
        OkHttpClient custom = customizer.apply(shared.newBuilder()).build();
        if (!isHttps && !custom.interceptors().isEmpty()) {
            // An interceptor may send a request for a plain http address to an https address instead.
            return make(true);
        }
        // Sockets of a custom factory are not watched.
        WatchedSockets sockets = custom.socketFactory() instanceof WatchedSockets watched ? watched : null;
        return custom.newBuilder()
                .dns(new Lookup(custom.dns()))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .addNetworkInterceptor(chain -> OneRequest.intercept(chain, sockets))
                .build();
    }

    /** The connection pool that all clients share, and what creates their sockets. */
    private static final class Plain {

        // The service seems to run Apache, which closes idle connections after five seconds. A write on a connection
        // that is about to close would fail, and whether it was carried out would be unknown. As many calls run at once
        // on a server as connections are kept: with fewer, it would connect again and again under load.
        static final OkHttpClient CLIENT = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(64, 4, TimeUnit.SECONDS))
                // Under TLS, only the factory that created a socket can find it again, also for another client.
                .socketFactory(new WatchedSockets())
                .connectTimeout(Duration.ofSeconds(10))
                // None: the time limit of each call ends every wait for its response, and may be longer.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ofSeconds(60))
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .build();
    }

    /** The same with the certificates of the JDK, which all clients for https share too. */
    private static final class Https {

        static final OkHttpClient CLIENT = Plain.CLIENT
                .newBuilder()
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                .build();
    }
}
