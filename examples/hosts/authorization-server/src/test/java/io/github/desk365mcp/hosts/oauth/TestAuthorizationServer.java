package io.github.desk365mcp.hosts.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Spring Authorization Server with open client registration, and one user who signs in with HTTP Basic. */
@Configuration
@EnableAutoConfiguration
public class TestAuthorizationServer {

    /** Starts the server on port 9000, and says how to start ours. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        new SpringApplication(TestAuthorizationServer.class).run("--server.port=9000", "--logging.level.root=WARN");
        System.out.println("Sign in as rita, with the password secret. Now start the MCP server:\n"
                + "java -jar examples/mcp-server/target/desk365-mcp-server.jar --sandbox --http 8080"
                + " --issuer http://127.0.0.1:9000 --resource http://127.0.0.1:8080/mcp");
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.clientRegistrationEndpoint(registration -> registration
                            .openRegistrationAllowed(true)
                            .authenticationProviders(providers -> providers.forEach(provider -> {
                                if (provider instanceof OAuth2ClientRegistrationAuthenticationProvider registering) {
                                    // As by default, but clients may register for scopes.
                                    registering.setAuthenticationValidator(
                                            OAuth2ClientRegistrationAuthenticationValidator
                                                    .DEFAULT_REDIRECT_URI_VALIDATOR
                                                    .andThen(
                                                            OAuth2ClientRegistrationAuthenticationValidator
                                                                    .SIMPLE_SCOPE_VALIDATOR));
                                }
                            })));
                })
                .authorizeHttpRequests(requests -> requests.requestMatchers("/oauth2/register")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    /** Every other address starts a session for the user. */
    @Bean
    SecurityFilterChain signIn(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(basic -> basic.securityContextRepository(new HttpSessionSecurityContextRepository()))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("rita").password("{noop}secret").roles("USER").build());
    }

    /** The repository must not be empty. */
    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId("unused")
                .clientId("unused")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://127.0.0.1/unused")
                .build());
    }

    @Bean
    JWKSource<SecurityContext> keys() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    @Bean
    AuthorizationServerSettings settings(Environment environment) {
        return AuthorizationServerSettings.builder()
                .issuer("http://127.0.0.1:" + environment.getRequiredProperty("server.port"))
                .build();
    }

    /** Spring does not read the resource that the client asks a token for (RFC 8707), so this does. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> audience() {
        return token -> {
            OAuth2AuthorizationRequest request = token.getAuthorization() == null
                    ? null
                    : token.getAuthorization().getAttribute(OAuth2AuthorizationRequest.class.getName());
            if (request != null && request.getAdditionalParameters().get("resource") instanceof String resource) {
                token.getClaims().audience(List.of(resource));
            }
        };
    }
}
