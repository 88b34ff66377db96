package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE_WITH_FILES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.tools.host.AttachmentRefusedException;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.AttachmentStore;
import io.github.desk365mcp.tools.host.Policy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model may be talked into writing as an attachment: each is refused in a sentence, and nothing is sent. */
@Timeout(60)
class AttachmentAttacksTest {

    private static final String SECRET = "s3cret";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    private Path disk;

    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        sandbox.forget();
        root = Files.createDirectories(disk.resolve("shared"));
        Files.createDirectories(root.resolve("photos"));
        Files.writeString(root.resolve("photos/monitor.jpg"), "a photo");
        Files.writeString(disk.resolve("secret.txt"), SECRET);
        Files.createDirectories(disk.resolve("shared-too"));
        Files.writeString(disk.resolve("shared-too/secret.txt"), SECRET);
        Files.createSymbolicLink(root.resolve("link.txt"), disk.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("door"), disk);
        Files.createSymbolicLink(root.resolve("inner.jpg"), root.resolve("photos/monitor.jpg"));
    }

    @AfterEach
    void nothing_was_sent() {
        assertThat(sandbox.exchanges()).isEmpty();
    }

    private static ToolResult call(Policy policy, Object attachments) {
        BoundTools tools = sandbox.bound(policy);
        return tools.call(
                CREATE_NOTE_WITH_FILES,
                Map.of("ticket_number", 4052, "body", "See the file.", "attachments", attachments));
    }

    private static Policy inline() {
        return Unguarded.policy();
    }

    private Policy everything() {
        return inline().attachments(
                        AttachmentResolver.inline(),
                        AttachmentResolver.files(root),
                        AttachmentResolver.https("files.example"),
                        new AttachmentStore(Duration.ofMinutes(1)));
    }

    private static Policy with(AttachmentResolver resolver) {
        return inline().attachments(resolver);
    }

    private static Map<String, Object> file(String reference, String name) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("reference", reference);
        file.put("file_name", name);
        return file;
    }

    private static void refused(ToolResult result, String... message) {
        assertThat(result.isError()).isTrue();
        assertThat(result.errorCode()).isIn("invalid_arguments", "attachment_failed");
        assertThat(result.text())
                .startsWith("Nothing was sent. ")
                .contains(message)
                .endsWith(".")
                .hasSizeLessThan(700)
                .doesNotContain(SECRET, "Exception");
    }

    // By default.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/etc/passwd",
                "/etc/shadow1",
                "C:\\Windows\\win.ini",
                "photo.jpg",
                "file:///etc/passwd",
                "ftp://files.example/a",
                "http://169.254.169.254/latest/meta-data",
                "https://files.example/a",
                "upload-00000000000000000000000000000000",
                "",
                "Zm9v!!!!YmFy",
                "Zm9v\r\nYmFyYmF=",
            })
    void out_of_the_box_a_host_takes_only_what_stands_in_the_argument(String reference) {
        refused(
                call(inline(), List.of(file(reference, "a.txt"))),
                "In attachments, \"a.txt\": ",
                "It accepts: A data: URI, or base64 (up to 128 KiB).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:                          | has no data",
                "data:text/plain                | has no data",
                "data:text/plain;base64,        | has no data",
                "data:;base64,====              | damaged",
                "data:text/plain;base64,Zm9v!   | damaged",
                "data:text/plain;base64,Zm9vYg  | no padding, so its end may be missing. If it is complete, add == at",
                "data:text/plain;base64,Zm9vYh== | damaged",
                "data:text/plain;base64,Zm9v YmFy | damaged",
                "data:png;base64,Zm9v           | media type, such as image/png; it has \"png\"",
                "data:image/png/x,Zm9v          | media type, such as image/png",
                "data:text/plain,100%           | not an escape",
                "data:text/plain,%zz            | not an escape",
                "Zm9vYh==                       | damaged",
            })
    void base64_and_data_uris_are_read_strictly(String reference, String message) {
        refused(call(inline(), List.of(file(reference, "a.txt"))), message);
    }

    @Test
    void inline_data_ends_at_128_kib() {
        byte[] tooMuch = new byte[128 * 1024 + 1];
        String base64 = Base64.getEncoder().encodeToString(tooMuch);

        refused(call(inline(), List.of(file(base64, "a.bin"))), "larger than 128 KiB");
        refused(call(inline(), List.of(file("data:text/plain," + "x".repeat(tooMuch.length), "a.txt"))), "larger than");
        refused(call(inline(), List.of(file("data:;base64," + base64.repeat(10), "a.txt"))), "larger than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nX-Injected: 1.txt",
                "a\nb.txt",
                "a\rb.txt",
                "\"; name=\"x",
                "../../etc/cron.d/job",
                "..",
                "C:\\a.txt",
                "a\u0000.txt",
                "a\u2028b.txt",
                "gpj.\u202eexe",
                "\ud83d.png",
                " ",
                ""
            })
    void a_file_name_is_a_name(String name) {
        refused(
                call(inline(), List.of(file("data:,x", name))),
                "file_name must have 1 to 255 characters, without slashes, quotes, line breaks");
    }

    @Test
    void a_file_name_is_no_novel() {
        refused(call(inline(), List.of(file("data:,x", "x".repeat(100_000) + ".txt"))), "file_name must have 1 to 255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "text/plain\r\nX-Injected: 1", "image/png\"; a=\"", ""})
    void a_media_type_is_one(String type) {
        Map<String, Object> file = file("data:,x", "a.txt");
        file.put("media_type", type);

        refused(call(inline(), List.of(file)), "media_type must look like image/png");
    }

    @Test
    void ten_thousand_references_are_too_many() {
        refused(
                call(inline(), Collections.nCopies(10_000, file("data:,x", "a.txt"))),
                "attachments takes 1 to 10 files, not 10000.");
        assertThat(call(inline(), List.of()).text()).isEqualTo("Nothing was done. attachments must not be empty.");
    }

    @Test
    void one_bad_file_among_good_ones_stops_all() {
        refused(call(inline(), List.of(file("data:,x", "a.txt"), file("nothing", "b.txt"))), "\"b.txt\": ");
    }

    @Test
    void a_size_that_differs_from_the_bytes_stops_the_call() {
        Map<String, Object> file = file("data:;base64,Zm9v", "a.txt");
        file.put("file_size", 4_711);

        refused(
                call(inline(), List.of(file)),
                "It has 3 bytes, not the 4711 that file_size says: it is incomplete or altered.");
    }

    // With everything switched on.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "photos/../../secret.txt",
                "photos/../../shared-too/secret.txt",
                "/etc/passwd",
                "//etc/passwd",
                "~/../../etc/passwd",
                "..",
            })
    void a_path_that_leads_out_is_refused(String reference) {
        refused(call(everything(), List.of(file(reference, "a.txt"))), "The path is outside the shared folder");
    }

    @Test
    void an_absolute_path_outside_is_refused_whether_there_is_a_file_or_not() {
        String there = call(
                        everything(), List.of(file(disk.resolve("secret.txt").toString(), "a")))
                .text();

        assertThat(there)
                .contains("outside the shared folder")
                .isEqualTo(call(
                                everything(),
                                List.of(file(disk.resolve("no.txt").toString(), "a")))
                        .text());
        refused(
                call(
                        everything(),
                        List.of(file(disk.resolve("shared-too/secret.txt").toString(), "a"))),
                "outside the shared folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link.txt", "door/secret.txt", "door/shared-too/secret.txt", "./door/secret.txt"})
    void a_link_that_leads_out_is_refused(String reference) {
        refused(call(everything(), List.of(file(reference, "a.txt"))), "a link to a place outside the shared folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos", ".", "door"})
    void a_folder_is_no_file(String reference) {
        refused(
                call(everything(), List.of(file(reference, "a.txt"))),
                reference.equals("door") ? "a link to a place outside the shared folder" : "is not a file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "FILE:/etc/passwd",
                "ftp://files.example/a",
                "http://169.254.169.254/latest/meta-data",
                "http://files.example/a",
                "jar:https://files.example/a!/b",
                "photos/none.jpg",
                "photos/monitor.jpg\u0000.png",
                "gopher://files.example/",
            })
    void what_no_resolver_knows_is_refused_with_what_this_host_takes(String reference) {
        refused(
                call(everything(), List.of(file(reference, "a.txt"))),
                "It accepts: A data: URI, or base64 (up to 128 KiB); or the path of a file in the shared folder"
                        + " (up to 25 MiB); or an https link to a file on files.example (up to 25 MiB); or the handle");
    }

    @Test
    void a_host_that_takes_paths_alone_takes_no_inline_data() {
        refused(
                call(with(AttachmentResolver.files(root)), List.of(file("data:,x", "a.txt"))),
                "It accepts: The path of a file in the shared folder (up to 25 MiB).");
    }

    // Resolvers that misbehave.

    @Test
    void a_resolver_that_throws_is_a_failure_without_details() {
        refused(
                call(
                        with((reference, context) -> {
                            throw new IllegalStateException(SECRET);
                        }),
                        List.of(file("x", "a.txt"))),
                "This host failed to read it");
        refused(
                call(
                        with((reference, context) -> {
                            throw new IOException(SECRET);
                        }),
                        List.of(file("x", "a.txt"))),
                "This host failed to read it");
        refused(
                call(
                        with((reference, context) -> Attachment.of("a", "a/b", () -> {
                            throw new IOException(SECRET);
                        })),
                        List.of(file("x", "a.txt"))),
                "This host failed to read it");
    }

    @Test
    void a_resolver_that_refuses_is_quoted() {
        refused(
                call(
                        with((reference, context) -> {
                            throw new AttachmentRefusedException("This file is quarantined.");
                        }),
                        List.of(file("x", "a.txt"))),
                "\"a.txt\": This file is quarantined.");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 4, 100})
    void a_resolver_that_returns_other_bytes_than_it_promised_is_refused(long promised) {
        refused(
                call(
                        with((reference, context) -> Attachment.of(
                                "a", "text/plain", promised, () -> new ByteArrayInputStream("foo".getBytes(UTF_8)))),
                        List.of(file("x", "a.txt"))),
                "It has 3 bytes, not the " + promised + " that its source declared: it is incomplete or altered.");
    }

    @Test
    void a_resolver_without_an_end_is_ended_and_its_stream_closed() {
        List<String> closed = new java.util.ArrayList<>();
        AttachmentResolver endless = (reference, context) -> Attachment.of("a", "text/plain", () -> new InputStream() {
            @Override
            public int read() {
                return 1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return length;
            }

            @Override
            public void close() {
                closed.add("closed");
            }
        });

        refused(call(with(endless), List.of(file("x", "a.txt"))), "It is larger than 25 MiB.");
        assertThat(closed).isNotEmpty();
    }

    @Test
    void an_empty_file_is_not_sent() {
        refused(
                call(
                        with((reference, context) -> Attachment.of("a", "text/plain", new byte[0])),
                        List.of(file("x", "a.txt"))),
                "It is empty.");
    }
}
