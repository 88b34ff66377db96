package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.AttachmentStore;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The Java of the guide to attachments, where it is compiled, and the comparison of the two. */
class AttachmentsGuideTest {

    /** Shows progress. */
    interface Bar {
        void show(long sent, long total);
    }

    static Policy switchOn() {
        // GUIDE
        AttachmentStore uploads = new AttachmentStore(Duration.ofMinutes(15));

        Policy policy = Policy.of(Selection.everything())
                .attachments(
                        AttachmentResolver.inline(),
                        AttachmentResolver.files(Path.of("/srv/shared")),
                        AttachmentResolver.https("files.example.com", "*.cdn.example.com"),
                        uploads);
        // GUIDE end
        return policy;
    }

    static AttachmentResolver ownResolver() {
        // GUIDE
        AttachmentResolver chat = (reference, context) -> reference.startsWith("chat://")
                ? Attachment.of("file", "application/octet-stream", () -> open(reference, context.caller()))
                : null; // not ours: the next one is asked
        // GUIDE end
        return chat;
    }

    private static InputStream open(String reference, @Nullable String caller) throws IOException {
        throw new IOException(reference + caller);
    }

    static void fetch(Desk365Client desk, String link) throws IOException {
        // GUIDE
        desk.download(link, Path.of("monitor.jpg"), 25_000_000);
        // GUIDE end
    }

    static void send(Desk365Client desk, Bar bar) throws IOException {
        // GUIDE
        Attachment photo = Attachment.of(Path.of("monitor.jpg"));
        desk.with(o -> o.progress((sent, total) -> bar.show(sent, total)))
                .tickets()
                .note(4052, "The photo", note -> {}, List.of(photo));
        // GUIDE end
    }

    @Test
    void every_java_block_of_the_guide_is_compiled() throws IOException {
        Path test = Path.of("src/test/java/io/github/desk365mcp/tools/AttachmentsGuideTest.java");
        Path page = Path.of("../docs/attachments.md");

        assertThat(JavaBlocks.of(page).stream().map(JavaBlocks::withoutImports))
                .hasSize(4)
                .containsExactlyElementsOf(JavaBlocks.compiled(test, "GUIDE"));
        assertThat(JavaBlocks.missing(page, test)).isEmpty();
    }
}
