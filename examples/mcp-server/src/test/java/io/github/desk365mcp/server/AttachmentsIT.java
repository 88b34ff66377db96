package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET_WITH_FILES;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestFiles;
import io.github.desk365mcp.tools.TestSandbox;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests the job "Create an internal IT ticket for a broken monitor and attach this photo." */
@Timeout(120)
class AttachmentsIT {

    private static final String READ = "desk_365_attachments_read";
    private static final Path WEBP = Path.of("../../desk365-mcp-tools/src/test/resources/files/large.webp");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final byte[] photo = new byte[2_500_000];

    @TempDir
    private static Path disk;

    private static Path pictures;
    private static JarServer server;
    private static McpSyncClient client;

    @BeforeAll
    static void start() throws Exception {
        new Random(4052).nextBytes(photo);
        pictures = Files.createDirectories(disk.resolve("Pictures"));
        Files.write(pictures.resolve("IMG 0042.jpg"), photo);
        Files.writeString(disk.resolve("secret.txt"), "s3cret");
        server = JarServer.start(
                sandbox, "--attach-root", pictures.toString(), "--attach-host", "files.example", "--audit");
        client = server.client(null);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static CallToolResult create(String... references) {
        return call(
                CREATE_TICKET_WITH_FILES,
                Map.of(
                        "contact_email",
                        "nora.vance@northwind.example",
                        "subject",
                        "Broken monitor at desk 12",
                        "description",
                        "The left third stays black. A photo is attached.",
                        "type",
                        "Incident",
                        "priority",
                        "medium",
                        "attachments",
                        Stream.of(references)
                                .map(reference -> Map.of(
                                        "reference",
                                        reference,
                                        "file_name",
                                        references.length == 1 ? "monitor.jpg" : reference))
                                .toList()));
    }

    private static CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    @Test
    void the_photo_arrives_byte_for_byte_and_comes_back_as_a_link() throws Exception {
        CallToolResult created = create("IMG 0042.jpg");
        assertThat(created.isError()).as(text(created)).isNotEqualTo(true);

        Map<?, ?> ticket = (Map<?, ?>) requireNonNull(created.structuredContent());
        CallToolResult read = call(
                "get_single_desk_365_ticket_by_id",
                Map.of("ticket_number", requireNonNull(ticket.get("ticket_number"))));
        ResourceLink link = (ResourceLink) read.content().get(1);

        assertThat(text(created))
                .contains("\"sha256\":\""
                        + sandbox.exchanges().get(0).parts().stream()
                                .filter(part -> part.fileName() != null)
                                .findFirst()
                                .orElseThrow()
                                .sha256());
        assertThat(link.name()).isEqualTo("monitor.jpg");
        assertThat(link.mimeType()).isEqualTo("image/jpeg");
        assertThat(link.size()).isEqualTo(photo.length);
        assertThat(link.description()).contains("an hour");
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        sandbox.client().download(link.uri(), back, photo.length);
        assertThat(back.toByteArray()).isEqualTo(photo);
        assertThat(sandbox.violations()).isEmpty();
        // Neither the photo nor its path appears in the logs.
        assertThat(server.written()).doesNotContain("IMG 0042", pictures.toString());
        assertThat(text(read))
                .doesNotContain(Base64.getEncoder().encodeToString(photo).substring(0, 60));
    }

    @Test
    void pictures_and_texts_of_a_ticket_are_read() throws Exception {
        byte[] png = TestFiles.encoded(TestFiles.picture(3_000, 1_500), "png");
        Files.write(pictures.resolve("screen.png"), png);
        Files.write(pictures.resolve("invoice.pdf"), TestFiles.pdf("Invoice 2026-0815"));
        Files.write(pictures.resolve("large.webp"), Files.readAllBytes(WEBP));
        CallToolResult created = create("screen.png", "invoice.pdf", "large.webp");
        Object ticket = requireNonNull(((Map<?, ?>) requireNonNull(created.structuredContent())).get("ticket_number"));

        CallToolResult screen = call(READ, Map.of("ticket_number", ticket, "file_name", "screen.png"));
        CallToolResult invoice = call(READ, Map.of("ticket_number", ticket, "file_name", "invoice.pdf"));
        CallToolResult web = call(READ, Map.of("ticket_number", ticket, "file_name", "large.webp"));
        CallToolResult table = call(READ, Map.of("ticket_number", 4063, "file_name", "register-extract.csv"));

        ImageContent image = (ImageContent) screen.content().get(1);
        assertThat(image.mimeType()).isEqualTo("image/png");
        BufferedImage pixels =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(image.data())));
        assertThat(List.of(pixels.getWidth(), pixels.getHeight())).containsExactly(1_568, 784);
        assertThat(text(screen))
                .contains("Scaled from 3000 x 1500 to 1568 x 784.")
                .doesNotContain(image.data());
        assertThat(screen.structuredContent().toString()).doesNotContain(image.data());
        assertThat(text(invoice)).contains("Invoice 2026-0815");
        assertThat(web.content().get(1)).isInstanceOf(ImageContent.class);
        assertThat(text(table)).contains("Herrengasse 12");
        assertThat(server.written()).contains("desk_365_attachments_read").doesNotContain("Herrengasse");
    }

    @Test
    void files_outside_the_shared_folder_are_not_sent() {
        for (String reference : List.of(
                "../secret.txt",
                disk.resolve("secret.txt").toString(),
                "file://" + disk.resolve("secret.txt"),
                "http://169.254.169.254/latest/meta-data",
                "https://other.example/monitor.jpg")) {
            CallToolResult refused = create(reference);
            assertThat(refused.isError()).as(reference).isTrue();
            assertThat(text(refused)).startsWith("Nothing was sent. ").doesNotContain("s3cret");
        }
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void the_definitions_name_the_references_that_this_server_accepts() {
        Tool tool = client.listTools().tools().stream()
                .filter(listed -> listed.name().equals(CREATE_TICKET_WITH_FILES))
                .findFirst()
                .orElseThrow();

        assertThat(tool.inputSchema().toString())
                .contains("the path of a file in the shared folder", "an https link to a file on files.example");
        assertThat(requireNonNull(tool.meta()).get("io.github.desk365mcp/attachments"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("forms", List.of("data-uri", "base64", "path", "https-url"));
    }
}
