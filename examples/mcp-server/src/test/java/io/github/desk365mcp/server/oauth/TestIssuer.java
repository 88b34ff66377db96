package io.github.desk365mcp.server.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An authorization server on loopback that has metadata and keys, and whose tokens the test signs. */
public final class TestIssuer implements AutoCloseable {

    public static final String RESOURCE = "https://desk.example.com/mcp";

    private static final RSAKey RSA = rsa("rsa-1");
    private static final ECKey EC = ec("ec-1");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger keysRead = new AtomicInteger();
    private final AtomicInteger metadataRead = new AtomicInteger();
    private volatile JWKSet keys = new JWKSet(List.of(RSA, EC)).toPublicJWKSet();
    private volatile String metadataPath = "/.well-known/oauth-authorization-server";
    private volatile String claimedIssuer;
    private volatile String keysAddress;
    private volatile int status = 200;
    private volatile boolean isSilent;
    private volatile boolean isHuge;

    private TestIssuer(HttpServer server) {
        this.server = server;
        this.claimedIssuer = address();
        this.keysAddress = address() + "/keys";
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static TestIssuer start() {
        try {
            return new TestIssuer(HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/keys")) {
                keysRead.incrementAndGet();
                if (isSilent) {
                    end.await();
                    return;
                }
                send(exchange, status, isHuge ? " ".repeat(1 << 20) + keys : keys.toString());
            } else if (path.equals(metadataPath)) {
                metadataRead.incrementAndGet();
                send(exchange, 200, "{\"issuer\":\"" + claimedIssuer + "\",\"jwks_uri\":\"" + keysAddress + "\"}");
            } else {
                send(exchange, 404, "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int keysRead() {
        return keysRead.get();
    }

    int metadataRead() {
        return metadataRead.get();
    }

    void publish(JWK... published) {
        keys = new JWKSet(List.of(published)).toPublicJWKSet();
    }

    void metadataPath(String path) {
        metadataPath = path;
    }

    void claimedIssuer(String issuer) {
        claimedIssuer = issuer;
    }

    /** From now on, the metadata names this address of the keys. */
    void keysAddress(String address) {
        keysAddress = address;
    }

    /** From now on, the keys are returned with this status. */
    public void status(int newStatus) {
        status = newStatus;
    }

    /** From now on, a request for the keys gets no response. */
    void fallSilent() {
        isSilent = true;
    }

    void becomeHuge() {
        isHuge = true;
    }

    static RSAKey rsaKey() {
        return RSA;
    }

    /** Returns the claims of a good token that may read. */
    public JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(address())
                .audience(RESOURCE)
                .subject("7f3c")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("scope", "desk365.read");
    }

    /** Returns a token with changed claims. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1"), RSA, change);
    }

    String sign(JWSHeader.Builder header, JWK key, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            JWSHeader built = header.build();
            JWSHeader typed = built.getType() == null
                    ? header.type(new JOSEObjectType("at+jwt")).build()
                    : built;
            SignedJWT jwt = new SignedJWT(typed, change.apply(claims()).build());
            jwt.sign(key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ecKey() {
        return EC;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
