package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a request was sent is known from the request, not from what the HTTP client or code added to it throws. */
@Timeout(60)
class ForeignFailureTest {

    private static final RawServer.Answer DONE = RawServer.says(200, "{\"ticket_number\": 1, \"id\": 1}");

    private static Desk365Exception write(Desk365Client desk) {
        Throwable failure = catchThrowable(() -> desk.tickets().reply(4052, "Hello"));
        assertThat(failure).isInstanceOf(Desk365Exception.class);
        return (Desk365Exception) failure;
    }

    private static Desk365Client desk(RawServer server, UnaryOperator<OkHttpClient.Builder> customizer) {
        return server.builder().httpClient(customizer).build();
    }

    private static Interceptor before(RuntimeException failure) {
        return chain -> {
            throw failure;
        };
    }

    private static Interceptor after(RuntimeException failure) {
        return chain -> {
            chain.proceed(chain.request()).close();
            throw failure;
        };
    }

    static Stream<RuntimeException> failures() {
        return Stream.of(
                new IllegalArgumentException("s3cret of the host"),
                new IllegalStateException("s3cret of the host"),
                new NumberFormatException("s3cret of the host"),
                new java.io.UncheckedIOException(new IOException("s3cret of the host")),
                new NullPointerException());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void an_interceptor_that_throws_after_the_request_leaves_the_outcome_open(RuntimeException thrown)
            throws IOException {
        for (UnaryOperator<OkHttpClient.Builder> host : List.<UnaryOperator<OkHttpClient.Builder>>of(
                http -> http.addInterceptor(after(thrown)), http -> http.addNetworkInterceptor(after(thrown)))) {
            try (RawServer server = new RawServer(DONE)) {
                Desk365Exception failure = write(desk(server, host));
                assertThat(failure.mayHaveArrived()).isTrue();
                assertThat(failure)
                        .hasMessage("add reply: no response (the HTTP client or code added to it failed: "
                                + thrown.getClass().getSimpleName() + "); it may have been carried out")
                        .hasCause(thrown);
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void an_interceptor_that_throws_before_the_request_sent_nothing(RuntimeException thrown) throws IOException {
        for (UnaryOperator<OkHttpClient.Builder> host : List.<UnaryOperator<OkHttpClient.Builder>>of(
                http -> http.addInterceptor(before(thrown)),
                http -> http.addNetworkInterceptor(before(thrown)),
                http -> http.dns(name -> {
                    throw thrown;
                }),
                http -> {
                    throw thrown;
                })) {
            try (RawServer server = new RawServer(DONE)) {
                Desk365Client desk = server.builder()
                        .baseUrl(java.net.URI.create("http://localhost:" + server.port()))
                        .httpClient(host)
                        .build();
                Desk365Exception failure = write(desk);
                assertThat(failure.mayHaveArrived()).isFalse();
                assertThat(failure).hasMessageEndingWith("; nothing was sent").hasCause(thrown);
                assertThat(server.requests()).isEmpty();
            }
        }
    }

    @Test
    void a_request_that_an_interceptor_made_anew_is_known_to_have_left() throws IOException {
        Interceptor anew = chain -> {
            Request request = new Request.Builder()
                    .url(chain.request().url())
                    .header("Authorization", RawServer.KEY)
                    .header("Accept", "application/json")
                    .post(RequestBody.create("{\"body\":\"x\"}", okhttp3.MediaType.get("application/json")))
                    .build();
            chain.proceed(request).close();
            throw new IllegalArgumentException();
        };
        try (RawServer server = new RawServer(DONE)) {
            assertThat(write(desk(server, http -> http.addInterceptor(anew))).mayHaveArrived())
                    .isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_request_that_an_interceptor_made_anew_leaves_once_all_the_same() throws IOException {
        Interceptor twice = chain -> {
            Request.Builder request = new Request.Builder()
                    .url(chain.request().url())
                    .header("Authorization", RawServer.KEY)
                    .header("Accept", "application/json");
            RequestBody body = RequestBody.create("{\"body\":\"x\"}", okhttp3.MediaType.get("application/json"));
            chain.proceed(request.post(body).build()).close();
            return chain.proceed(request.post(body).build());
        };
        try (RawServer server = new RawServer(DONE)) {
            assertThat(write(desk(server, http -> http.addInterceptor(twice))).mayHaveArrived())
                    .isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void cookies_that_fail_leave_the_outcome_open() throws IOException {
        CookieJar broken = new CookieJar() {
            @Override
            public List<Cookie> loadForRequest(HttpUrl url) {
                return List.of();
            }

            @Override
            public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                throw new IllegalArgumentException("no cookie");
            }
        };
        RawServer.Answer cookie = RawServer.says(200, "{\"id\": 1}", "Set-Cookie: a=b");
        try (RawServer server = new RawServer(cookie)) {
            assertThat(write(desk(server, http -> http.cookieJar(broken))).mayHaveArrived())
                    .isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_watcher_of_uploads_that_throws_leaves_the_outcome_open() throws IOException {
        try (RawServer server = new RawServer(DONE)) {
            Desk365Client desk = server.client()
                    .with(o -> o.progress((sent, total) -> {
                        throw new IllegalArgumentException("enough");
                    }));
            Attachment file = Attachment.of("a", "a/b", new byte[1000]);
            Throwable failure = catchThrowable(() -> desk.tickets().note(4052, "x", n -> {}, List.of(file)));
            assertThat(failure).isInstanceOf(TransportException.class).hasRootCauseMessage("enough");
            assertThat(((TransportException) failure).mayHaveArrived()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: -9223372036854775808\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: s3cret\r\n\r\n{",
                "HTTP/1.1 -200 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ns3cret\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 s3cret\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\ns3cret\r\n\r\n{",
                "HTTP/1.1 200 OK\r\n: s3cret\r\nContent-Length: 2\r\n\r\n{",
                "s3cret\r\n\r\n",
                "\0\0\0\r\n\r\n",
            })
    void an_answer_that_is_no_http_leaves_the_outcome_open(String raw) throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say(raw);
            connection.close();
        })) {
            Desk365Exception failure = write(server.client());
            assertThat(failure.mayHaveArrived()).isTrue();
            // Nor does the response appear in a log.
            for (Throwable e = failure; e != null; e = e.getCause()) {
                assertThat(e.toString()).doesNotContain("s3cret");
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "404 No"})
    void an_answer_of_a_negative_length_loses_no_connection(String status) throws IOException {
        ConnectionPool pool = new ConnectionPool();
        try (RawServer server = new RawServer(
                (request, connection) -> connection.say("HTTP/1.1 " + status + "\r\nContent-Length: -5\r\n\r\n{}"))) {
            write(desk(server, http -> http.connectionPool(pool)));
            assertThat(pool.idleConnectionCount()).isEqualTo(pool.connectionCount());
        }
    }

    @Test
    void a_connection_with_half_an_answer_in_it_is_not_used_again() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            if (request.connection() == 0) {
                connection.say("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"ticket_number\": 666}");
            } else {
                connection.say(200, "{\"ticket_number\": 7}");
            }
        })) {
            Desk365Client desk = server.client();
            write(desk);
            assertThat(desk.tickets().get(7).ticketNumber()).isEqualTo(7);
        }
    }

    @Test
    void a_refusal_of_an_odd_length_is_a_refusal() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 404 Not Found\r\nContent-Length: -5\r\n\r\n{}");
            connection.close();
        })) {
            assertThat(catchThrowable(() -> server.client().tickets().get(1)))
                    .isInstanceOfAny(NotFoundException.class, TransportException.class);
        }
    }

