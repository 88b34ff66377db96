package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Creates the HTTP client on the first call, because its construction takes a quarter of a second on a cold JVM. */
final class HttpClients implements Supplier<OkHttpClient> {

    private static final List<ConnectionSpec> WITHOUT_TLS = List.of(ConnectionSpec.CLEARTEXT);

    private final boolean isHttps;
    private final UnaryOperator<OkHttpClient.Builder> customizer;
    private volatile @Nullable OkHttpClient client;

    /** @param isHttps whether requests go to an https address */
    HttpClients(boolean isHttps, UnaryOperator<OkHttpClient.Builder> customizer) {
        this.isHttps = isHttps;
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
        // After the customizer, so that none of its settings can make the client send a write twice.
        OkHttpClient custom = customizer
                .apply(isHttps ? Https.CLIENT.newBuilder() : Shared.settings().connectionSpecs(WITHOUT_TLS))
                .build();
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

    /** What all clients share. */
    private static final class Shared {

        // The service seems to run Apache, which closes idle connections after five seconds. A write on a connection
        // that is about to close would fail, and whether it was carried out would be unknown. As many calls run at once
        // on a server as connections are kept: with fewer, it would connect again and again under load.
        static final ConnectionPool POOL = new ConnectionPool(64, 4, TimeUnit.SECONDS);

        // A pooled connection is used again only by clients with the same factory.
        static final WatchedSockets SOCKETS = new WatchedSockets();

        static OkHttpClient.Builder settings() {
            return new OkHttpClient.Builder()
                    .connectionPool(POOL)
                    .socketFactory(SOCKETS)
                    .connectTimeout(Duration.ofSeconds(10))
                    .readTimeout(Duration.ofSeconds(60))
                    .writeTimeout(Duration.ofSeconds(60));
        }
    }

    /** What all clients of https addresses share: the certificates of the JDK, which take long to read. */
    private static final class Https {

        static final OkHttpClient CLIENT = Shared.settings().build();
    }
}
