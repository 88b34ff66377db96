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
import org.jsoup.nodes.TextNode;

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

    /** How many letters fit into a line, about. */
    private static final int LETTERS_ON_DESKTOP = 75;

    private static final int LETTERS_ON_PHONE = 36;

    private static final int PIXELS_OF_LINE = 24;
    private static final int HIGHEST = 600;
    private static final int ENDING = 150;
    private static final String BLOCKS = "p,div,li,h1,h2,h3,h4,h5,h6,tr,blockquote,pre,br";

    private final Document content = Document.createShell("");

    /** @param body harmless HTML */
    MailFrame(String body) {
        content.outputSettings().prettyPrint(false);
        content.head().appendElement("style").appendChild(new DataNode(STYLE));
        content.body().html(body);
        // Character references can stand for invisible characters.
        content.body().nodeStream(TextNode.class).forEach(text -> text.text(Visible.of(text.getWholeText())));
        content.body().stream()
                .flatMap(element -> element.attributes().asList().stream())
                .forEach(attribute -> attribute.setValue(Visible.of(attribute.getValue())));
        // A large empty image or cell would push the text after it out of sight.
        content.body().stream().forEach(element -> element.removeAttr("width").removeAttr("height"));
    }

    Document content() {
        return content;
    }

    int words() {
        String text = content.body().text();
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    /** The last words, since the frame may have to be scrolled to reach them. */
    String ending() {
        String text = content.body().text().strip();
        return text.length() <= ENDING
                ? text
                : "… " + text.substring(text.length() - ENDING).replaceFirst("^\\S{1,20}\\s+", "");
    }

    Element element() {
        int onPhone = height(LETTERS_ON_PHONE);
        return new Element("iframe")
                .attr("sandbox", "")
                .attr("title", "The text as its readers will see it")
                .attr("height", String.valueOf(Math.min(HIGHEST, height(LETTERS_ON_DESKTOP))))
                .addClass(onPhone < 200 ? "short" : onPhone < 320 ? "medium" : onPhone < 460 ? "long" : "longest")
                .attr("srcdoc", "<!DOCTYPE html>" + content.outerHtml());
    }

    /** Whether the text may be longer than the frame. */
    boolean isLong() {
        return height(LETTERS_ON_PHONE) >= HIGHEST;
    }

    /** Estimates the height in pixels; without scripts, a frame cannot adapt to what is in it. */
    private int height(int letters) {
        int lines = content.body().text().length() / letters
                + content.select(BLOCKS).size()
                + newlines()
                + 2;
        return PIXELS_OF_LINE * (content.select("img").isEmpty() ? lines : lines + 4);
    }

    private int newlines() {
        return content.select("pre").stream()
                .mapToInt(text -> (int) text.wholeText()
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count())
                .sum();
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
