package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call ends, whatever the server does. Uploads and downloads may take long, but only while bytes move. */
@Execution(ExecutionMode.CONCURRENT) // They wait, each at a server of its own.
class AnswerLimitTest {

    private static final Duration LIMIT = Duration.ofMillis(1_500);

    /** Far longer than the limit, and far shorter than the client's one-minute timeout for a silent connection. */
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Ways in which a server never finishes. */
    private enum Trick {
        NO_ANSWER,
        CONTINUES {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                forever(connection, "HTTP/1.1 100 Continue\r\n\r\n");
            }
        },
        EARLY_HINTS {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                forever(connection, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            }
        },
        HEADERS {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                connection.say("HTTP/1.1 200 OK\r\nX-Long: ");
                forever(connection, "x");
            }
        },
        BODY {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                connection.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{\"body\": \"");
                forever(connection, "x");
            }
        },
        BODY_THAT_STOPS {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                connection.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{\"body\": \"");
                connection.awaitEnd();
            }
        },
        BODY_OF_SPACES {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                connection.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                forever(connection, " ");
            }
        },
        CHUNKS {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                connection.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                forever(connection, "1\r\n \r\n");
            }
        },
        BODY_WITHOUT_END {
            @Override
            void play(RawServer.Connection connection) throws IOException {
                connection.say("HTTP/1.1 200 OK\r\n\r\n{\"body\": \"");
                forever(connection, "x");
            }
        };

        void play(RawServer.Connection connection) throws IOException {
            connection.awaitEnd();
        }

        private static void forever(RawServer.Connection connection, String text) throws IOException {
            CountDownLatch never = new CountDownLatch(1);
            try {
                // Writing fails once the client has disconnected.
                while (!never.await(20, TimeUnit.MILLISECONDS)) {
                    connection.say(text);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Desk365Client desk(RawServer server) {
        return server.client().with(o -> o.timeout(LIMIT));
    }

    private static List<Attachment> file(int bytes) {
        return List.of(Attachment.of("a.bin", "application/octet-stream", new byte[bytes]));
    }

    private static TransportException endsSoon(ThrowingCallable call) {
        Throwable failure = assertTimeoutPreemptively(SOON, () -> org.assertj.core.api.Assertions.catchThrowable(call));
        assertThat(failure).isInstanceOf(TransportException.class);
        return (TransportException) failure;
    }

    @ParameterizedTest
    @EnumSource
    void an_upload_ends_though_its_answer_does_not(Trick trick) throws IOException {
        try (RawServer server = new RawServer((request, connection) -> trick.play(connection))) {
            Desk365Client desk = desk(server);
            TransportException failure = endsSoon(() -> desk.tickets().note(4052, "x", n -> {}, file(100_000)));
            assertThat(failure)
                    .hasMessage("add note with attachment: no response (timed out); it may have been carried out");
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_upload_that_is_watched_ends_too(Trick trick) throws IOException {
        try (RawServer server = new RawServer((request, connection) -> trick.play(connection))) {
            Desk365Client desk = desk(server).with(o -> o.progress((sent, total) -> {}));
            assertThat(endsSoon(() -> desk.tickets().create("a@b.example", "s", "d", t -> {}, file(1)))
                            .mayHaveArrived())
                    .isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_call_without_files_ends_too(Trick trick) throws IOException {
        try (RawServer server = new RawServer((request, connection) -> trick.play(connection))) {
            Desk365Client desk = desk(server);
            assertThat(endsSoon(() -> desk.tickets().reply(4052, "x")).mayHaveArrived())
                    .isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_download_ends_though_the_file_does_not(Trick trick) throws IOException {
        try (RawServer server = new RawServer((request, connection) -> trick.play(connection))) {
            Desk365Client desk = desk(server);
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            String link = "http://127.0.0.1:" + server.port() + "/a";
            assertThat(endsSoon(() -> desk.download(link, target, 25_000_000))).hasMessageContaining("timed out");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void only_the_timeout_of_a_call_ends_the_wait_for_its_answer(boolean isHttps) {
        assertThat(new HttpClients(http -> http).get(isHttps).readTimeoutMillis())
                .isZero();
    }

    @Test
    void an_error_whose_sentence_drips_is_told_by_its_status() throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 400 No\r\nContent-Length: 1000000\r\n\r\n{\"message\": \"");
            Trick.forever(connection, "x");
        })) {
            Desk365Client desk = desk(server);
            Throwable failure = assertTimeoutPreemptively(
                    SOON,
                    () -> org.assertj.core.api.Assertions.catchThrowable(
                            () -> desk.tickets().note(4052, "x", n -> {}, file(1))));
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    @Test
    void a_handshake_that_does_not_end_ends_uploads_and_downloads() throws IOException {
        try (java.net.ServerSocket mute = new java.net.ServerSocket(0, 9, java.net.InetAddress.getLoopbackAddress())) {
            String address = "https://127.0.0.1:" + mute.getLocalPort();
            Desk365Client desk = Desk365Client.builder()
                    .baseUrl(URI.create(address + "/apis"))
                    .apiKey(RawServer.KEY)
                    .options(o -> o.timeout(LIMIT))
                    .build();
            TransportException upload = endsSoon(() -> desk.tickets().note(4052, "x", n -> {}, file(1)));
            assertThat(upload).hasMessageEndingWith("no response (timed out); nothing was sent");
            assertThat(upload.mayHaveArrived()).isFalse();
            assertThat(endsSoon(() -> desk.download(address + "/a", new ByteArrayOutputStream(), 9))
                            .mayHaveArrived())
                    .isFalse();
        }
    }

    @Test
    void a_call_through_a_proxy_that_does_not_answer_ends() throws IOException {
        try (java.net.ServerSocket mute = new java.net.ServerSocket(0, 9, java.net.InetAddress.getLoopbackAddress())) {
            Desk365Client desk = Desk365Client.builder()
                    .subdomain("acme")
                    .apiKey(RawServer.KEY)
                    .options(o -> o.timeout(LIMIT))
                    .httpClient(http -> http.proxy(new Proxy(Proxy.Type.HTTP, mute.getLocalSocketAddress())))
                    .build();
            assertThat(endsSoon(desk::ping)).hasMessage("ping: no response (timed out); nothing was sent");
        }
    }

    @Test
    void a_look_up_of_a_name_that_does_not_end_ends_an_upload() throws IOException {
        CountDownLatch silent = new CountDownLatch(1);
        try (RawServer server = new RawServer(RawServer.stalls())) {
            Desk365Client desk = server.builder()
                    .options(o -> o.timeout(LIMIT))
                    .httpClient(http -> http.dns(host -> {
                        try {
                            silent.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return List.of();
                    }))
                    .baseUrl(URI.create("http://localhost:" + server.port() + "/apis"))
                    .build();
            assertThat(endsSoon(() -> desk.tickets().note(4052, "x", n -> {}, file(1)))
                            .mayHaveArrived())
                    .isFalse();
            assertThat(server.requests()).isEmpty();
        } finally {
            silent.countDown();
        }
    }

    @Test
    void sending_may_take_longer_than_the_limit_while_bytes_move() throws IOException {
        int size = 40_000_000;
        // Longer than a pause of this process on a busy machine.
        Duration limit = Duration.ofSeconds(1);
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer(RawServer.says(200, "{\"ticket_number\": 4052}"))) {
            server.watch(read -> {
                try {
                    // In total longer than the limit, before most bytes can be sent.
                    if (read <= 30 * 8192 && never.await(150, TimeUnit.MILLISECONDS)) {
                        throw new AssertionError();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Desk365Client desk = server.client().with(o -> o.timeout(limit));
            long begun = System.nanoTime();
            assertThat(desk.tickets().note(4052, "x", n -> {}, file(size)).toMap())
                    .isNotEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(limit);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_file_may_take_longer_than_the_limit_while_it_moves() throws IOException {
        byte[] part = new byte[64 * 1024];
        Arrays.fill(part, (byte) 'x');
        String text = new String(part, java.nio.charset.StandardCharsets.ISO_8859_1);
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: " + 16 * part.length + "\r\n\r\n");
            try {
                for (int i = 0; i < 16 && !never.await(150, TimeUnit.MILLISECONDS); i++) {
                    connection.say(text);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            long begun = System.nanoTime();
            assertThat(desk(server).download("http://127.0.0.1:" + server.port() + "/a", target, 25_000_000))
                    .isEqualTo(16L * part.length);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LIMIT);
        }
    }
}
