package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A write is sent at most once, despite failures and custom settings of the HTTP client. */
@Timeout(60)
class WriteOnceTest {

    enum Kind {
        GET(desk -> desk.send("GET", "thing", Map.of(), null)),
        POST(desk -> desk.send("POST", "thing", Map.of(), Map.of("a", 1))),
        PUT(desk -> desk.send("PUT", "thing", Map.of(), Map.of("a", 1))),
        DELETE(desk -> desk.send("DELETE", "thing", Map.of("name", "x"), null)),
        UPLOAD(desk -> desk.tickets()
                .reply(1, "Hello", r -> {}, List.of(Attachment.of("a.txt", "text/plain", new byte[100_000]))));

        final Consumer<Desk365Client> call;

        Kind(Consumer<Desk365Client> call) {
            this.call = call;
        }
    }

    enum Fault {
        LOST_ANSWER(0),
        TIMEOUT_408(408),
        UNAVAILABLE_503(503, "Retry-After: 0"),
        REDIRECT_307(307, "Location: /apis/v3/elsewhere"),
        UNAUTHORIZED_401(401, "WWW-Authenticate: Basic realm=x");

        final int status;
        final String[] headers;

        Fault(int status, String... headers) {
            this.status = status;
            this.headers = headers;
        }

        RawServer.Answer answer() {
            RawServer.Answer fault =
                    status == 0 ? RawServer.hangsUp() : RawServer.says(status, "{\"message\":\"no\"}", headers);
            return (request, connection) -> {
                if (request.target().endsWith("/ping")) {
                    connection.say(200, "fine");
                } else {
                    fault.to(request, connection);
                }
            };
        }

        void check(Desk365Exception failure) {
            if (status == 0) {
                assertThat(((TransportException) failure).mayHaveArrived()).isTrue();
            } else {
                assertThat(((ApiException) failure).status()).isEqualTo(status);
            }
        }
    }

    static Stream<Arguments> every_kind_and_fault() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Fault.values())
                        .flatMap(fault -> Stream.of(false, true).map(reused -> Arguments.of(kind, fault, reused))));
    }

    @ParameterizedTest(name = "{0}, {1}, reused connection: {2}")
    @MethodSource("every_kind_and_fault")
    void a_request_arrives_once(Kind kind, Fault fault, boolean reused) throws IOException {
        arrivesOnce(kind, fault, reused, UnaryOperator.identity());
    }

    @ParameterizedTest(name = "{0}, {1}, reused connection: {2}")
    @MethodSource("every_kind_and_fault")
    void what_a_host_turns_on_changes_nothing(Kind kind, Fault fault, boolean reused) throws IOException {
        arrivesOnce(
                kind,
                fault,
                reused,
                http -> http.retryOnConnectionFailure(true)
                        .followRedirects(true)
                        .followSslRedirects(true)
                        .authenticator((route, response) -> response.request().header("Authorization") == null
                                ? null
                                : response.request()
                                        .newBuilder()
                                        .header("Authorization", Credentials.basic("a", "b"))
                                        .build()));
    }

    private static void arrivesOnce(Kind kind, Fault fault, boolean reused, UnaryOperator<OkHttpClient.Builder> host)
            throws IOException {
        try (RawServer server = new RawServer(fault.answer())) {
            Desk365Client desk = server.builder().httpClient(host).build();
            if (reused) {
                desk.ping();
            }
            fault.check(catchThrowableOfType(Desk365Exception.class, () -> kind.call.accept(desk)));
            assertThat(server.requests()).hasSize(reused ? 2 : 1);
            assertThat(server.connections()).as("connections").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_died_while_idle_costs_a_request_at_the_most(Kind kind) throws Exception {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say(200, RawServer.record(request));
            if (request.target().endsWith("/ping")) {
                connection.close();
            }
        })) {
            Desk365Client desk = server.client();
            desk.ping();
            server.connections().get(0).ended().await();
            try {
                kind.call.accept(desk);
                assertThat(server.requests()).hasSize(2);
            } catch (TransportException e) {
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_interceptor_of_a_host_that_proceeds_twice_fails_the_second_time(Kind kind) throws IOException {
        interceptedTwice(kind, request -> request);
    }

    @ParameterizedTest
    @EnumSource(names = "GET", mode = EnumSource.Mode.EXCLUDE)
    void an_interceptor_of_a_host_that_makes_a_request_of_its_own_sends_a_write_once(Kind kind) throws IOException {
        interceptedTwice(
                kind,
                request -> new Request.Builder()
                        .url(request.url())
                        .headers(request.headers())
                        .method(request.method(), request.body())
                        .build());
    }

    private static void interceptedTwice(Kind kind, UnaryOperator<Request> change) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(500, "{}"))) {
            Desk365Client desk = server.builder()
                    .httpClient(http -> http.addInterceptor(chain -> {
                        chain.proceed(change.apply(chain.request())).close();
                        return chain.proceed(change.apply(chain.request()));
                    }))
                    .build();
            assertThatThrownBy(() -> kind.call.accept(desk))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.mayHaveArrived()).isTrue());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_host_with_two_addresses_gets_a_request_once(Kind kind) throws IOException {
        try (RawServer server = new RawServer("0.0.0.0", Fault.LOST_ANSWER.answer())) {
            Desk365Client desk = twoAddresses(server, "127.0.0.1", "127.0.0.2");
            assertThatThrownBy(() -> kind.call.accept(desk)).isInstanceOf(TransportException.class);
            assertThat(server.requests()).hasSize(1);

            desk.ping();
            assertThatThrownBy(() -> kind.call.accept(desk)).isInstanceOf(TransportException.class);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void the_second_address_is_tried_where_the_first_refuses() throws IOException {
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            Kind.POST.call.accept(twoAddresses(server, "127.0.0.2", "127.0.0.1"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static Desk365Client twoAddresses(RawServer server, String first, String second) throws IOException {
        List<InetAddress> addresses = List.of(InetAddress.getByName(first), InetAddress.getByName(second));
        return server.builder()
                .baseUrl(URI.create("http://localhost:" + server.port() + "/apis"))
                .httpClient(http -> http.dns(host -> addresses))
                .build();
    }
}
