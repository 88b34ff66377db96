package io.github.desk365mcp.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways and proxies between this client and the service do to responses and connections. */
@Timeout(60)
class BorderTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static Desk365Client desk() {
        return Desk365Client.builder()
                .baseUrl(URI.create(SERVER.baseUrl() + "/apis"))
                .apiKey(RawServer.KEY)
                .build();
    }

    private static void answers(int status, String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    @Test
    void a_byte_order_mark_before_a_response_is_skipped() {
        answers(200, "\uFEFF{\"ticket_number\":7,\"status\":\"Open\"}");
        assertThat(desk().tickets().get(7).status()).isEqualTo("Open");

        answers(400, "\uFEFF {\"message\":\"Not so\"}");
        assertThat(refusal().serverMessage()).isEqualTo("Not so");
    }

    @Test
    void a_byte_order_mark_before_a_text_is_skipped() {
        assertThat(JsonDocument.parse("\uFEFF{\"a\":1}").get("a")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"count\":3,\"tickets\":null}",
                "{\"total_count\":3,\"tickets\":null}",
                "{\"ticket_count\":1,\"tickets\":null}",
                "{\"count\":3}",
                "{}"
            })
    void a_list_that_is_missing_although_records_are_counted_is_an_error(String body) {
        answers(200, body);
        assertThatThrownBy(() -> desk().tickets().list(query -> {}).firstPage())
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageEndingWith("the response has no tickets");

        answers(200, body.replace("tickets", "conversations"));
        assertThatThrownBy(() -> desk().tickets().conversation(7))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageEndingWith("the response has no conversations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"count\":0,\"tickets\":null}", "{\"tickets\":null}", "{\"count\":0,\"tickets\":[]}"})
    void a_list_of_nothing_is_empty(String body) {
        answers(200, body);

        assertThat(desk().tickets().list(query -> {}).firstPage().items()).isEmpty();
    }

    private static ApiException refusal() {
        return catchThrowableOfType(ApiException.class, () -> desk().tickets().get(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"errors\":[\"status is unknown\"]} | status is unknown",
                "{\"errors\":[{\"field\":\"status\",\"message\":\"is unknown\"},{\"message\":\"no subject\"}]} | status: is unknown; no subject",
                "{\"errors\":{\"status\":[\"is unknown\",\"is long\"],\"type\":\"is unknown\"}} | status: is unknown; is long; type: is unknown",
                "{\"title\":\"One or more errors.\",\"status\":400,\"errors\":{\"Email\":[\"not valid\"]}} | One or more errors: Email: not valid",
                "{\"detail\":\"Not found\"} | Not found",
                "{\"detail\":[{\"loc\":[\"body\",\"status\"],\"msg\":\"field required\"}]} | body.status: field required",
                "{\"Message\":\"The request is invalid.\"} | The request is invalid.",
                "{\"MESSAGE\":\"Loud\"} | Loud",
                "{\"ErrorMessage\":\"No\"} | No",
                "{\"error\":{\"code\":\"x\",\"message\":\"Inner\"}} | Inner",
                "{\"error\":\"invalid_request\",\"error_description\":\"No such field\"} | No such field",
                "{\"message\":\"Validation failed\",\"errors\":[\"status is unknown\"]} | Validation failed: status is unknown",
                "[{\"message\":\"First\"},{\"message\":\"Second\"}] | First; Second",
                "[\"First\"] | First"
            })
    void a_reason_is_told_in_whatever_form_it_comes(String body, String reason) {
        answers(400, body);

        assertThat(refusal().serverMessage()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":400}", "{\"errors\":[]}", "[]", "{\"errors\":null,\"detail\":{}}"})
    void what_has_no_reason_says_none(String body) {
        answers(400, body);

        assertThat(refusal().serverMessage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_date_to_retry_after_is_understood(int status) {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Date", "Sun, 22 Nov 2026 08:00:00 GMT")
                        .withHeader("Retry-After", "Sun, 22 Nov 2026 08:01:30 GMT")));

        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    // Proxies.

    /** Answers each CONNECT with a status, and records its head. */
    private static ServerSocket proxy(String status, List<String> heads) throws Exception {
        ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (true) {
                try (Socket client = proxy.accept()) {
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        int one = client.getInputStream().read();
                        if (one < 0) {
                            break;
                        }
                        head.append((char) one);
                    }
                    heads.add(head.toString());
                    client.getOutputStream()
                            .write(("HTTP/1.1 " + status + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                                            + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (java.io.IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return proxy;
    }

    private static Desk365Client behind(ServerSocket proxy, String credentials) {
        return Desk365Client.builder()
                .subdomain("acme")
                .apiKey(RawServer.KEY)
                .httpClient(http -> http.proxy(new Proxy(
                                Proxy.Type.HTTP,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.getLocalPort())))
                        .proxyAuthenticator((route, response) ->
                                credentials.isEmpty() || response.request().header("Proxy-Authorization") != null
                                        ? null
                                        : response.request()
                                                .newBuilder()
                                                .header("Proxy-Authorization", credentials)
                                                .build()))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user:wrong"})
    void a_proxy_that_wants_another_password_is_named(String user) throws Exception {
        List<String> heads = new CopyOnWriteArrayList<>();
        String credentials = user.isEmpty() ? "" : Credentials.basic("user", "wrong");
        try (ServerSocket proxy = proxy("407 Proxy Authentication Required", heads)) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class,
                    () -> behind(proxy, credentials).tickets().get(7));

            assertThat(failure.reason()).isEqualTo("the proxy requires another user and password (407)");
            assertThat(failure.mayHaveArrived()).isFalse();
            assertThat(heads)
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT acme.desk365.io:443")
                            .doesNotContain(RawServer.KEY));
            if (!user.isEmpty()) {
                assertThat(heads.get(heads.size() - 1))
                        .contains(Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Test
    void a_proxy_that_does_not_let_through_is_named() throws Exception {
        try (ServerSocket proxy = proxy("403 Forbidden", new CopyOnWriteArrayList<>())) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> behind(proxy, "").tickets().get(7));

            assertThat(failure.reason()).isEqualTo("the proxy refused to connect to the service (403)");
        }
    }
}
