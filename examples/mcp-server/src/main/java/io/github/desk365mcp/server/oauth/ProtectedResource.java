package io.github.desk365mcp.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.desk365mcp.tools.ToolDefinition;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2.1 protected resource: it accepts the access tokens of one authorization server that are JWTs (RFC 9068)
 * for this resource, and describes itself to clients (RFC 9728). It issues no tokens. Thread-safe.
 */
public final class ProtectedResource {

    /** The path of the description, before the path of the resource. */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** The name of the logger. It logs codes, never anything of a token. */
    public static final String LOG = "desk365.oauth";

    /** How long a request to the authorization server may take. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How much the clock of the authorization server may differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final int LONGEST_TOKEN = 8 * 1024;
    private static final int LONGEST_SUBJECT = 255;

    /** How many tokens can be checked at once. More only wait for keys, and would occupy all threads. */
    private static final int MOST_CHECKS = 64;

    /** Signatures whose keys are public. An attacker knows these keys, so none of them may verify an HMAC. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** Some authorization servers give no type. An ID token has none either, but is for another audience. */
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    /**
     * How a resource is described and what its tokens say.
     *
     * @param issuer the authorization server, exactly as in its tokens and metadata
     * @param resource the address of this resource for clients
     * @param audience the audience of its tokens; usually the resource
     * @param keys the address of the authorization server's keys; null to find it in its metadata
     * @param scopePrefix what the authorization server puts before each scope; usually empty
     */
    public record Settings(
            String issuer,
            URI resource,
            String audience,
            @Nullable URI keys,
            String scopePrefix) {}

    private final Settings settings;
    private final Scopes scopes;
    private final Clock clock;
    private final SigningKeys keys;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Semaphore checks = new Semaphore(MOST_CHECKS);

    /**
     * Creates a resource. It opens no connection before the first token arrives.
     *
     * @param settings how it is described
     * @param tools every tool that the policy allows
     * @param http returns the HTTP client for an address of the authorization server
     * @param clock for the expiry of tokens
     */
    public ProtectedResource(
            Settings settings, List<ToolDefinition> tools, Function<URI, OkHttpClient> http, Clock clock) {
        this(settings, tools, http, clock, TIMEOUT);
    }

