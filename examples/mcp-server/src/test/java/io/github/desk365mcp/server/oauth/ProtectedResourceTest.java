package io.github.desk365mcp.server.oauth;

import static io.github.desk365mcp.server.oauth.TestIssuer.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProtectedResourceTest {

    private static final List<ToolDefinition> TOOLS = Desk365Tools.all().definitions();
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final String OTHER = "https://other.example.com/mcp";

    private final TestIssuer issuer = TestIssuer.start();
    private final ProtectedResource resource = resource(issuer.address(), "");

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static ProtectedResource resource(String issuer, String prefix) {
        return resource(issuer, prefix, Duration.ofSeconds(5));
    }

    private static ProtectedResource resource(String issuer, String prefix, Duration timeout) {
        return new ProtectedResource(
                new ProtectedResource.Settings(issuer, URI.create(RESOURCE), RESOURCE, null, prefix),
                TOOLS,
                address -> HTTP,
                Clock.systemUTC(),
                timeout);
    }

    private AccessToken accept(UnaryOperator<JWTClaimsSet.Builder> change) throws RefusedTokenException {
        return resource.check(issuer.token(change));
    }

    private void refuse(String token, TokenFault fault) {
        assertThatThrownBy(() -> resource.check(token))
                .isInstanceOfSatisfying(
                        RefusedTokenException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault))
                .hasMessage(fault.sentence())
                .hasNoCause();
    }

    private void refuse(UnaryOperator<JWTClaimsSet.Builder> change, TokenFault fault) {
        refuse(issuer.token(change), fault);
    }

    // Good tokens.

    @Test
    void a_token_says_who_calls_and_what_is_allowed() throws Exception {
        AccessToken token = accept(claims -> claims);

        assertThat(token.caller()).isEqualTo("oauth:7f3c");
        assertThat(token.tools())
                .isEqualTo(names(tool -> Boolean.TRUE.equals(tool.annotations().get("readOnlyHint"))));
        CallContext context = token.on(CallContext.none());
        assertThat(context.caller()).isEqualTo("oauth:7f3c");
        assertThat(context.scope()).isNotNull();
        assertThat(token).hasToString("AccessToken[desk365.read]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void every_rsa_algorithm_of_the_list_is_accepted(String algorithm) throws Exception {
        String token = issuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID("rsa-1"),
                TestIssuer.rsaKey(),
                claims -> claims);

        assertThat(resource.check(token).caller()).isEqualTo("oauth:7f3c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT"})
    void the_types_of_access_tokens_are_accepted_with_an_elliptic_curve(String type) throws Exception {
        String token = issuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").type(new JOSEObjectType(type)),
                TestIssuer.ecKey(),
                claims -> claims);

        assertThat(resource.check(token).caller()).isEqualTo("oauth:7f3c");
    }

    @Test
    void a_token_without_a_type_and_without_a_key_id_is_accepted() throws Exception {
        SignedJWT jwt =
                new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), issuer.claims().build());
        jwt.sign(new RSASSASigner(TestIssuer.rsaKey()));

        assertThat(resource.check(jwt.serialize()).caller()).isEqualTo("oauth:7f3c");
    }

    @Test
    void one_of_several_audiences_must_be_exactly_this_resource() throws Exception {
        assertThat(accept(claims -> claims.audience(List.of(OTHER, RESOURCE))).caller())
                .isEqualTo("oauth:7f3c");

        refuse(claims -> claims.audience(List.of(OTHER, RESOURCE + "/")), TokenFault.AUDIENCE);
        refuse(claims -> claims.audience("https://DESK.example.com/mcp"), TokenFault.AUDIENCE);
        refuse(claims -> claims.audience("https://desk.example.com"), TokenFault.AUDIENCE);
        refuse(claims -> claims.audience((String) null), TokenFault.AUDIENCE);
    }

    @Test
    void clocks_may_differ_a_little() throws Exception {
        Instant now = Instant.now();

        assertThat(accept(claims -> claims.expirationTime(Date.from(now.minusSeconds(10))))
                        .caller())
                .isEqualTo("oauth:7f3c");
        assertThat(accept(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(10))))
                        .caller())
                .isEqualTo("oauth:7f3c");
    }

    // Bad tokens.

    @Test
    void a_token_of_another_issuer_is_refused() {
        refuse(claims -> claims.issuer("https://login.example.com"), TokenFault.ISSUER);
        refuse(claims -> claims.issuer(issuer.address() + "/"), TokenFault.ISSUER);
        refuse(claims -> claims.issuer(null), TokenFault.ISSUER);
    }

    @Test
    void a_token_is_refused_before_and_after_its_time() {
        Instant now = Instant.now();

        refuse(claims -> claims.expirationTime(Date.from(now.minusSeconds(60))), TokenFault.EXPIRED);
        refuse(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(60))), TokenFault.NOT_YET_VALID);
        refuse(claims -> claims.expirationTime(null), TokenFault.NO_EXPIRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nforged line", "a\u202Eb", "a\u2028b"})
    void a_subject_that_could_forge_a_line_is_refused(String subject) {
        refuse(claims -> claims.subject(subject), TokenFault.SUBJECT);
    }

    @Test
    void a_token_needs_a_subject_that_is_not_too_long() throws Exception {
        assertThat(accept(claims -> claims.subject("x".repeat(255))).caller()).hasSize(261);
        refuse(claims -> claims.subject(null), TokenFault.SUBJECT);
        refuse(claims -> claims.subject("x".repeat(256)), TokenFault.SUBJECT);
    }

    @Test
    void an_unsigned_token_is_refused() {
        refuse(new PlainJWT(issuer.claims().build()).serialize(), TokenFault.ALGORITHM);
    }

    @Test
    void a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() throws Exception {
        byte[] known = TestIssuer.rsaKey().toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.encode(known) + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(known, pem.getBytes(StandardCharsets.US_ASCII))) {
            refuse(hmac(secret), TokenFault.ALGORITHM);
        }
        assertThat(issuer.keysRead()).isZero();
    }

    private String hmac(byte[] secret) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(),
                issuer.claims().build());
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    @Test
    void a_token_that_is_not_an_access_token_is_refused() {
        refuse(
                issuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1").type(new JOSEObjectType("logout+jwt")),
                        TestIssuer.rsaKey(),
                        claims -> claims),
                TokenFault.TYPE);
    }

    @Test
    void a_token_of_a_stranger_with_a_known_key_id_is_refused() {
        refuse(
                issuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1"),
                        TestIssuer.rsa("rsa-1"),
                        claims -> claims),
                TokenFault.SIGNATURE);
    }

    @Test
    void a_changed_claim_breaks_the_signature() {
        String[] parts = issuer.token(claims -> claims).split("\\.");
        String forged = Base64URL.encode(
                        new String(new Base64URL(parts[1]).decode(), StandardCharsets.UTF_8).replace("7f3c", "admin"))
                .toString();

        refuse(parts[0] + "." + forged + "." + parts[2], TokenFault.SIGNATURE);
        refuse(parts[0] + "." + parts[1] + ".", TokenFault.MALFORMED);
    }

    @Test
    void keys_in_the_token_itself_are_ignored() throws Exception {
        RSAKey own = TestIssuer.rsa("own");
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(own.toPublicJWK())
                .jwkURL(URI.create(issuer.address() + "/own-keys"))
                .x509CertURL(URI.create(issuer.address() + "/own-certificate"));

        refuse(issuer.sign(header.keyID("own"), own, claims -> claims), TokenFault.UNKNOWN_KEY);
        refuse(issuer.sign(header.keyID("rsa-1"), own, claims -> claims), TokenFault.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../keys", "' OR 1=1 --", "/dev/null", "\u0000", "rsa-1 ", "RSA-1"})
    void a_key_id_is_only_compared(String id) {
        refuse(
                issuer.sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id), TestIssuer.rsaKey(), claims -> claims),
                TokenFault.UNKNOWN_KEY);
    }

    @Test
    void an_unknown_critical_header_is_refused() throws Exception {
        refuse(
                issuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("rsa-1")
                                .criticalParams(Set.of("more"))
                                .customParam("more", true),
                        TestIssuer.rsaKey(),
                        claims -> claims),
                TokenFault.SIGNATURE);
    }

    @Test
    void garbage_is_refused_without_a_request() {
        for (String token :
                List.of("x", "..", "a.b.c", "{}", "e30.e30.e30", "bnVsbA.e30.eA", "\u0000", "a.b.c.d.e", "é.é.é")) {
            refuse(token, TokenFault.MALFORMED);
        }
        refuse("a.".repeat(5_000), TokenFault.TOO_LONG);
        refuse(claims -> claims.claim("padding", "x".repeat(10_000)), TokenFault.TOO_LONG);
        assertThat(issuer.metadataRead() + issuer.keysRead()).isZero();
    }

    // Keys.

    @Test
    void keys_are_read_when_the_first_token_arrives_and_then_remembered() throws Exception {
        assertThat(issuer.metadataRead() + issuer.keysRead()).isZero();
        accept(claims -> claims);
        accept(claims -> claims.subject("other"));

        assertThat(issuer.metadataRead()).isEqualTo(1);
        assertThat(issuer.keysRead()).isEqualTo(1);
    }

    @Test
    void a_new_key_is_read_and_the_old_one_is_no_longer_accepted() throws Exception {
        RSAKey second = TestIssuer.rsa("rsa-2");
        accept(claims -> claims);
        issuer.publish(second);

        String token = issuer.sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-2"), second, claims -> claims);
        assertThat(resource.check(token).caller()).isEqualTo("oauth:7f3c");
        assertThat(issuer.keysRead()).isEqualTo(2);
        // Whether it is a new key cannot be known, because the keys were read twice just now.
        refuse(claims -> claims, TokenFault.KEYS_UNAVAILABLE);
    }

    @Test
    void invented_keys_cause_at_most_two_requests() throws Exception {
        accept(claims -> claims);
        for (int i = 0; i < 20; i++) {
            String token = issuer.sign(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("invented-" + i),
                    TestIssuer.rsaKey(),
                    claims -> claims);
            assertThatThrownBy(() -> resource.check(token)).isInstanceOf(RefusedTokenException.class);
        }

        assertThat(issuer.keysRead()).isLessThanOrEqualTo(2);
        assertThat(accept(claims -> claims).caller()).isEqualTo("oauth:7f3c");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 302})
    void a_token_cannot_be_checked_while_the_keys_cannot_be_read(int status) {
        issuer.status(status);

        refuse(claims -> claims, TokenFault.KEYS_UNAVAILABLE);
    }

    @Test
    void known_keys_are_used_while_the_authorization_server_is_down() throws Exception {
        accept(claims -> claims);
        issuer.status(503);
        String unknown = issuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("new"), TestIssuer.rsaKey(), claims -> claims);

        assertThat(accept(claims -> claims).caller()).isEqualTo("oauth:7f3c");
        refuse(unknown, TokenFault.KEYS_UNAVAILABLE);
        assertThat(accept(claims -> claims).caller()).isEqualTo("oauth:7f3c");
    }

    @Test
    void metadata_that_names_keys_without_https_is_refused() {
        issuer.keysAddress("http://login.example.com/keys");

        assertThatThrownBy(resource::checkKeys).hasMessageContaining("has no jwks_uri with https");
    }

    @Test
    void keys_whose_address_is_configured_need_no_metadata() throws Exception {
        ProtectedResource configured = new ProtectedResource(
                new ProtectedResource.Settings(
                        issuer.address(), URI.create(RESOURCE), RESOURCE, URI.create(issuer.address() + "/keys"), ""),
                TOOLS,
                address -> HTTP,
                Clock.systemUTC());

        assertThat(configured.check(issuer.token(claims -> claims)).caller()).isEqualTo("oauth:7f3c");
        assertThat(issuer.keysRead()).isEqualTo(1);
        assertThat(issuer.metadataRead()).isZero();
    }

    @Test
    void of_many_tokens_at_once_sixty_four_wait_for_the_keys_and_the_others_are_told_to_come_back() throws Exception {
        CountDownLatch refused = new CountDownLatch(6);
        CountDownLatch answered = new CountDownLatch(1);
        ProtectedResource waiting = new ProtectedResource(
                new ProtectedResource.Settings(issuer.address(), URI.create(RESOURCE), RESOURCE, null, ""),
                TOOLS,
                address -> {
                    try {
                        answered.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return HTTP;
                },
                Clock.systemUTC());
        String token = issuer.token(claims -> claims);
        AtomicInteger accepted = new AtomicInteger();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            Thread one = new Thread(() -> {
                try {
                    waiting.check(token);
                    accepted.incrementAndGet();
                } catch (RefusedTokenException e) {
                    assertThat(e.fault()).isEqualTo(TokenFault.KEYS_UNAVAILABLE);
                    refused.countDown();
                }
            });
            one.start();
            crowd.add(one);
        }
        try {
            refused.await();
        } finally {
            answered.countDown();
        }
        for (Thread one : crowd) {
            one.join();
        }

        assertThat(accepted).hasValue(64);
        for (int i = 0; i < 65; i++) {
            assertThat(waiting.check(token).caller()).isEqualTo("oauth:7f3c");
        }
    }

    @Test
    void slow_keys_are_given_up_and_a_crowd_of_tokens_waits_for_one_request() throws Exception {
        issuer.fallSilent();
        ProtectedResource impatient = resource(issuer.address(), "", Duration.ofMillis(200));
        List<Thread> crowd = new ArrayList<>();
        List<TokenFault> faults = Collections.synchronizedList(new ArrayList<>());
        String token = issuer.token(claims -> claims);
        for (int i = 0; i < 100; i++) {
            Thread one = new Thread(() -> {
                try {
                    impatient.check(token);
                } catch (RefusedTokenException e) {
                    faults.add(e.fault());
                }
            });
            one.start();
            crowd.add(one);
        }
        for (Thread one : crowd) {
            one.join();
        }

        assertThat(faults).hasSize(100).containsOnly(TokenFault.KEYS_UNAVAILABLE);
        assertThat(issuer.keysRead()).isLessThanOrEqualTo(2);
    }

    @Test
    void keys_that_are_too_large_are_not_read() {
        issuer.becomeHuge();

        refuse(claims -> claims, TokenFault.KEYS_UNAVAILABLE);
        assertThatThrownBy(resource::checkKeys).hasMessageContaining("returns more than 524288 bytes");
    }

    @Test
    void metadata_of_another_issuer_is_refused() {
        issuer.claimedIssuer("https://login.example.com");

        assertThatThrownBy(resource::checkKeys).hasMessageContaining("describes another issuer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server/realms/desk",
                "/.well-known/openid-configuration/realms/desk",
                "/realms/desk/.well-known/openid-configuration"
            })
    void the_metadata_of_an_issuer_with_a_path_is_found(String path) throws Exception {
        String realm = issuer.address() + "/realms/desk";
        issuer.metadataPath(path);
        issuer.claimedIssuer(realm);

        assertThat(resource(realm, "")
                        .check(issuer.token(claims -> claims.issuer(realm)))
                        .caller())
                .isEqualTo("oauth:7f3c");
    }

    // Addresses and times.

    @ParameterizedTest
    @CsvSource({
        "https://desk.example.com/mcp, true",
        "http://127.0.0.1:8080/mcp, true",
        "http://localhost/mcp, true",
        "http://[::1]/mcp, true",
        "http://desk.example.com/mcp, false",
        "http://localhost.example.com/mcp, false",
        "https://jane@desk.example.com/mcp, false",
        "https://desk.example.com/mcp?x, false",
        "https://desk.example.com/mcp#x, false",
        "https:mcp, false",
        "ftp://desk.example.com/mcp, false"
    })
    void an_address_has_https_or_is_of_this_computer(URI address, boolean isAddress) {
        assertThat(ProtectedResource.isAddress(address)).isEqualTo(isAddress);
    }

    @Test
    void times_are_compared_with_the_given_clock() throws Exception {
        Instant past = Instant.parse("2020-01-01T00:00:00Z");
        ProtectedResource then = new ProtectedResource(
                new ProtectedResource.Settings(issuer.address(), URI.create(RESOURCE), RESOURCE, null, ""),
                TOOLS,
                address -> HTTP,
                Clock.fixed(past, ZoneOffset.UTC));

        assertThat(then.check(issuer.token(claims -> claims.notBeforeTime(Date.from(past.plusSeconds(30)))
                                .expirationTime(Date.from(past.minusSeconds(29)))))
                        .caller())
                .isEqualTo("oauth:7f3c");
        for (UnaryOperator<JWTClaimsSet.Builder> wrong : List.<UnaryOperator<JWTClaimsSet.Builder>>of(
                claims -> claims.notBeforeTime(null).expirationTime(Date.from(past.minusSeconds(30))),
                claims -> claims.notBeforeTime(Date.from(past.plusSeconds(31))))) {
            assertThatThrownBy(() -> then.check(issuer.token(wrong))).isInstanceOf(RefusedTokenException.class);
        }
    }

    // Scopes.

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "desk365.read; read; ",
                "desk365.write; write; ",
                "desk365.tags.knowledge_base; ; knowledge_base",
                "desk365.tags.tickets.create; ; tickets.create",
            })
    void each_scope_allows_the_tools_of_its_method_or_tag(String scope, String method, String tag) throws Exception {
        Selection selection = Selection.everything();
        selection = method == null ? selection : selection.methods(method);
        selection = tag == null ? selection : selection.tags(tag);

        assertThat(accept(claims -> claims.claim("scope", "openid " + scope)).tools())
                .isEqualTo(names(Desk365Tools.select(selection).definitions()));
    }

    @Test
    void scopes_only_add() throws Exception {
        Set<String> reads = accept(claims -> claims).tools();
        Set<String> more = accept(claims -> claims.claim("scope", "desk365.read desk365.tags.tickets.create"))
                .tools();

        assertThat(more).containsAll(reads).hasSizeGreaterThan(reads.size());
    }

    @Test
    void unknown_scopes_allow_nothing() throws Exception {
        for (String scope : List.of("", "openid", "desk365", "desk365.reads", "desk365.tags.", "DESK365.READ", "*")) {
            AccessToken token = accept(claims -> claims.claim("scope", scope));
            assertThat(token.tools()).isEmpty();
            assertThat(token.scopes()).isEmpty();
            assertThatThrownBy(() -> token.on(CallContext.none())).isInstanceOf(IllegalStateException.class);
        }
        assertThat(accept(claims -> claims.claim("scope", null)).tools()).isEmpty();
        assertThat(accept(claims -> claims.claim("scope", Map.of("desk365.read", true)))
                        .tools())
                .isEmpty();
    }

    @Test
    void scopes_are_also_read_from_lists_and_from_the_claim_scp() throws Exception {
        Set<String> reads = accept(claims -> claims).tools();

        assertThat(accept(claims -> claims.claim("scope", List.of("openid", "desk365.read")))
                        .tools())
                .isEqualTo(reads);
        assertThat(accept(claims -> claims.claim("scope", null).claim("scp", "desk365.read openid"))
                        .tools())
                .isEqualTo(reads);
    }

    @Test
    void an_approver_has_no_scope_for_tools() throws Exception {
        assertThat(accept(claims -> claims.claim("scope", "desk365.approve")).isOfApprover())
                .isTrue();
        assertThat(accept(claims -> claims.claim("scope", "desk365.approve desk365.read"))
                        .isOfApprover())
                .isFalse();
        assertThat(accept(claims -> claims.claim("scope", "desk365.approve desk365.tags.no_such_tag"))
                        .isOfApprover())
                .isFalse();
        assertThat(accept(claims -> claims.claim("scope", "desk365.approve")).tools())
                .isEmpty();
    }

    @Test
    void a_prefix_is_removed_from_scopes_and_put_before_those_to_ask_for() throws Exception {
        ProtectedResource prefixed = resource(issuer.address(), "api://desk365/");

        assertThat(prefixed.check(issuer.token(claims -> claims.claim("scope", "api://desk365/desk365.read")))
                        .scopes())
                .containsExactly("desk365.read");
        assertThat(prefixed.check(issuer.token(claims -> claims)).scopes()).containsExactly("desk365.read");
        assertThat(prefixed.challenge()).endsWith("scope=\"api://desk365/desk365.read api://desk365/desk365.write\"");
    }

    // What clients are told.

    @Test
    void clients_are_told_where_to_get_a_token() {
        assertThat(resource.metadata())
                .containsEntry("resource", RESOURCE)
                .containsEntry("authorization_servers", List.of(issuer.address()))
                .containsEntry("scopes_supported", List.of("desk365.read", "desk365.write"));
        assertThat(resource.challenge())
                .isEqualTo(
                        "Bearer resource_metadata=\"https://desk.example.com/.well-known/oauth-protected-resource/mcp\","
                                + " scope=\"desk365.read desk365.write\"");
    }

    @Test
    void a_read_only_policy_asks_for_no_scope_to_write() {
        ProtectedResource reading = new ProtectedResource(
                new ProtectedResource.Settings(issuer.address(), URI.create(RESOURCE), RESOURCE, null, ""),
                Desk365Tools.select(Selection.readOnly()).definitions(),
                address -> HTTP,
                Clock.systemUTC());

        assertThat(reading.metadata()).containsEntry("scopes_supported", List.of("desk365.read"));
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_has_a_challenge_that_a_header_can_carry(TokenFault fault) {
        assertThat(resource.challenge(fault))
                .startsWith("Bearer error=\"invalid_token\", error_description=\"")
                .matches("[\\x20-\\x7E]+");
    }

    @Test
    void a_narrow_token_is_told_which_scope_is_missing() throws Exception {
        AccessToken token = accept(claims -> claims.claim("scope", "desk365.tags.tickets.get desk365.approve"));

        assertThat(resource.insufficientScope(token, "create_a_desk_365_ticket"))
                .contains("error=\"insufficient_scope\"", "scope=\"desk365.tags.tickets.get desk365.write\"");
        assertThat(resource.insufficientScope(token, "list_all_desk_365_agents"))
                .contains("scope=\"desk365.tags.tickets.get desk365.read\"");
    }

    private static Set<String> names(Predicate<ToolDefinition> which) {
        return names(TOOLS.stream().filter(which).toList());
    }

    private static Set<String> names(List<ToolDefinition> tools) {
        return Set.copyOf(
                Stream.of(tools).flatMap(List::stream).map(ToolDefinition::name).toList());
    }
}
