package io.github.desk365mcp.sandbox;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes {@code multipart/form-data} byte by byte, so that a test controls what is sent. */
final class Form {

    static final String BOUNDARY = "----sandbox-7MA4YWxk";

    private final List<InputStream> pieces = new ArrayList<>();

    Form field(String name, String value) {
        head("Content-Disposition: form-data; name=\"" + name + "\"");
        return piece(value.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    Form file(String name, String fileName, String type, byte[] content) {
        return file(name, fileName, type, new ByteArrayInputStream(content));
    }

    Form file(String name, String fileName, String type, InputStream content) {
        head("Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"\r\nContent-Type: "
                + type);
        pieces.add(content);
        return piece(new byte[0]);
    }

    private void head(String headers) {
        text("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n");
    }

    private Form piece(byte[] content) {
        pieces.add(new ByteArrayInputStream(content));
        text("\r\n");
        return this;
    }

    private void text(String text) {
        pieces.add(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    BodyPublisher end() {
        text("--" + BOUNDARY + "--\r\n");
        return BodyPublishers.ofInputStream(() -> new SequenceInputStream(Collections.enumeration(pieces)));
    }
}
