package io.github.desk365mcp.tools;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Reads the HTML of a mail as a person would: lines, lists, tables and links, without the markup. */
final class HtmlBody {

    private static final Pattern MARKUP = Pattern.compile("<[a-zA-Z!/][^>]*>|&(?:[a-zA-Z]{2,8}|#\\w{1,7});");
    private static final Pattern HIDDEN = Pattern.compile("(?i)display\\s*:\\s*none|mso-hide\\s*:\\s*all");
    private static final Pattern SCHEME = Pattern.compile("(?i)^(?:https?://|mailto:|tel:)");
    /** Outlook draws this line above the mail that it answers; all below it is history. */
    private static final Pattern OUTLOOK_LINE = Pattern.compile("(?i)border-top\\s*:\\s*solid\\s+#(?:e1e1e1|b5c4df)");

    private static final Set<String> SKIPPED =
            Set.of("head", "style", "script", "title", "template", "noscript", "iframe", "object", "svg", "math");
    private static final Set<String> PARAGRAPHS =
            Set.of("blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul");

    private final boolean markdown;
    private final Lines own = new Lines();
    private final Lines history = new Lines();
    private Lines out = own;
    private int listDepth;

    private HtmlBody(boolean markdown) {
        this.markdown = markdown;
    }

    /** Whether there is markup in it, or at least a character written as HTML does. */
    static boolean isHtml(String body) {
        return MARKUP.matcher(body).find();
    }

    /** The body in a form; one without markup is as it is, but for characters that nobody sees. */
    static String read(String body, BodyFormat format) {
        if (format == BodyFormat.HTML) {
            return Invisible.stripInHtml(body);
        }
        if (!isHtml(body)) {
            return Invisible.strip(body).strip();
        }
        HtmlBody read = new HtmlBody(format == BodyFormat.MARKDOWN);
        Element parsed = Jsoup.parse(body).body();
        read.children(parsed);
        return read.text(parsed);
    }

    /** Plain text as HTML, with its line breaks. */
    static String ofText(String text) {
        String escaped = Entities.escape(text.strip());
        return "<p>" + escaped.replaceAll("\\R{2,}", "</p><p>").replaceAll("\\R", "<br>") + "</p>";
    }

    private String text(Element parsed) {
        String said = own.toString();
        String folded = history.toString();
        if (folded.isEmpty()) {
            return said;
        }
        if (said.isEmpty()) {
            // All of it is quotation, so it was forwarded: the quotation is what the mail says.
            HtmlBody whole = new HtmlBody(true);
            whole.children(parsed);
            return whole.own.toString();
        }
        return said + "\n[quoted history folded, " + folded.length() + " characters; body_format markdown shows it]";
    }

    private void children(Element element) {
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode words) {
                if (element.normalName().equals("pre") || element.closest("pre") != null) {
                    out.sayAsIs(words.getWholeText());
                } else {
                    out.say(words.getWholeText());
                }
            } else if (node instanceof Element inner) {
                element(inner);
            }
        }
    }

    private void element(Element element) {
        if (SKIPPED.contains(element.normalName())
                || HIDDEN.matcher(element.attr("style")).find()) {
            return;
        }
        boolean quoted = !markdown
                && out == own
                && element.is("blockquote[type=cite], .gmail_quote, .yahoo_quoted, .protonmail_quote");
        if (quoted || !markdown && beginsHistory(element)) {
            out = history;
        }
        write(element);
        if (quoted) {
            out = own;
        }
    }

    private static boolean beginsHistory(Element element) {
        return element.id().equals("divRplyFwdMsg")
                || element.id().equals("appendonsend")
                || OUTLOOK_LINE.matcher(element.attr("style")).find();
    }

    private void write(Element element) {
        switch (element.normalName()) {
            case "br" -> out.newLine();
            case "img" -> image(element);
            case "a" -> link(element);
            case "li" -> item(element);
            case "tr" -> {
                out.nextRow();
                children(element);
                out.nextRow();
            }
            case "td", "th" -> {
                if (element.previousElementSibling() != null) {
                    out.nextCell();
                }
                children(element);
                out.say(" ");
            }
            case "b", "strong" -> marked(element, "**");
            case "i", "em" -> marked(element, "*");
            case "code", "tt" -> marked(element, "`");
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                out.endLine(2);
                if (markdown && element.hasText()) {
                    out.mark("#".repeat(element.normalName().charAt(1) - '0') + " ");
                }
                children(element);
                out.endLine(2);
            }
            case "blockquote" -> {
                out.endLine(2);
                out.quote(true);
                children(element);
                out.endLine(2);
                out.quote(false);
            }
            case "ul", "ol" -> {
                out.endLine(listDepth == 0 ? 2 : 1);
                listDepth++;
                children(element);
                listDepth--;
                out.endLine(listDepth == 0 ? 2 : 1);
            }
            default -> block(element);
        }
    }

    private void block(Element element) {
        if (!element.isBlock()) {
            children(element);
            return;
        }
        boolean paragraph = PARAGRAPHS.contains(element.normalName())
                && !element.className().startsWith("Mso")
                && element.closest("td, th, li") == null;
        int lines = paragraph ? 2 : 1;
        if (element.normalName().equals("p") && !element.hasText() && element.selectFirst("img") == null) {
            // How mail programs write an empty line.
            out.newLine();
            return;
        }
        out.endLine(lines);
        children(element);
        out.endLine(lines);
    }

    private void item(Element element) {
        out.endLine(1);
        if (element.hasText()) {
            Element list = element.parent();
            boolean numbered = list != null && list.normalName().equals("ol");
            String mark = numbered ? element.elementSiblingIndex() + 1 + ". " : "- ";
            out.mark("  ".repeat(Math.max(0, listDepth - 1)) + mark);
        }
        children(element);
        out.endLine(1);
    }

    private void marked(Element element, String mark) {
        if (!markdown || !element.hasText()) {
            children(element);
            return;
        }
        out.mark(mark);
        children(element);
        out.close(mark);
    }

    private void image(Element element) {
        if (element.attr("width").matches("[01]") || element.attr("height").matches("[01]")) {
            // Counts readers; there is nothing to see.
            return;
        }
        String alt = element.attr("alt").strip();
        out.say(alt.isEmpty() ? "[image]" : "[image: " + alt + "]");
    }

    private void link(Element element) {
        String target = element.attr("href").strip();
        String words = element.text().strip();
        if (!SCHEME.matcher(target).find() || bare(target).equalsIgnoreCase(bare(words))) {
            children(element);
        } else if (markdown) {
            out.mark("[");
            children(element);
            out.close("](" + target + ")");
        } else {
            children(element);
            out.say(" (" + target + ")");
        }
    }

    private static String bare(String address) {
        return SCHEME.matcher(address).replaceFirst("").replaceFirst("/+$", "");
    }
}