    @Test
    void a_download_of_an_odd_length_fails_as_one() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}");
            connection.close();
        })) {
            Desk365Client desk = server.client();
            assertThatThrownBy(() -> desk.download(
                            "http://127.0.0.1:" + server.port() + "/a", new java.io.ByteArrayOutputStream(), 9))
                    .isInstanceOf(Desk365Exception.class);
        }
    }

    @Test
    void what_a_target_of_a_download_throws_is_its_own() throws IOException {
        IllegalStateException full = new IllegalStateException("full");
        try (RawServer server = new RawServer(RawServer.says(200, "content"))) {
            java.io.OutputStream target = new java.io.OutputStream() {
                @Override
                public void write(int b) {
                    throw full;
                }
            };
            assertThatThrownBy(() -> server.client().download("http://127.0.0.1:" + server.port() + "/a", target, 9))
                    .isSameAs(full);
        }
    }

    @Test
    void a_checked_exception_out_of_an_undeclared_place_is_no_interrupt() throws IOException {
        Interceptor undeclared = chain -> {
            chain.proceed(chain.request()).close();
            ForeignFailureTest.<RuntimeException>undeclared(new Exception("checked"));
            return chain.proceed(chain.request());
        };
        try (RawServer server = new RawServer(DONE)) {
            Desk365Exception failure = write(desk(server, http -> http.addInterceptor(undeclared)));
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(failure).hasMessageNotContaining("timed out");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @SuppressWarnings({"unchecked", "DoNotCallSuggester"})
    private static <E extends Throwable> void undeclared(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void an_error_of_the_machine_passes() throws IOException {
        Error broken = new LinkageError("broken");
        try (RawServer server = new RawServer(DONE)) {
            Desk365Client desk = desk(
                    server,
                    http -> http.addInterceptor(chain -> {
                        Response unused = chain.proceed(chain.request());
                        unused.close();
                        throw broken;
                    }));
            assertThatThrownBy(() -> desk.tickets().reply(4052, "Hello")).isSameAs(broken);
        }
    }

    @Test
    void an_interceptor_that_answers_itself_is_read_as_any_answer() throws IOException {
        try (RawServer server = new RawServer(DONE)) {
            Desk365Client desk = desk(
                    server,
                    http -> http.addInterceptor(chain -> new Response.Builder()
                            .request(chain.request())
                            .protocol(okhttp3.Protocol.HTTP_1_1)
                            .code(200)
                            .message("OK")
                            .body(okhttp3.ResponseBody.create("{\"a\"", null))
                            .build()));
            assertThat(catchThrowableOfType(
                            InvalidResponseException.class, () -> desk.send("POST", "thing", Map.of(), Map.of("b", 1))))
                    .hasMessageStartingWith("POST thing: the response is ");
            assertThat(server.requests()).isEmpty();
        }
    }
}
