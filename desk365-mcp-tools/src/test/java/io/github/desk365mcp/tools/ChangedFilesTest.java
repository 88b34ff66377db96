package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.AttachmentStore;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An approval covers the bytes that the preview described, not those that the same reference means later. */
class ChangedFilesTest {

    private static final String REPLY = "desk_365_ticket_replies_create_with_attachment";
    private static final String HELLO_SHA = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    private Path root;

    private Path offer;

    @BeforeEach
    void write() throws IOException {
        offer = Files.writeString(root.resolve("offer.txt"), "hello");
    }

    private static BoundTools tools(AttachmentResolver resolver) {
        return sandbox.bound(Policy.of(Selection.everything()).attachments(resolver));
    }

    private static Map<String, Object> reply(String reference) {
        return TestFiles.message(reference, "offer.txt");
    }

    private static Map<String, Object> approved(Map<String, Object> arguments, ToolResult preview) {
        return with(arguments, "approval_token", Expect.answer(preview).get("approval_token"));
    }

    private static Map<String, Object> shown(ToolResult preview) {
        Map<String, Object> with =
                Expect.map(Expect.map(Expect.answer(preview).get("preview")).get("with"));
        return Expect.map(Expect.list(with.get("attachments")).get(0));
    }

    @Test
    void a_preview_shows_the_size_and_hash_of_each_file_and_the_same_file_is_sent() {
        BoundTools tools = tools(AttachmentResolver.files(root));

        ToolResult preview = tools.call(REPLY, reply("offer.txt"));
        ToolResult sent = tools.call(REPLY, approved(reply("offer.txt"), preview));

        assertThat(shown(preview))
                .containsEntry("reference", "offer.txt")
                .containsEntry("file_name", "offer.txt")
                .containsEntry("file_size", 5L)
                .containsEntry("sha256", HELLO_SHA);
        assertThat(sent.isError()).as(sent.text()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_file_that_was_overwritten_since_is_not_sent() throws IOException {
        BoundTools tools = tools(AttachmentResolver.files(root));
        ToolResult preview = tools.call(REPLY, reply("offer.txt"));
        Files.writeString(offer, "passw");

        ToolResult refused = tools.call(REPLY, approved(reply("offer.txt"), preview));

        assertThat(refused.errorCode()).isEqualTo("approval_not_good");
        assertThat(refused.text()).contains("Nothing was sent", "changed since the preview");
        assertThat(sandbox.writes()).isEmpty();
        ToolResult again = tools.call(REPLY, reply("offer.txt"));
        assertThat(shown(again).get("sha256")).isNotEqualTo(HELLO_SHA);
        assertThat(tools.call(REPLY, approved(reply("offer.txt"), again)).isError())
                .isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void another_type_or_name_that_a_resolver_gives_is_another_file() {
        List<String> types = new ArrayList<>(List.of("text/html", "text/plain"));
        BoundTools tools =
                tools((reference, context) -> Attachment.of("x", types.remove(1 % types.size()), new byte[1]));
        ToolResult preview = tools.call(REPLY, reply("thing"));

        assertThat(tools.call(REPLY, approved(reply("thing"), preview)).errorCode())
                .isEqualTo("approval_not_good");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_read_has_no_preview_and_costs_no_call() {
        ToolResult refused = tools(AttachmentResolver.files(root)).call(REPLY, reply("other.txt"));

        assertThat(refused.isError()).isTrue();
        assertThat(refused.text()).startsWith("Nothing was sent.");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_handle_works_for_the_preview_and_for_the_call() {
        AttachmentStore store = new AttachmentStore(Duration.ofMinutes(5));
        String handle = store.put("offer.txt", "text/plain", "hello".getBytes(UTF_8), CallContext.none());
        BoundTools tools = tools(store);

        ToolResult preview = tools.call(REPLY, reply(handle));
        ToolResult sent = tools.call(REPLY, approved(reply(handle), preview));

        assertThat(shown(preview)).containsEntry("sha256", HELLO_SHA);
        assertThat(sent.isError()).as(sent.text()).isFalse();
    }

    @Test
    void a_person_agrees_to_the_bytes_too() {
        List<String> previews = new ArrayList<>();
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .attachments(AttachmentResolver.files(root))
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .confirmation((preview, context) -> {
                    previews.add(preview);
                    try {
                        Files.writeString(offer, "other bytes");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return true;
                }));

        ToolResult result = tools.call(REPLY, reply("offer.txt"));

        assertThat(previews.get(0)).contains(HELLO_SHA);
        assertThat(result.text()).contains("Nothing was sent", "changed since the preview");
        assertThat(sandbox.writes()).isEmpty();
    }
}