    ProtectedResource(
            Settings settings,
            List<ToolDefinition> tools,
            Function<URI, OkHttpClient> http,
            Clock clock,
            Duration timeout) {
        this.settings = settings;
        this.scopes = new Scopes(tools, settings.scopePrefix());
        this.clock = clock;
        this.keys = new SigningKeys(settings.issuer(), settings.keys(), http, timeout);
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.remembered()));
        // The claims are checked before, so that only a plausible token can cause a request for keys.
        processor.setJWTClaimsSetVerifier(null);
    }

    /**
     * {@return whether an address can be that of an issuer, a resource or its keys: with https unless it is on this
     * computer, and without user, query and fragment}
     *
     * @param address an address
     */
    public static boolean isAddress(URI address) {
        return address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && SigningKeys.isAllowed(address.toString());
    }

    /**
     * Checks a token.
     *
     * @param token what the client sent
     * @return what the token says
     * @throws RefusedTokenException if it is not accepted
     */
    public AccessToken check(String token) throws RefusedTokenException {
        if (token.length() > LONGEST_TOKEN) {
            throw new RefusedTokenException(TokenFault.TOO_LONG);
        }
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(token);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException | RuntimeException e) {
            // The parser throws several exceptions of its own for JSON that is no object.
            throw new RefusedTokenException(isUnsigned(token) ? TokenFault.ALGORITHM : TokenFault.MALFORMED);
        }
        check(ALGORITHMS.contains(jwt.getHeader().getAlgorithm()), TokenFault.ALGORITHM);
        JOSEObjectType type = jwt.getHeader().getType();
        check(type == null || TYPES.contains(type), TokenFault.TYPE);
        check(settings.issuer().equals(claims.getIssuer()), TokenFault.ISSUER);
        check(claims.getAudience().contains(settings.audience()), TokenFault.AUDIENCE);
        checkTimes(claims);
        String subject = claims.getSubject();
        check(subject != null && isUsable(subject), TokenFault.SUBJECT);
        checkSignature(jwt);
        Set<String> granted = scopes.known(granted(claims));
        return new AccessToken("oauth:" + subject, granted, scopes.tools(granted), !scopes.haveOthers(granted(claims)));
    }

    private static void check(boolean holds, TokenFault fault) throws RefusedTokenException {
        if (!holds) {
            throw new RefusedTokenException(fault);
        }
    }

    /** Returns whether the token has the algorithm none, which the library does not parse as a signed token. */
    private static boolean isUnsigned(String token) {
        try {
            PlainJWT.parse(token);
            return true;
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }

    private void checkTimes(JWTClaimsSet claims) throws RefusedTokenException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        check(expires != null, TokenFault.NO_EXPIRY);
        check(expires != null && now.isBefore(expires.toInstant().plus(SKEW)), TokenFault.EXPIRED);
        Date begins = claims.getNotBeforeTime();
        check(begins == null || !now.isBefore(begins.toInstant().minus(SKEW)), TokenFault.NOT_YET_VALID);
    }

    /** It gets into pages and audits, so it must not forge a line there. */
    private static boolean isUsable(String subject) {
        return !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.codePoints()
                        .noneMatch(point -> Character.isISOControl(point)
                                || Character.getType(point) == Character.FORMAT
                                || Character.getType(point) == Character.LINE_SEPARATOR
                                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR);
    }

    private void checkSignature(SignedJWT jwt) throws RefusedTokenException {
        check(checks.tryAcquire(), TokenFault.KEYS_UNAVAILABLE);
        try {
            processor.process(jwt, null);
        } catch (BadJWSException e) {
            throw new RefusedTokenException(TokenFault.SIGNATURE);
        } catch (KeySourceException e) {
            throw new RefusedTokenException(TokenFault.KEYS_UNAVAILABLE);
        } catch (BadJOSEException e) {
            // The key may be a new one.
            throw new RefusedTokenException(keys.hasFailed() ? TokenFault.KEYS_UNAVAILABLE : TokenFault.UNKNOWN_KEY);
        } catch (JOSEException e) {
            throw new RefusedTokenException(TokenFault.SIGNATURE);
        } finally {
            checks.release();
        }
    }

    /** Returns the scopes: a text with spaces, or a list; some authorization servers name the claim {@code scp}. */
    private static List<String> granted(JWTClaimsSet claims) {
        List<String> granted = new ArrayList<>();
        for (String name : List.of("scope", "scp")) {
            Object value = claims.getClaim(name);
            if (value instanceof String text) {
                granted.addAll(List.of(text.split(" ")));
            } else if (value instanceof List<?> list) {
                list.forEach(one -> granted.add(String.valueOf(one)));
            }
        }
        return granted;
    }

    /**
     * Reads the keys of the authorization server once, to find out whether its settings are right.
     *
     * @throws IOException if they cannot be read; the message says why
     */
    public void checkKeys() throws IOException {
        keys.read();
    }

    /** {@return the metadata of this resource, for a client that looks for the authorization server} */
    public Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resource", settings.resource().toString());
        metadata.put("authorization_servers", List.of(settings.issuer()));
        metadata.put("scopes_supported", scopes.offered());
        metadata.put("bearer_methods_supported", List.of("header"));
        metadata.put("resource_name", "Desk365");
        return metadata;
    }

    /** {@return the path of {@link #metadata}, which contains the path of the resource} */
    public String metadataPath() {
        String path = settings.resource().getRawPath();
        return WELL_KNOWN + (path.equals("/") ? "" : path);
    }

    /** {@return the {@code WWW-Authenticate} header for a request without a token} */
    public String challenge() {
        return "Bearer " + parameters(scopes.offered());
    }

    /** {@return the {@code WWW-Authenticate} header for a token that is not accepted} */
    public String challenge(TokenFault fault) {
        return "Bearer error=\"invalid_token\", error_description=\"" + fault.sentence() + "\", "
                + parameters(scopes.offered());
    }

    /** {@return the {@code WWW-Authenticate} header for a token that does not allow any tool} */
    public String insufficientScope() {
        return insufficientScope(scopes.offered());
    }

    /** {@return the {@code WWW-Authenticate} header for a token that does not allow this tool} */
    public String insufficientScope(AccessToken token, String tool) {
        return insufficientScope(scopes.needed(tool, token.scopes()));
    }

    private String insufficientScope(List<String> needed) {
        return "Bearer error=\"insufficient_scope\", error_description=\"The token needs another scope.\", "
                + parameters(needed);
    }

    private String parameters(List<String> needed) {
        URI resource = settings.resource();
        return "resource_metadata=\"" + resource.getScheme() + "://" + resource.getRawAuthority() + metadataPath()
                + "\", scope=\"" + String.join(" ", needed) + "\"";
    }
}
