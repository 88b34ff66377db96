package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link points to another server, which is not trusted. */
class DownloadTest {

    private static final String SECRET = "?X-Amz-Signature=s3cret";

    private final ByteArrayOutputStream target = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private static String link(RawServer server) {
        return "http://127.0.0.1:" + server.port() + "/a%20b.txt" + SECRET;
    }

    /** Sends headers and chunks, but no last chunk. */
    private static RawServer.Answer chunks(String chunk, int times) {
        return (request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < times; i++) {
                connection.say(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
            }
            connection.close();
        };
    }

    private static RawServer.Answer gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return (request, connection) -> connection.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                + packed.size() + "\r\n\r\n" + packed.toString(ISO_8859_1));
    }

    @Test
    void the_host_gets_neither_key_nor_count() throws IOException {
        try (RawServer server = new RawServer(RawServer.says(200, "content", "X-Rate-Limit-Remaining: 3"))) {
            Desk365Client desk = server.client();
            assertThat(desk.download(link(server), target, 7)).isEqualTo(7);
            assertThat(target).hasToString("content");
            assertThat(desk.rateLimit()).isNull();
            RawServer.Request request = server.requests().get(0);
            assertThat(request.head())
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContain(RawServer.KEY);
            assertThat(request.target()).isEqualTo("/a%20b.txt" + SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://files.example/a", "ftp://files.example/a", "file:///etc/hosts", "/a", ""})
    void a_link_that_is_not_https_is_refused(String link) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(200, ""))) {
            assertThatThrownBy(() -> server.client().download(link, target, 7))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        try (RawServer elsewhere = new RawServer(RawServer.says(200, "other"));
                RawServer server = new RawServer(RawServer.says(302, "", "Location: " + link(elsewhere)))) {
            ApiException failure = catchThrowableOfType(
                    ApiException.class, () -> server.client().download(link(server), target, 7));
            assertThat(failure.status()).isEqualTo(302);
            assertThat(failure).hasMessageContaining("not followed").hasMessageNotContaining("127.0.0.1");
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(target.size()).isZero();
        }
    }

    @Test
    void an_expired_link_is_told_from_a_wrong_key() throws IOException {
        try (RawServer server = new RawServer(RawServer.says(403, "<Error>Request has expired</Error>"))) {
            ApiException failure = catchThrowableOfType(
                    ApiException.class, () -> server.client().download(link(server), target, 7));
            assertThat(failure).isNotInstanceOf(ForbiddenException.class).hasMessageContaining("for a new one");
        }
    }

    @Test
    void a_file_that_says_it_is_too_long_is_not_begun() throws IOException {
        try (RawServer server = new RawServer(RawServer.says(200, "12345678"))) {
            assertThatThrownBy(() -> server.client().download(link(server), target, 7))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageContaining("more than 7 bytes");
            assertThat(target.size()).isZero();
        }
    }

    @Test
    void a_file_that_does_not_say_how_long_it_is_ends_at_the_limit() throws IOException {
        try (RawServer server = new RawServer(chunks("x".repeat(1000), 1000))) {
            assertThatThrownBy(() -> server.client().download(link(server), target, 100_000))
                    .isInstanceOf(InvalidResponseException.class);
            assertThat(target.size()).isLessThanOrEqualTo(100_000);
        }
    }

    @Test
    void what_is_counted_are_the_decompressed_bytes() throws IOException {
        byte[] zeros = new byte[1 << 20];
        try (RawServer server = new RawServer(gzip(zeros))) {
            assertThatThrownBy(() -> server.client().download(link(server), target, zeros.length - 1))
                    .isInstanceOf(InvalidResponseException.class);
            target.reset();
            assertThat(server.client().download(link(server), target, zeros.length))
                    .isEqualTo(zeros.length);
            assertThat(target.toByteArray()).isEqualTo(zeros);
        }
    }

    @Test
    void a_file_that_exists_is_kept() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
        try (RawServer server = new RawServer(RawServer.says(200, "theirs"))) {
            assertThatThrownBy(() -> server.client().download(link(server), file, 7))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(file).hasContent("mine");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void half_a_file_is_not_left() throws IOException {
        Path file = folder.resolve("half.txt");
        try (RawServer server = new RawServer(chunks("half", 1))) {
            assertThatThrownBy(() -> server.client().download(link(server), file, 100))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("download attachment");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void a_full_disk_is_told_from_a_broken_connection() throws IOException {
        IOException full = new IOException("No space left on device");
        OutputStream disk = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw full;
            }
        };
        try (RawServer server = new RawServer(RawServer.says(200, "content"))) {
            assertThatThrownBy(() -> server.client().download(link(server), disk, 7))
                    .isSameAs(full);
        }
    }

    @Test
    void a_download_can_be_cancelled() throws IOException {
        Cancellation stop = new Cancellation();
        CountDownLatch begun = new CountDownLatch(1);
        RawServer.Answer stalled = (request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ncon");
            begun.countDown();
            connection.awaitEnd();
        };
        try (RawServer server = new RawServer(stalled)) {
            Thread stopper = new Thread(() -> {
                try {
                    begun.await();
                    stop.cancel();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            stopper.start();
            Desk365Client stoppable = server.client().with(o -> o.cancellation(stop));
            assertThatThrownBy(() -> stoppable.download(link(server), target, 7))
                    .isInstanceOf(CancelledException.class);
        }
    }
}
