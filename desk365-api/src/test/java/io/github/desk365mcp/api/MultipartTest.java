package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.desk365mcp.sandbox.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that accompany JSON, byte by byte. */
@Timeout(60)
class MultipartTest {

    /** One part: its header lines and its content. */
    private record Part(List<String> headers, String content) {

        static List<Part> of(RawServer.Request request) {
            String boundary = request.header("Content-Type").replaceAll(".*boundary=", "");
            String[] pieces = request.text().split("(\r\n)?--" + boundary, -1);
            assertThat(pieces[0]).isEmpty();
            assertThat(pieces[pieces.length - 1]).isEqualTo("--\r\n");
            List<Part> parts = new ArrayList<>();
            for (int i = 1; i < pieces.length - 1; i++) {
                String[] halves = pieces[i].substring(2).split("\r\n\r\n", 2);
                parts.add(new Part(List.of(halves[0].split("\r\n")), halves[1]));
            }
            return parts;
        }

        String disposition() {
            return headers.get(0);
        }
    }

    private static RawServer.Request reply(String body, AttachmentObject where, Attachment... files)
            throws IOException {
        try (RawServer server = new RawServer(RawServer.succeeds(201))) {
            server.client().with(o -> o.attachmentObject(where)).tickets().reply(7, body, r -> {}, List.of(files));
            return server.requests().get(0);
        }
    }

