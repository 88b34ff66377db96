package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE_WITH_FILES;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET_WITH_FILES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Part;
import io.github.desk365mcp.tools.host.AttachmentRefusedException;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.AttachmentStore;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from a chat to the helpdesk, and back. */
class AttachmentsTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    private Path root;

    private static BoundTools tools(AttachmentResolver... resolvers) {
        return Desk365Tools.with(Unguarded.policy().attachments(resolvers)).bind(sandbox.client());
    }

    private static Map<String, Object> file(String reference, String name) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("reference", reference);
        file.put("file_name", name);
        return file;
    }

    private static Map<String, Object> note(Map<?, ?>... files) {
        return Map.of("ticket_number", 4052, "body", "See the file.", "attachments", List.of(files));
    }

    private static List<Part> uploaded() {
        List<Exchange> exchanges = sandbox.exchanges();
        return exchanges.get(exchanges.size() - 1).parts().stream()
                .filter(part -> part.fileName() != null)
                .toList();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Map<String, Object> sent(ToolResult result) {
        return Expect.map(Expect.list(Expect.answer(result).get("sent_files")).get(0));
    }

    static List<Tool> senders() {
        return Catalogue.tools().stream()
                .filter(tool -> tool.name().endsWith("_create_with_attachment"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("senders")
    void every_tool_sends_what_a_resolver_gives(Tool tool) throws IOException {
        byte[] photo = random(3_000_000);
        Files.write(root.resolve("photo.jpg"), photo);
        Map<String, Object> arguments = ToolExamples.smallest(tool);
        arguments.put("attachments", List.of(file("photo.jpg", "monitor.jpg")));

        ToolResult result = tools(AttachmentResolver.files(root)).call(tool.name(), arguments);

        assertThat(sent(result))
                .containsEntry("file_name", "monitor.jpg")
                .containsEntry("media_type", "image/jpeg")
                .containsEntry("file_size", 3_000_000L)
                .containsEntry("sha256", sha256(photo));
        assertThat(uploaded()).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo("file");
            assertThat(part.fileName()).isEqualTo("monitor.jpg");
            assertThat(part.sha256()).isEqualTo(sha256(photo));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:text/plain;base64,aMO8YsO8",
                "data:text/plain;charset=utf-8;base64,aMO8YsO8",
                "data:;BASE64,aMO8YsO8",
                "data:,h%C3%BCb%C3%BC",
                "DATA:text/plain,hübü",
                " data:,h%c3%bcb%C3%BC ",
            })
    void small_data_stands_in_the_argument(String reference) {
        ToolResult result =
                tools(AttachmentResolver.inline()).call(CREATE_NOTE_WITH_FILES, note(file(reference, "a.txt")));

        assertThat(sent(result)).containsEntry("file_size", 6L).containsEntry("sha256", sha256("hübü".getBytes(UTF_8)));
        assertThat(String.valueOf(sent(result).get("media_type"))).startsWith("text/plain");
    }

    @Test
    void escapes_are_bytes_and_not_characters() {
        ToolResult result = tools(AttachmentResolver.inline())
                .call(CREATE_NOTE_WITH_FILES, note(file("data:application/octet-stream,%FF%00+", "a.bin")));

        assertThat(sent(result)).containsEntry("sha256", sha256(new byte[] {-1, 0, '+'}));
    }

    @Test
    void bare_base64_is_taken_where_it_can_be_nothing_else_up_to_128_kib() {
        byte[] jpeg = random(128 * 1024);
        jpeg[0] = (byte) 0xff;
        String base64 = Base64.getEncoder().encodeToString(jpeg);
        Map<String, Object> file = file(base64, "a.jpg");
        file.put("file_size", jpeg.length);

        assertThat(base64).startsWith("/");
        assertThat(sent(tools(AttachmentResolver.inline(), AttachmentResolver.files(root))
                        .call(CREATE_NOTE_WITH_FILES, note(file))))
                .containsEntry("sha256", sha256(jpeg))
                .containsEntry("media_type", "application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grüße 🙋.pdf", "semi;colon=x.txt", "it's %22 a.txt", ".profile", "two  spaces.txt"})
    void file_names_survive(String name) {
        ToolResult result =
                tools(AttachmentResolver.inline()).call(CREATE_NOTE_WITH_FILES, note(file("data:,x", name)));

        assertThat(sent(result)).containsEntry("file_name", name);
        assertThat(uploaded())
                .singleElement()
                .satisfies(part -> assertThat(part.fileName()).isEqualTo(name.replace("%22", "\"")));
    }

    @Test
    void a_handle_may_work_for_ever() throws IOException {
        AttachmentStore store = new AttachmentStore(ChronoUnit.FOREVER.getDuration());

        String handle = store.put("kept.txt", "text/plain", "kept".getBytes(UTF_8), CallContext.none());

        assertThat(store.resolve(handle, CallContext.none())).isNotNull();
    }

    @Test
    void several_files_go_in_their_order_each_by_the_first_resolver_that_knows_it() throws IOException {
        Files.writeString(root.resolve("a.txt"), "from the disk");
        AttachmentStore store = new AttachmentStore(Duration.ofMinutes(1));
        String handle = store.put("kept.txt", "text/plain", "kept".getBytes(UTF_8), CallContext.none());

        ToolResult result = tools(AttachmentResolver.inline(), AttachmentResolver.files(root), store)
                .call(
                        CREATE_NOTE_WITH_FILES,
                        note(file("a.txt", "1.txt"), file("data:,inline", "2.txt"), file(handle, "3.txt")));

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(uploaded()).extracting(Part::fileName).containsExactly("1.txt", "2.txt", "3.txt");
        assertThat(uploaded())
                .extracting(Part::sha256)
                .containsExactly(
                        sha256("from the disk".getBytes(UTF_8)),
                        sha256("inline".getBytes(UTF_8)),
                        sha256("kept".getBytes(UTF_8)));
    }

    @Test
    void a_path_may_be_absolute_or_a_link_as_long_as_it_stays_inside() throws IOException {
        Files.createDirectories(root.resolve("photos"));
        Files.writeString(root.resolve("photos/a.jpg"), "a");
        Files.createSymbolicLink(root.resolve("inner.jpg"), root.resolve("photos/a.jpg"));
        BoundTools tools = tools(AttachmentResolver.files(root));

        for (String reference : List.of(
                "photos/a.jpg",
                "./photos//a.jpg",
                "inner.jpg",
                root.resolve("photos/a.jpg").toString())) {
            assertThat(tools.call(CREATE_NOTE_WITH_FILES, note(file(reference, "a.jpg")))
                            .isError())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void a_root_that_is_itself_a_link_is_fine() throws IOException {
        Path real = Files.createDirectories(root.resolve("real"));
        Files.writeString(real.resolve("a.txt"), "a");
        Path link = Files.createSymbolicLink(root.resolve("link"), real);
        BoundTools tools = tools(AttachmentResolver.files(link));

        assertThat(tools.call(CREATE_NOTE_WITH_FILES, note(file("a.txt", "a"))).isError())
                .isFalse();
        assertThat(tools.call(
                                CREATE_NOTE_WITH_FILES,
                                note(file(link.resolve("a.txt").toString(), "a")))
                        .isError())
                .isFalse();
        assertThatThrownBy(() -> AttachmentResolver.files(root.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void temporary_files_are_gone_after_success_and_after_failure() throws IOException {
        byte[] large = random(2_000_000);
        List<Long> during = new ArrayList<>();
        AttachmentResolver resolver = (reference, context) -> {
            during.add(spools());
            if (reference.equals("bad")) {
                throw new IOException("no");
            }
            return Attachment.of("a", "text/plain", () -> new ByteArrayInputStream(large));
        };
        long before = spools();

        assertThat(tools(resolver)
                        .call(CREATE_NOTE_WITH_FILES, note(file("x", "a"), file("y", "b")))
                        .isError())
                .isFalse();
        assertThat(tools(resolver)
                        .call(CREATE_NOTE_WITH_FILES, note(file("x", "a"), file("bad", "b")))
                        .isError())
                .isTrue();

        assertThat(during).hasSize(4);
        assertThat(spools()).isEqualTo(before);
    }

    private static long spools() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("desk365-.*\\.spool"))
                    .count();
        }
    }

    // Handles.

    @Test
    void a_handle_is_for_one_caller_of_one_tenant() {
        AttachmentStore store = new AttachmentStore(Duration.ofMinutes(1));
        CallContext nora = CallContext.none().tenant("acme").caller("nora");
        String handle = store.put("a.txt", "text/plain", new byte[] {1}, nora);

        assertThat(store.resolve(handle, nora)).isNotNull();
        for (CallContext other : List.of(
                CallContext.none(),
                nora.caller("eve"),
                nora.tenant("evil"),
                CallContext.none().caller("nora"))) {
            assertThatThrownBy(() -> store.resolve(handle, other))
                    .isInstanceOf(AttachmentRefusedException.class)
                    .hasMessageContaining("unknown, expired, or another caller's");
        }
    }

    @Test
    void whose_handle_it_is_decides_the_authenticator_and_not_what_the_host_was_told() {
        AttachmentStore store = new AttachmentStore(Duration.ofMinutes(1));
        String handle = store.put(
                "a.txt", "text/plain", new byte[] {1}, CallContext.none().caller("nora"));
        BoundTools tools = Desk365Tools.with(
                        Unguarded.policy().attachments(store).authenticator(CallContext::credential))
                .bind(sandbox.client());
        Map<String, Object> arguments = note(file(handle, "a.txt"));

        assertThat(tools.call(
                                CREATE_NOTE_WITH_FILES,
                                arguments,
                                CallContext.none().credential("nora"))
                        .isError())
                .isFalse();
        sandbox.forget();
        ToolResult stolen = tools.call(
                CREATE_NOTE_WITH_FILES,
                arguments,
                CallContext.none().credential("eve").caller("nora"));
        assertThat(stolen.text()).startsWith("Nothing was sent. ").contains("another caller's");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_handle_ends_with_its_time_or_when_it_is_removed() {
        Instant[] now = {Instant.parse("2026-11-22T12:00:00Z")};
        AttachmentStore store = new AttachmentStore(Duration.ofMinutes(5), new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        });
        String first = store.put("a", "a/b", new byte[20_000_000], CallContext.none());
        String second = store.put("b", "a/b", new byte[] {1}, CallContext.none());

        now[0] = now[0].plusSeconds(299);
        assertThat(store.resolve(first, CallContext.none())).isNotNull();
        store.remove(second);
        assertThatThrownBy(() -> store.resolve(second, CallContext.none()))
                .isInstanceOf(AttachmentRefusedException.class);
        now[0] = now[0].plusSeconds(1);
        assertThatThrownBy(() -> store.resolve(first, CallContext.none()))
                .isInstanceOf(AttachmentRefusedException.class);
        assertThat(store).hasToString("AttachmentStore[0 files]");
    }

    @Test
    void a_store_is_not_filled_beyond_measure() {
        AttachmentStore store = new AttachmentStore(Duration.ofMinutes(1));
        byte[] shared = new byte[25 * 1024 * 1024];

        for (int i = 0; i < 10; i++) {
            store.put("a", "a/b", shared, CallContext.none());
        }
        assertThatThrownBy(() -> store.put("a", "a/b", shared, CallContext.none()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.put("a", "a/b", new byte[25 * 1024 * 1024 + 1], CallContext.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // Definitions.

    private static ToolDefinition definition(Policy policy) {
        return Desk365Tools.with(policy).definitions().stream()
                .filter(tool -> tool.name().equals(CREATE_TICKET_WITH_FILES))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> items(ToolDefinition definition) {
        Map<String, Object> attachments = Expect.map(
                Expect.map(definition.inputSchema().get("properties")).get("attachments"));
        return Expect.map(attachments.get("items"));
    }

    private static Map<String, Object> property(ToolDefinition definition, String name) {
        return Expect.map(Expect.map(items(definition).get("properties")).get(name));
    }

    @Test
    void definitions_say_which_references_this_host_takes() {
        ToolDefinition plain = definition(Unguarded.policy());
        ToolDefinition more = definition(Unguarded.policy()
                .attachments(AttachmentResolver.files(root), AttachmentResolver.https("a.example", "*.b.example")));

        assertThat(property(plain, "reference"))
                .containsEntry("description", "A data: URI, or base64 (up to 128 KiB).");
        assertThat(property(more, "reference"))
                .containsEntry(
                        "description",
                        "The path of a file in the shared folder (up to 25 MiB); or an https link to a file on"
                                + " *.b.example or a.example (up to 25 MiB).");
        assertThat(Expect.map(more.meta().get("io.github.desk365mcp/attachments")))
                .containsEntry("argument", "attachments")
                .containsEntry("most_files", 10)
                .containsEntry("most_bytes", 26_214_400L)
                .containsEntry("media_types", List.of("*/*"))
                .containsEntry("forms", List.of("path", "https-url"));
        assertThat(more.toJson()).doesNotContain(root.toString());
        assertThat(plain.meta()).doesNotContainKey("openai/fileParams");
    }

    @Test
    void chatgpt_gets_its_own_form_when_asked_for() {
        ToolDefinition definition = definition(Unguarded.policy()
                .attachments(AttachmentResolver.https("files.example"))
                .openAiFileParams());

        assertThat(definition.meta()).containsEntry("openai/fileParams", List.of("attachments"));
        assertThat(Expect.map(items(definition).get("properties")))
                .containsOnlyKeys("download_url", "file_id", "mime_type", "file_name");
        assertThat(items(definition)).containsEntry("required", List.of("download_url", "file_id"));
    }

    @Test
    void chatgpts_form_is_checked_and_resolved_like_the_other() {
        BoundTools tools =
                Desk365Tools.with(Unguarded.policy().openAiFileParams()).bind(sandbox.client());
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("download_url", "data:text/plain,hello");
        file.put("file_id", "file_1");

        assertThat(sent(tools.call(CREATE_NOTE_WITH_FILES, note(file))))
                .containsEntry("file_name", "file")
                .containsEntry("media_type", "text/plain")
                .containsEntry("file_size", 5L);
        file.put("file_name", "a.txt");
        file.put("mime_type", "text/markdown");
        assertThat(sent(tools.call(CREATE_NOTE_WITH_FILES, note(file))))
                .containsEntry("file_name", "a.txt")
                .containsEntry("media_type", "text/markdown");
        assertThat(tools.call(CREATE_NOTE_WITH_FILES, note(file("data:,x", "a.txt")))
                        .text())
                .startsWith("Nothing was done.");
    }

    @Test
    void no_resolver_at_all_is_a_mistake() {
        assertThatThrownBy(() -> Unguarded.policy().attachments()).isInstanceOf(IllegalArgumentException.class);
    }

    // Reading.

    @Test
    void attachments_in_answers_are_links_with_name_type_and_size() throws IOException {
        byte[] photo = random(50_000);
        Files.write(root.resolve("photo.jpg"), photo);
        Map<String, Object> arguments = Map.of(
                "contact_email",
                "nora.vance@northwind.example",
                "subject",
                "The monitor is broken",
                "description",
                "See the photo.",
                "attachments",
                List.of(file("photo.jpg", "monitor.jpg")));
        BoundTools tools = tools(AttachmentResolver.files(root));

        Map<String, Object> created = Expect.answer(tools.call(CREATE_TICKET_WITH_FILES, arguments));
        ToolResult read =
                tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", created.get("ticket_number")));

        List<Object> content = Expect.list(read.toMap().get("content"));
        assertThat(content).hasSize(2);
        assertThat(Expect.map(content.get(0))).containsEntry("type", "text").containsEntry("text", read.text());
        Map<String, Object> link = Expect.map(content.get(1));
        assertThat(link)
                .containsEntry("type", "resource_link")
                .containsEntry("name", "monitor.jpg")
                .containsEntry("mimeType", "image/jpeg")
                .containsEntry("size", 50_000L);
        assertThat(String.valueOf(link.get("description"))).contains("an hour");
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        sandbox.client().download(String.valueOf(link.get("uri")), back, 100_000);
        assertThat(back.toByteArray()).isEqualTo(photo);
        assertThat(read.toJson())
                .doesNotContain(Base64.getEncoder().encodeToString(photo).substring(0, 60));
    }

    @Test
    void a_link_stands_once_in_the_content_and_in_the_structure() {
        BoundTools both = tools(AttachmentResolver.inline());
        both.call(CREATE_NOTE_WITH_FILES, note(file("data:,x", "in a note.txt")));
        for (String tool : List.of(
                "get_single_desk_365_ticket_by_id",
                "list_all_desk_365_ticket_conversations",
                "desk_365_tickets_get_context")) {
            long ticket = tool.startsWith("get") ? 4063 : 4052;
            ToolResult result = both.call(tool, Map.of("ticket_number", ticket));

            assertThat(result.text()).as(tool).contains("file_name").doesNotContain("attachment_url", "http");
            assertThat(String.valueOf(Expect.answer(result))).contains("attachment_url=http");
            assertThat(result.content())
                    .filteredOn(block -> "resource_link".equals(block.get("type")))
                    .isNotEmpty()
                    .allSatisfy(block -> assertThat(String.valueOf(Expect.answer(result)))
                            .contains("attachment_url=" + block.get("uri")));
        }
    }

    @Test
    void a_link_stays_in_the_text_where_it_is_the_only_way_to_the_file() {
        Map<String, Object> ticket = Map.of("ticket_number", 4063);
        Policy narrow = Unguarded.policy(Selection.everything().tools("get_single_desk_365_ticket_by_id"));
        Policy text = Unguarded.policy().results(ResultForm.TEXT_ONLY);

        for (Policy policy : List.of(narrow, text)) {
            assertThat(sandbox.bound(policy)
                            .call("get_single_desk_365_ticket_by_id", ticket)
                            .text())
                    .contains("attachment_url");
        }
    }

    @Test
    void the_text_of_a_ticket_with_files_is_shorter_without_links() {
        Encoding tokens = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        String signature = "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA%2F20261128%2Feu-central-1%2Fs3"
                + "%2Faws4_request&X-Amz-Security-Token=" + randomText(700) + "&X-Amz-Signature="
                + "0123456789abcdef".repeat(4);
        String file = "{\"file_name\": \"a.pdf\", \"file_size\": 10, \"file_type\": \"application/pdf\","
                + " \"attachment_url\": \"https://files.s3.eu-central-1.amazonaws.com/" + signature + "\"}";
        String ticket =
                "{\"ticket_number\": 1, \"subject\": \"Two files\", \"attachments\": [" + file + "," + file + "]}";
        List<Integer> sizes = new ArrayList<>();
        for (ResultForm form : List.of(ResultForm.TEXT_ONLY, ResultForm.BOTH)) {
            sandbox.next(Fault.answer(200, Map.of(), ticket));
            sizes.add(tokens.countTokens(sandbox.bound(Unguarded.policy().results(form))
                    .call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 1))
                    .text()));
        }

        System.out.println("a ticket with two files: " + sizes.get(0) + " tokens with links, " + sizes.get(1));
        assertThat(sizes.get(0) - sizes.get(1)).isGreaterThan(800);
    }

    private static String randomText(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(bytes));
    }

    @Test
    void links_are_found_in_conversations_and_contexts_too() {
        BoundTools tools = tools(AttachmentResolver.inline());
        tools.call(CREATE_NOTE_WITH_FILES, note(file("data:,x", "in a note.txt")));

        for (String tool : List.of("list_all_desk_365_ticket_conversations", "desk_365_tickets_get_context")) {
            assertThat(tools.call(tool, Map.of("ticket_number", 4052)).content())
                    .as(tool)
                    .anySatisfy(block -> assertThat(block)
                            .containsEntry("type", "resource_link")
                            .containsEntry("name", "in a note.txt"));
        }
    }

    @Test
    void an_article_has_its_files_as_links_and_an_answer_without_files_has_none() {
        BoundTools tools = tools(AttachmentResolver.inline());
        sandbox.next(
                "getArticle",
                Fault.answer(
                        200,
                        Map.of("Content-Type", "application/json"),
                        "{\"article_title\": \"Setting up\", \"has_attachments\": true, \"attachments\": ["
                                + "{\"file_name\": \"guide.pdf\", \"attachment_url\": \"https://files.example/guide.pdf?s=1\"},"
                                + " {\"file_name\": \"no link\", \"attachment_url\": null},"
                                + " {\"file_name\": \"no file\", \"attachment_url\": \"javascript:alert(1)\"}]}"));

        List<Map<String, Object>> blocks = tools.call(
                        "get_single_desk_365_kb_article_by_id", Map.of("article_name", "Setting up"))
                .content();

        assertThat(blocks).hasSize(2);
        assertThat(blocks.get(1))
                .containsEntry("type", "resource_link")
                .containsEntry("name", "guide.pdf")
                .containsEntry("uri", "https://files.example/guide.pdf?s=1")
                .doesNotContainKeys("mimeType", "size");
        assertThat(tools.call("list_all_desk_365_ping", Map.of()).content()).hasSize(1);
    }
}
