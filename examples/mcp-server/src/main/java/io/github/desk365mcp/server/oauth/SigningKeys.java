package io.github.desk365mcp.server.oauth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of the authorization server. They are read when the first token arrives, and again when they are old
 * or a token has an unknown key. Thread-safe.
 */
final class SigningKeys implements JWKSetSource<SecurityContext> {

    /** How long keys are used without being read again. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    /** How long keys are used if they cannot be read again. */
    private static final Duration LIFE_IN_OUTAGE = Duration.ofHours(1);

    /** Keys are read at most twice in this time, so that tokens with invented keys cause no flood of requests. */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final long MOST_BYTES = 512 * 1024;

    private static final System.Logger LOG = System.getLogger(ProtectedResource.LOG);

    private final String issuer;
    private final @Nullable URI configured;
    private final Function<URI, OkHttpClient> http;
    private final Duration timeout;
    private volatile @Nullable URI found;
    private volatile boolean hasFailed;

    /**
     * @param issuer the authorization server
     * @param configured the address of the keys; null to read it from the metadata of the authorization server
     * @param http the HTTP client for an address
     * @param timeout for each request
     */
    SigningKeys(String issuer, @Nullable URI configured, Function<URI, OkHttpClient> http, Duration timeout) {
        this.issuer = issuer;
        this.configured = configured;
        this.http = http;
        this.timeout = timeout;
    }

    /** {@return the keys, remembered for a while} */
    JWKSource<SecurityContext> remembered() {
        long patience = timeout.multipliedBy(4).toMillis();
        return new JWKSetBasedJWKSource<>(new CachingJWKSetSource<>(
                new RateLimitedJWKSetSource<>(
                        new OutageTolerantJWKSetSource<>(this, LIFE_IN_OUTAGE.toMillis(), null),
                        INTERVAL.toMillis(),
                        null),
                LIFE.toMillis(),
                patience,
                null));
    }

    /** {@return whether the keys could not be read the last time} */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Reads the keys. */
    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
            throws JWKSetRetrievalException {
        try {
            JWKSet keys = read();
            hasFailed = false;
            return keys;
        } catch (IOException e) {
            hasFailed = true;
            found = null;
            LOG.log(System.Logger.Level.WARNING, "The keys of the authorization server cannot be read: {0}", cause(e));
            throw new JWKSetRetrievalException(cause(e), e);
        }
    }

    /**
     * {@return the keys, read now}
     *
     * @throws IOException if they cannot be read; the message says why, and may name addresses
     */
    JWKSet read() throws IOException {
        try {
            return readOnce();
        } catch (RuntimeException e) {
            // The parser throws several exceptions of its own for JSON that is no object.
            throw new IOException("The authorization server's answer is not readable", e);
        }
    }

    private JWKSet readOnce() throws IOException {
        URI address = configured != null ? configured : found;
        if (address == null) {
            address = discover();
            found = address;
        }
        try {
            // Without private and symmetric keys.
            JWKSet keys = JWKSet.parse(get(address)).toPublicJWKSet();
            if (keys.isEmpty()) {
                throw new IOException(address + " has no public key");
            }
            return keys;
        } catch (ParseException e) {
            throw new IOException(address + " does not return a set of keys");
        }
    }

    private URI discover() throws IOException {
        IOException failure = null;
        for (URI address : metadataAddresses(issuer)) {
            Map<String, Object> metadata;
            try {
                metadata = JSONObjectUtils.parse(get(address));
            } catch (ParseException e) {
                failure = new IOException(address + " does not return JSON");
                continue;
            } catch (StatusException e) {
                failure = e;
                continue;
            }
            if (!issuer.equals(metadata.get("issuer"))) {
                throw new IOException(address + " describes another issuer than " + issuer);
            }
            if (metadata.get("jwks_uri") instanceof String keys && isAllowed(keys)) {
                return URI.create(keys);
            }
            throw new IOException(address + " has no jwks_uri with https");
        }
        throw failure == null ? new IOException("The issuer has no metadata") : failure;
    }

    /** {@return where the metadata of an issuer can be: RFC 8414, then OpenID Connect Discovery} */
    static Set<URI> metadataAddresses(String issuer) {
        URI whole = URI.create(issuer);
        String path = whole.getRawPath().replaceFirst("/$", "");
        String server = whole.getScheme() + "://" + whole.getRawAuthority();
        return new LinkedHashSet<>(List.of(
                URI.create(server + "/.well-known/oauth-authorization-server" + path),
                URI.create(server + "/.well-known/openid-configuration" + path),
                URI.create(server + path + "/.well-known/openid-configuration")));
    }

    /** {@return whether an address has https, or is on this computer} */
    static boolean isAllowed(String address) {
        HttpUrl url = HttpUrl.parse(address);
        return url != null
                && (url.isHttps() || List.of("127.0.0.1", "::1", "localhost").contains(url.host()));
    }

    private String get(URI address) throws IOException {
        OkHttpClient client = http.apply(address)
                .newBuilder()
                .followRedirects(false)
                .callTimeout(timeout)
                .build();
        Request request = new Request.Builder()
                .url(address.toString())
                .header("Accept", "application/json")
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new StatusException(address + " returns status " + response.code());
            }
            // Bytes of the body after decompression.
            byte[] body = response.peekBody(MOST_BYTES + 1).bytes();
            if (body.length > MOST_BYTES) {
                throw new IOException(address + " returns more than " + MOST_BYTES + " bytes");
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static String cause(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    @Override
    public void close() {
        // Nothing is open between requests.
    }

    /** The address exists for other purposes, or does not exist; another one may have the metadata. */
    private static final class StatusException extends IOException {

        private static final long serialVersionUID = 1;

        StatusException(String message) {
            super(message);
        }
    }
}
