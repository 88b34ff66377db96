package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.RequestBody;
import okio.Buffer;

/** What a strict reader finds in a form is what was put into it: names, file names, types and bytes. */
class MultipartFuzzTest {

    /** Separates the pieces of an input: the object, then a name, a type and the content for each file. */
    private static final char SEPARATOR = '\u001e';

    /** No header of a form has one of these; a server may end a header there, or refuse the form. */
    private static final String CONTROLS = "[\\x00-\\x08\\x0a-\\x1f\\x7f]";

    private record Part(Map<String, String> headers, byte[] content) {}

    @FuzzTest
    void a_form_is_read_as_it_was_sent(byte[] input) throws IOException {
        String[] pieces = new String(input, ISO_8859_1).split(String.valueOf(SEPARATOR), -1);
        String object = text(pieces[0]);
        List<Attachment> files = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (int i = 1; i + 2 < pieces.length; i += 3) {
            byte[] content = pieces[i + 2].getBytes(ISO_8859_1);
            try {
                files.add(
                        i % 2 == 0
                                ? Attachment.of(text(pieces[i]), text(pieces[i + 1]), content)
                                : Attachment.of(
                                        text(pieces[i]), text(pieces[i + 1]), () -> new ByteArrayInputStream(content)));
                contents.add(content);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).matches("an attachment needs a name|not a media type: [\\x20-\\x7e]*");
            }
        }
        if (files.isEmpty()) {
            return;
        }
        RequestBody form = Bodies.multipart("note_object", object, files);
        Buffer sent = new Buffer();
        form.writeTo(sent);
        if (files.stream().allMatch(Attachment::hasLength)) {
            assertThat(form.contentLength()).isEqualTo(sent.size());
        }
        List<Part> parts =
                read(String.valueOf(form.contentType()), sent.readByteString().string(ISO_8859_1));

        assertThat(parts).hasSize(1 + files.size());
        Part first = parts.get(0);
        assertThat(first.headers())
                .containsEntry("Content-Disposition", "form-data; name=\"note_object\"")
                .containsEntry("Content-Type", "application/json");
        assertThat(first.content()).isEqualTo(object.getBytes(UTF_8));
        for (int i = 0; i < files.size(); i++) {
            Part part = parts.get(i + 1);
            Attachment file = files.get(i);
            assertThat(part.content()).isEqualTo(contents.get(i));
            String disposition = Objects.requireNonNull(part.headers().get("Content-Disposition"));
            String before = "form-data; name=\"" + (files.size() == 1 ? "file" : "files") + "\"; filename=\"";
            assertThat(disposition).startsWith(before).endsWith("\"");
            String name = disposition.substring(before.length(), disposition.length() - 1);
            assertThat(name).doesNotContain("\"");
            assertThat(unescaped(name))
                    .isEqualTo(unescaped(new String(file.name().getBytes(UTF_8), UTF_8)));
            assertThat(part.headers().get("Content-Type"))
                    .isIn(file.mediaType(), file.mediaType().split(";", 2)[0].strip());
        }
    }

    /** A private character stands for half of a surrogate pair, which UTF-8 cannot have. */
    private static String text(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8).replace('\uE000', '\uD83D');
    }

    /** The three characters that browsers escape, and the others that must not be in a header. */
    private static String unescaped(String name) {
        String plain = name;
        for (int point = 0; point < 128; point++) {
            if (point < ' ' || point == '"' || point == 0x7f) {
                plain = plain.replace("%%%02X".formatted(point), String.valueOf((char) point));
            }
        }
        return plain;
    }

    /** Reads a form and takes nothing that RFC 2046 does not allow. */
    private static List<Part> read(String type, String form) {
        String sign = "multipart/form-data; boundary=";
        assertThat(type).startsWith(sign);
        String boundary = "--" + type.substring(sign.length());
        List<Part> parts = new ArrayList<>();
        assertThat(form).startsWith(boundary + "\r\n");
        int at = boundary.length() + 2;
        while (true) {
            Map<String, String> headers = new LinkedHashMap<>();
            for (int end = form.indexOf("\r\n", at); end > at; end = form.indexOf("\r\n", at)) {
                String line = new String(form.substring(at, end).getBytes(ISO_8859_1), UTF_8);
                int colon = line.indexOf(": ");
                assertThat(colon).isPositive();
                assertThat(line).doesNotContainPattern(CONTROLS);
                assertThat(headers.put(line.substring(0, colon), line.substring(colon + 2)))
                        .isNull();
                at = end + 2;
            }
            int begin = at + 2;
            int end = form.indexOf("\r\n" + boundary, begin);
            assertThat(end).isNotNegative();
            parts.add(new Part(headers, form.substring(begin, end).getBytes(ISO_8859_1)));
            at = end + 2 + boundary.length();
            if (form.startsWith("--", at)) {
                assertThat(form.substring(at)).isEqualTo("--\r\n");
                return parts;
            }
            assertThat(form.startsWith("\r\n", at)).isTrue();
            at += 2;
        }
    }
}
