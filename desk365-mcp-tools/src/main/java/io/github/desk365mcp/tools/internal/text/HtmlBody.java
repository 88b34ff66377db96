package io.github.desk365mcp.tools.internal.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Converts the HTML of a mail to readable text: lines, lists, tables and links, without the markup. */
public final class HtmlBody {

    private static final Pattern HIDDEN = Pattern.compile("(?i)display\\s*:\\s*none|mso-hide\\s*:\\s*all");
    private static final Pattern SCHEME = Pattern.compile("(?i)^(?:(?:https?|ftps?|file)://|mailto:|tel:)");
    private static final Pattern WHITE_SPACE =
            Pattern.compile("(?i)white-space\\s*:\\s*(?:(pre|break-spaces)|normal|nowrap)");

    private static final Set<String> SKIPPED =
            Set.of("head", "style", "script", "title", "template", "noscript", "iframe", "object", "svg", "math");
    private static final Set<String> PARAGRAPHS =
            Set.of("blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul");

    /** Elements in which white space between children is not rendered. */
    private static final Set<String> CONTAINERS = Set.of("dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul");

    /** Elements on a line of their own that the parser does not treat as blocks. */
    private static final Set<String> LINES = Set.of("legend", "option", "summary");

    /** Superscripts that need a mark; ordinals, for example, do not. */
    private static final Pattern EXPONENT = Pattern.compile("[-+−]?\\d+");

