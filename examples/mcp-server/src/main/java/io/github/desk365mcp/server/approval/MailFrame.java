package io.github.desk365mcp.server.approval;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The frame with the text that readers will see. It is sandboxed: nothing in it runs, is submitted or opens another
 * page.
 */
final class MailFrame {

    private static final String STYLE = read();

    /**
     * Allows the style sheet of the frame in a content security policy. A sandboxed frame has no origin, so it cannot
     * load the style sheet from this server.
     */
    static final String STYLE_HASH = "'sha256-" + hash(STYLE) + "'";

    private static final int SHORT = 300;
    private static final int LONG = 1_200;

    private final Document content = Document.createShell("");

    /** @param body harmless HTML */
    MailFrame(String body) {
        content.outputSettings().prettyPrint(false);
        content.head().appendElement("style").appendChild(new DataNode(STYLE));
        content.body().html(body);
    }

    Document content() {
        return content;
    }

    boolean hasImages() {
        return !content.select("img").isEmpty();
    }

    Element element() {
        int length = content.body().text().length();
        return new Element("iframe")
                .attr("sandbox", "")
                .attr("title", "The text as its readers will see it")
                .addClass(length < SHORT ? "short" : length < LONG ? "medium" : "long")
                .attr("srcdoc", "<!DOCTYPE html>" + content.outerHtml());
    }

    private static String read() {
        try (InputStream css = Objects.requireNonNull(MailFrame.class.getResourceAsStream("mail.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String style) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
