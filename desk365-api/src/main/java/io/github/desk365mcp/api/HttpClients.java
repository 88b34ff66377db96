package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The HTTP client, made on the first call: constructing one takes a quarter of a second on a cold JVM. */
final class HttpClients implements Supplier<OkHttpClient> {

    private final UnaryOperator<OkHttpClient.Builder> customizer;
    private volatile @Nullable OkHttpClient client;

    HttpClients(UnaryOperator<OkHttpClient.Builder> customizer) {
        this.customizer = customizer;
    }

    @Override
    public OkHttpClient get() {
        OkHttpClient made = client;
        if (made == null) {
            synchronized (this) {
                made = client;
                if (made == null) {
                    made = make();
                    client = made;
                }
            }
        }
        return made;
    }

    private OkHttpClient make() {
        // After the customizer, so that no setting of a host can make a write leave twice.
        OkHttpClient custom = customizer.apply(Shared.CLIENT.newBuilder()).build();
        // A host's own sockets are not watched.
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

    /** One pool of connections for all clients. */
    private static final class Shared {

        // The service seems to run Apache, which closes idle connections after five seconds; a write on one that is
        // about to close would fail
        // without a word on whether it arrived.
        static final OkHttpClient CLIENT = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(5, 4, TimeUnit.SECONDS))
                .socketFactory(new WatchedSockets())
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(60))
                .writeTimeout(Duration.ofSeconds(60))
                .build();
    }
}