    private static final int LONGEST_EXPONENT = 20;
    /** More nodes than the beginning of a link or of a quoted mail's header has. */
    private static final int MOST_NODES = 50;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0]+");
    private static final Pattern LIST_NUMBER = Pattern.compile("-?\\d{1,6}");

    private static final int DEEPEST_INDENT = 8;
    /** The depth limit of newer jsoup versions; the host may use an older one without a limit. */
    private static final int DEEPEST = 512;

    private final boolean markdown;
    private final boolean folds;
    private final PlainTextWriter own = new PlainTextWriter();
    private final PlainTextWriter history = new PlainTextWriter();
    private final Seen seen;
    private PlainTextWriter out = own;
    /** The number of enclosing table cells and list items. */
    private int inside;

    private int depth;
    private int listDepth;
    private int number;
    private boolean firstCell = true;
    /** Whether white space is preserved. */
    private boolean asIs;

    private HtmlBody(boolean markdown, boolean folds, Seen seen) {
        this.markdown = markdown;
        this.folds = folds;
        this.seen = seen;
    }

    /** The elements that contain words or images, computed once. */
    private record Seen(Set<Node> words, Set<Node> images) {

        static Seen in(Element parsed) {
            Seen seen = new Seen(
                    Collections.newSetFromMap(new IdentityHashMap<>()),
                    Collections.newSetFromMap(new IdentityHashMap<>()));
            // Not a lambda: in older versions of jsoup, tail has no default implementation.
            NodeTraversor.traverse(
                    new NodeVisitor() {
                        @Override
                        public void head(Node node, int depth) {
                            if (node instanceof TextNode text && !text.isBlank()) {
                                mark(seen.words, node);
                            } else if (node.nodeName().equals("img")) {
                                mark(seen.images, node);
                            }
                        }

                        @Override
                        public void tail(Node node, int depth) {}
                    },
                    parsed);
            return seen;
        }

        private static void mark(Set<Node> marked, Node node) {
            for (Node outer = node; outer != null && marked.add(outer); ) {
                outer = outer.parent();
            }
        }
    }

    /**
     * Returns the body in a format, without invisible characters.
     *
     * @param isAnswer whether the body is a message that quotes earlier ones, which are folded in plain text
     */
    public static String read(String body, BodyFormat format, boolean isAnswer) {
        return read(body, format, isAnswer, link -> false, image -> {});
    }

    /**
     * The same with names for the images that can be read.
     *
     * @param served whether images are read from where a link points to
     * @param images gets the images that the text names; of HTML, all
     */
    public static String read(
            String body,
            BodyFormat format,
            boolean isAnswer,
            Predicate<String> served,
            Consumer<InlineImages.Image> images) {
        if (format == BodyFormat.HTML) {
            InlineImages.in(body, served).forEach(images);
            return Invisible.stripInHtml(body);
        }
        if (!PlainBody.isHtml(body)) {
            return PlainBody.read(body);
        }
        boolean markdown = format == BodyFormat.MARKDOWN;
        Element parsed = parse(body);
        List<InlineImages.Image> named = InlineImages.name(parsed, served);
        HtmlBody read = new HtmlBody(markdown, isAnswer && !markdown, Seen.in(parsed));
        read.children(parsed);
        String text = Invisible.strip(read.text(parsed));
        named.stream().filter(image -> text.contains("[image " + image.name())).forEach(images);
        return text;
    }

    /** Parses untrusted HTML in time linear in its length. */
    public static Element parse(String html) {
        return Jsoup.parse(HtmlTags.slim(html)).body();
    }

    private String text(Element parsed) {
        String said = own.toString();
        String folded = history.toString();
        if (folded.isEmpty()) {
            return said;
        }
        if (History.isForwarded(said, folded)) {
            HtmlBody whole = new HtmlBody(false, false, seen);
            whole.children(parsed);
            return whole.own.toString();
        }
        return said + "\n[quoted history folded, " + folded.length() + " characters; body_format markdown shows it]";
    }

    private void children(Element element) {
        if (depth == DEEPEST) {
            out.say(element.text());
            return;
        }
        depth++;
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode words) {
                if (asIs && !(words.isBlank() && CONTAINERS.contains(element.normalName()))) {
                    out.sayAsIs(words.getWholeText());
                } else {
                    out.say(words.getWholeText());
                }
            } else if (node instanceof Element inner) {
                element(inner);
            }
        }
        depth--;
    }

    private void element(Element element) {
        if (SKIPPED.contains(element.normalName())
                || HIDDEN.matcher(element.attr("style")).find()) {
            return;
        }
        boolean quoted = folds && out == own && History.isQuotation(element);
        if (quoted || folds && History.beginsAt(element)) {
            out = history;
        }
        boolean outer = asIs;
        Matcher whiteSpace = WHITE_SPACE.matcher(element.attr("style"));
        if (whiteSpace.find()) {
            asIs = whiteSpace.group(1) != null;
        } else if (element.normalName().equals("pre")) {
            asIs = true;
        }
        write(element);
        asIs = outer;
        if (quoted) {
            out = own;
        }
    }

    private void write(Element element) {
        // History may begin inside this element, so it is closed on the writer on which it was opened.
        PlainTextWriter lines = out;
        switch (element.normalName()) {
            case "br" -> out.newLine();
            case "img" -> image(element);
            case "a" -> link(element);
            case "li" -> item(element);
            case "tr" -> row(element);
            case "td", "th" -> cell(element);
            case "b", "strong" -> marked(element, markdown ? "**" : "");
            case "i", "em" -> marked(element, markdown ? "*" : "");
            case "code", "tt" -> marked(element, markdown ? "`" : "");
            case "s", "strike", "del" -> marked(element, "~~");
            case "sup" ->
                marked(
                        element,
                        EXPONENT.matcher(beginning(element, LONGEST_EXPONENT)).matches() ? "^" : "",
                        "");
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                lines.endLine(2);
                if (markdown && seen.words.contains(element)) {
                    lines.mark("#".repeat(element.normalName().charAt(1) - '0') + " ");
                }
                children(element);
                lines.endLine(2);
            }
            case "blockquote" -> {
                lines.endLine(2);
                lines.quote(true);
                children(element);
                lines.endLine(2);
                lines.quote(false);
            }
            case "ul", "ol" -> list(element);
            default -> block(element);
        }
    }

    private void row(Element row) {
        PlainTextWriter lines = out;
        boolean outer = firstCell;
        firstCell = true;
        lines.beginRow();
        children(row);
        lines.endRow(row.childrenSize() > 1);
        firstCell = outer;
    }

    private void cell(Element cell) {
        if (!firstCell) {
            out.nextCell();
        }
        firstCell = false;
        inside++;
        children(cell);
        inside--;
        out.say(" ");
    }

    private void list(Element list) {
        PlainTextWriter lines = out;
        int outer = number;
        number = number(list.attr("start"), 1);
        lines.endLine(listDepth == 0 ? 2 : 1);
        listDepth++;
        children(list);
        listDepth--;
        lines.endLine(listDepth == 0 ? 2 : 1);
        number = outer;
    }

    private static int number(String given, int otherwise) {
        String number = given.strip();
        return LIST_NUMBER.matcher(number).matches() ? Integer.parseInt(number) : otherwise;
    }

    private void block(Element element) {
        String name = element.normalName();
        if (!LINES.contains(name) && (!element.isBlock() || name.equals("ins"))) {
            children(element);
            return;
        }
        boolean paragraph = PARAGRAPHS.contains(name) && !element.className().startsWith("Mso") && inside == 0;
        int lines = paragraph ? 2 : 1;
        if (name.equals("p") && !seen.words.contains(element) && !seen.images.contains(element)) {
            // Mail programs write an empty line like this.
            out.newLine();
            return;
        }
        PlainTextWriter at = out;
        at.endLine(lines);
        children(element);
        at.endLine(lines);
    }

    private void item(Element element) {
        PlainTextWriter lines = out;
        lines.endLine(1);
        Element list = element.parent();
        number = number(element.attr("value"), number);
        String mark = list != null && list.normalName().equals("ol") ? number++ + ". " : "- ";
        if (seen.words.contains(element)) {
            lines.mark("  ".repeat(Math.max(0, Math.min(listDepth, DEEPEST_INDENT) - 1)) + mark);
        }
        inside++;
        children(element);
        inside--;
        lines.endLine(1);
    }

    private void marked(Element element, String mark) {
        marked(element, mark, mark);
    }

    private void marked(Element element, String opening, String closing) {
        PlainTextWriter lines = out;
        lines.open(opening);
        children(element);
        lines.close(opening, closing);
    }

    private void image(Element element) {
        if (InlineImages.isTiny(element)) {
            return;
        }
        String name = element.attr(InlineImages.NAME);
        String alt = element.attr("alt").strip();
        out.say("[image" + (name.isEmpty() ? "" : " " + name) + (alt.isEmpty() ? "]" : ": " + alt + "]"));
    }

    private void link(Element element) {
        String target = element.attr("href").strip();
        String words = beginning(element, target.length() + 1).strip();
        if (!SCHEME.matcher(target).find() || Ascii.isSame(bare(target), bare(words))) {
            children(element);
        } else if (markdown) {
            marked(element, "[", "](" + target + ")");
        } else {
            children(element);
            out.say(" (" + target + ")");
        }
    }

    /**
     * Returns the beginning of an element's text: at least this many characters, unless it has fewer or too many nodes.
     */
    static String beginning(Element element, int letters) {
        StringBuilder words = new StringBuilder();
        int[] nodes = {0};
        NodeTraversor.filter(
                new NodeFilter() {
                    @Override
                    public FilterResult head(Node node, int depth) {
                        if (node instanceof TextNode text) {
                            String whole = text.getWholeText();
                            words.append(whole, 0, Math.min(whole.length(), 2 * letters));
                        } else if (!words.isEmpty()
                                && node instanceof Element inner
                                && (inner.isBlock() || inner.normalName().equals("br"))) {
                            words.append(' ');
                        }
                        boolean isEnough = words.length() > 2 * letters || ++nodes[0] > MOST_NODES;
                        return isEnough ? FilterResult.STOP : FilterResult.CONTINUE;
                    }

                    @Override
                    public FilterResult tail(Node node, int depth) {
                        return FilterResult.CONTINUE;
                    }
                },
                element);
        return BLANKS.matcher(words).replaceAll(" ").strip();
    }

    private static String bare(String address) {
        String bare = SCHEME.matcher(address).replaceFirst("");
        int end = bare.length();
        while (end > 0 && bare.charAt(end - 1) == '/') {
            end--;
        }
        return bare.substring(0, end);
    }
}
