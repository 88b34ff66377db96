package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AttachmentsTest {

    private static final String TICKET =
            "{'email': 'nora.vance@northwind.example', 'subject': 's', 'description': 'd', 'status': 'Open'}";

    private final ManualClock clock = new ManualClock();
    private final Desk365Sandbox sandbox =
            Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).clock(clock));
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void files_of_a_new_ticket_are_returned_byte_for_byte() throws NoSuchAlgorithmException {
        byte[] picture = bytes(300_000);
        Reply created = caller.form(
                "/tickets/create_with_attachment",
                new Form()
                        .field("ticket_object", TICKET)
                        .file("files", "Übersicht März.png", "image/png", picture)
                        .file("files", "empty.txt", "text/plain", new byte[0])
                        .end());

        assertThat(created.status()).as(created.text()).isEqualTo(200);
        JsonNode attachment = created.json().at("/attachments/0");
        assertThat(attachment.propertyNames())
                .containsExactly("file_name", "file_size", "file_type", "created_on", "attachment_url");
        assertThat(attachment.path("file_name").asString()).isEqualTo("Übersicht März.png");
        assertThat(attachment.path("file_size").asInt()).isEqualTo(300_000);
        assertThat(attachment.path("file_type").asString()).isEqualTo("image/png");
        Reply file = caller.file(attachment.path("attachment_url").asString());
        assertThat(file.response().body()).isEqualTo(picture);
        assertThat(file.header("Content-Type")).isEqualTo("image/png");

        Part part = sandbox.exchanges().get(0).parts().get(1);
        assertThat(part.sha256()).isEqualTo(sha256(picture));
        assertThat(part.size()).isEqualTo(300_000);
        assertThat(sandbox.violations()).isEmpty();
    }

    @Test
    void the_object_may_be_in_the_query_and_a_single_file_may_be_called_file() {
        Reply created = caller.form(
                "/tickets/create_with_attachment",
                new Form().file("file", "a.txt", "text/plain", bytes(3)).end(),
                "ticket_object",
                TICKET.replace('\'', '"'));

        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.json().path("attachments")).hasSize(1);
    }

    @Test
    void a_missing_object_is_405() {
        assertThat(caller.form(
                                "/tickets/create_with_attachment",
                                new Form()
                                        .file("file", "a.txt", "text/plain", bytes(3))
                                        .end())
                        .status())
                .isEqualTo(405);
    }

    @Test
    void replies_and_notes_take_files_and_a_ticket_number_in_query_or_form() {
        Reply reply = caller.form(
                "/tickets/add_reply_with_attachment",
                new Form()
                        .field("reply_object", "{'body': 'x'}")
                        .file("files", "a.txt", "text/plain", bytes(3))
                        .end(),
                "ticket_number",
                "4088");
        Reply note = caller.form(
                "/tickets/add_note_with_attachment",
                new Form()
                        .field("ticket_number", "4088")
                        .field("note_object", "{'body': 'y'}")
                        .file("file", "b.txt", "text/plain", bytes(4))
                        .end());

        assertThat(List.of(reply.status(), note.status())).containsExactly(201, 201);
        assertThat(note.json().at("/attachments/0/file_size").asInt()).isEqualTo(4);
        JsonNode thread =
                caller.get("/tickets/conversations", "ticket_number", "4088").json();
        assertThat(thread.at("/conversations/0/attachments_count").asInt()).isEqualTo(1);
        assertThat(thread.at("/conversations/0/attachments/0/file_name").asString())
                .isEqualTo("a.txt");
        assertThat(sandbox.violations()).isEmpty();
    }

    @Test
    void contacts_and_companies_accept_files_too() {
        Reply contact = caller.form(
                "/contacts/create_with_attachment",
                new Form()
                        .field("contact_object", "{'name': 'A', 'primary_email': 'a@b.example'}")
                        .file("file", "a.png", "image/png", bytes(3))
                        .end());
        Reply company = caller.form(
                "/companies/create_with_attachment",
                new Form()
                        .field("company_object", "{'name': 'B'}")
                        .file("file", "b.png", "image/png", bytes(3))
                        .end());

        assertThat(List.of(contact.status(), company.status())).containsExactly(200, 200);
        assertThat(caller.get("/companies/details", "name", "B").status()).isEqualTo(200);
        assertThat(sandbox.violations()).isEmpty();
    }

    @Test
    void a_link_works_for_an_hour() {
        String url = caller.get("/tickets/details", "ticket_number", "4063")
                .json()
                .at("/attachments/0/attachment_url")
                .asString();

        clock.advance(Duration.ofSeconds(3_599));
        assertThat(new String(caller.file(url).response().body(), StandardCharsets.US_ASCII))
                .startsWith("%PDF");
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.file(url).status()).isEqualTo(403);
        assertThat(caller.file(url.replaceAll("/files/.*", "/files/9-x/a")).status())
                .isEqualTo(404);
    }

    @Test
    void a_file_beyond_the_limit_is_counted_and_hashed_but_not_kept() throws Exception {
        byte[] block = bytes(1024 * 1024);
        int blocks = 40;
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < blocks; i++) {
            digest.update(block);
        }

        Reply created = caller.form(
                "/tickets/create_with_attachment",
                new Form()
                        .field("ticket_object", TICKET)
                        .file("file", "big.bin", "application/octet-stream", repeat(block, blocks))
                        .end());

        assertThat(created.json().at("/attachments/0/file_size").asLong()).isEqualTo(40L * 1024 * 1024);
        Part part = sandbox.exchanges().get(0).parts().get(1);
        assertThat(part.sha256()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        assertThat(part.text()).isNull();
        String url = created.json().at("/attachments/0/attachment_url").asString();
        assertThat(caller.file(url).status()).isEqualTo(404);
    }

    private static InputStream repeat(byte[] block, int times) {
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return position == (long) block.length * times ? -1 : block[(int) (position++ % block.length)] & 0xFF;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (position == (long) block.length * times) {
                    return -1;
                }
                int from = (int) (position % block.length);
                int n = Math.min(length, block.length - from);
                System.arraycopy(block, from, to, offset, n);
                position += n;
                return n;
            }
        };
    }
}