    private static Attachment file(String name) {
        return Attachment.of(name, "text/plain", "content".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain.txt | plain.txt",
                "a\"b.txt | a%22b.txt",
                "\"; name=\"x | %22; name=%22x",
                "Grüße.pdf | Grüße.pdf",
                "🙋 emoji.png | 🙋 emoji.png",
                "../../etc/passwd | ../../etc/passwd",
                "C:\\temp\\a.txt | C:\\temp\\a.txt",
                "semi;colon=x | semi;colon=x",
            })
    void any_file_name_arrives_in_one_part(String name, String onTheWire) throws IOException {
        List<Part> parts = Part.of(reply("Hello", AttachmentObject.QUERY, file(name)));
        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).content()).isEqualTo("content");
        assertThat(parts.get(0).disposition())
                .isEqualTo("Content-Disposition: form-data; name=\"file\"; filename=\"" + onTheWire + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nX-Injected: 1\r\n\r\nbody.txt",
                "a\nX-Injected: 1.txt",
                "a\rX-Injected: 1.txt",
                "\"\r\nContent-Type: text/html\r\n\r\n<b>"
            })
    void no_file_name_injects_a_header(String name) throws IOException {
        List<Part> parts = Part.of(reply("Hello", AttachmentObject.QUERY, file(name)));
        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).headers())
                .allMatch(line -> line.startsWith("Content-Disposition: form-data; name=\"file\"; filename=\"")
                        || line.equals("Content-Type: text/plain")
                        || line.equals("Content-Length: 7"));
        assertThat(parts.get(0).content()).isEqualTo("content");
    }

    @Test
    void no_header_has_a_control_character() throws IOException {
        assertThat(Part.of(reply("Hello", AttachmentObject.QUERY, file("a\0b\u001b\u007f.txt")))
                        .get(0)
                        .disposition())
                .endsWith("filename=\"a%00b%1B%7F.txt\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png; a", "image/png ;a=b", "image/png; a=\"b"})
    void a_type_with_an_odd_parameter_is_sent_without_it(String type) throws IOException {
        assertThat(Part.of(reply("x", AttachmentObject.QUERY, Attachment.of("a", type, new byte[] {1})))
                        .get(0)
                        .headers())
                .contains("Content-Type: image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text/", "text/plain\r\nX-Injected: 1", "text/plain; a=\n", "a b/c"})
    void a_media_type_that_is_none_is_refused(String type) {
        assertThatThrownBy(() -> Attachment.of("a", type, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_file_goes_as_file_and_several_as_files() throws IOException {
        assertThat(Part.of(reply("x", AttachmentObject.QUERY, file("a"))))
                .extracting(Part::disposition)
                .singleElement()
                .asString()
                .contains("name=\"file\"");
        assertThat(Part.of(reply("x", AttachmentObject.QUERY, file("a"), file("b"), file("c"))))
                .hasSize(3)
                .extracting(Part::disposition)
                .allMatch(line -> line.contains("name=\"files\""));
    }

    @Test
    void the_object_travels_in_the_query_or_in_the_form_and_never_in_both() throws IOException {
        for (AttachmentObject where : AttachmentObject.values()) {
            for (int length : new int[] {1, 5_000}) {
                String body = "ü".repeat(length);
                RawServer.Request request = reply(body, where, file("a"));
                boolean form = where == AttachmentObject.FORM || where == AttachmentObject.AUTO && length > 1;
                assertThat(request.query("ticket_number")).isEqualTo("7");
                if (form) {
                    assertThat(request.query("reply_object")).isNull();
                    Part object = Part.of(request).get(0);
                    assertThat(object.disposition()).isEqualTo("Content-Disposition: form-data; name=\"reply_object\"");
                    assertThat(object.content()).isEqualTo("{\"body\":\"" + body + "\"}");
                } else {
                    assertThat(request.query("reply_object")).isEqualTo("{\"body\":\"" + body + "\"}");
                    assertThat(Part.of(request)).hasSize(1);
                }
            }
        }
    }

    @Test
    void the_form_is_taken_before_the_address_has_two_thousand_characters() throws IOException {
        int longestInQuery = 0;
        for (int length = 1_700; length < 2_100; length += 7) {
            RawServer.Request request = reply("x".repeat(length), AttachmentObject.AUTO, file("a"));
            if (request.query("reply_object") != null) {
                longestInQuery =
                        Math.max(longestInQuery, ("http://" + request.header("Host") + request.target()).length());
            }
        }
        assertThat(longestInQuery).isBetween(1_990, 1_999);
    }

    @ParameterizedTest
    @CsvSource({
        "99, 'a file ended 1 bytes before its declared length'",
        "0, 'a file ended 100 bytes before its declared length'",
        "101, 'a file is longer than its declared length of 100 bytes'",
        "1000000, 'a file is longer than its declared length of 100 bytes'"
    })
    void a_source_of_another_length_ends_the_upload_unfinished(int bytes, String says) throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        brokenUpload(
                Attachment.of("a", "text/plain", 100, () -> new ByteArrayInputStream(new byte[bytes]) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                }),
                says);
        assertThat(closed).isTrue();
    }

    @Test
    void a_file_that_is_gone_or_breaks_ends_the_upload_unfinished() throws Exception {
        brokenUpload(
                Attachment.of("a", "text/plain", 100, () -> {
                    throw new NoSuchFileException("/home/s3cret");
                }),
                "a file could not be opened");
        brokenUpload(
                Attachment.of("a", "text/plain", 100, () -> new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("bad sector in s3cret");
                    }
                }),
                "a file could not be read");
    }

    @Test
    void a_source_that_returns_nothing_now_and_then_is_sent_whole() throws IOException {
        byte[] content = "x".repeat(20_000).getBytes(UTF_8);
        Attachment.Source source = () -> new ByteArrayInputStream(content) {
            private int reads;

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return reads++ % 2 == 0 ? 0 : super.read(bytes, offset, length);
            }
        };

        List<Part> parts = Part.of(
                reply("Hello", AttachmentObject.QUERY, Attachment.of("a", "text/plain", content.length, source)));

        assertThat(parts.get(0).content()).isEqualTo("x".repeat(20_000));
    }

    @Test
    void an_interrupt_is_not_blamed_on_the_file() throws Exception {
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            Attachment file = Attachment.of("a", "text/plain", 100, () -> {
                Thread.currentThread().interrupt();
                return new ByteArrayInputStream(new byte[100]);
            });

            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> server.client().tickets().note(1, "x", n -> {}, List.of(file)));

            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(failure)
                    .hasMessage("add note with attachment: no response (interrupted); it may have been carried out");
        }
    }

    private static void brokenUpload(Attachment file, String says) throws Exception {
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            Desk365Client desk = server.client();
            desk.tickets().get(1);
            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> desk.tickets().note(1, "x", n -> {}, List.of(file)));
            assertThat(failure)
                    .hasMessage("add note with attachment: no response (" + says + "); it may have been carried out");
            server.connections().get(0).ended().await();
            assertThat(server.requests()).as("the GET alone").hasSize(1);
            desk.tickets().get(2);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_source_that_throws_what_it_likes_spoils_no_later_call() throws Exception {
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            Desk365Client desk = server.client();
            desk.tickets().get(1);
            Attachment bad = Attachment.of("a", "text/plain", 100, () -> {
                throw new IllegalStateException("a host's mistake");
            });
            assertThatThrownBy(() -> desk.tickets().note(1, "x", n -> {}, List.of(bad)))
                    .isInstanceOf(TransportException.class)
                    .hasMessage("add note with attachment: no response (a file could not be opened);"
                            + " it may have been carried out")
                    .hasRootCauseMessage("a host's mistake");
            desk.tickets().get(2);
            assertThat(server.requests()).extracting(RawServer.Request::method).containsExactly("GET", "GET");
        }
    }

    @Test
    void a_source_is_opened_anew_for_each_attempt() throws IOException {
        AtomicLong opened = new AtomicLong();
        Attachment file = Attachment.of("a", "text/plain", 3, () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(new byte[] {'a', 'b', 'c'});
        });
        List<Integer> statuses = new ArrayList<>(List.of(429, 201));
        try (RawServer server = new RawServer((request, connection) ->
                connection.say(statuses.remove(0), RawServer.record(request), "Retry-After: 0"))) {
            Desk365Client desk = server.builder()
                    .options(o -> o.retry(RetryPolicy.upTo(2)))
                    .time(new ManualClock(), (wait, cancellation) -> {})
                    .build();
            desk.tickets().note(1, "x", n -> {}, List.of(file));
            assertThat(server.requests())
                    .hasSize(2)
                    .allMatch(request -> Part.of(request).get(0).content().equals("abc"));
        }
        assertThat(opened).hasValue(2);
    }

    @Test
    void a_large_file_is_read_while_it_is_sent() throws IOException {
        long size = 64L << 20;
        AtomicLong read = new AtomicLong();
        AtomicLong ahead = new AtomicLong();
        AtomicLong arrived = new AtomicLong();
        Attachment large = Attachment.of("big.bin", "application/octet-stream", size, () -> new InputStream() {
            @Override
            public int read() {
                return read.getAndIncrement() < size ? 7 : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int some = (int) Math.min(length, size - read.get());
                read.addAndGet(some);
                return some == 0 ? -1 : some;
            }
        });
        try (RawServer server = new RawServer(RawServer.succeeds(201))) {
            server.watch(bytes -> {
                arrived.set(bytes);
                ahead.accumulateAndGet(read.get() - bytes, Math::max);
            });
            server.client().tickets().note(1, "x", n -> {}, List.of(large));
            assertThat(server.requests()).hasSize(1);
            assertThat(Long.parseLong(server.requests().get(0).header("Content-Length")))
                    .isEqualTo(arrived.get())
                    .isGreaterThan(size);
        }
        // Bytes in transit are in the buffers of two sockets.
        assertThat(ahead.get()).as("bytes read and not yet arrived").isLessThan(size / 4);
    }

    @Test
    void a_file_of_the_disk_goes_under_its_own_name(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(directory.resolve("notes.txt"), "from disk");
        Part part =
                Part.of(reply("x", AttachmentObject.QUERY, Attachment.of(path))).get(0);
        assertThat(part.disposition()).endsWith("filename=\"notes.txt\"");
        assertThat(part.content()).isEqualTo("from disk");
        assertThat(Attachment.of(path).toString()).doesNotContain("notes");
    }

    @Test
    void an_attachment_has_a_name_and_a_length() {
        assertThatThrownBy(() -> Attachment.of(" ", "a/b", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Attachment.of("a", "a/b", -1, InputStream::nullInputStream))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
