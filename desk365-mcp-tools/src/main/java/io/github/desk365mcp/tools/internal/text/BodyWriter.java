package io.github.desk365mcp.tools.internal.text;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Writes the elements of a parsed mail as text, and keeps its quoted history apart. */
final class BodyWriter {

    private static final Set<String> PARAGRAPHS =
            Set.of("blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul");

    /** Elements in which white space between children is not rendered. */
    private static final Set<String> CONTAINERS = Set.of("dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul");

    /** Elements on a line of their own that the parser does not treat as blocks. */
    private static final Set<String> LINES = Set.of("legend", "option", "summary");

    /** The depth limit of newer versions of jsoup. A host may use an older version, which has none. */
    private static final int DEEPEST = 512;

    private final boolean markdown;
    private final PlainTextWriter own = new PlainTextWriter();
    private final PlainTextWriter history = new PlainTextWriter();
    private final MailStyles styles;
    private final SeenNodes seen;
    private final ListMarks lists;
    private final TableColumns columns = new TableColumns();
    private final @Nullable QuotedNodes quoted;

    /** The current output: {@link #own} or {@link #history}. */
    private PlainTextWriter out = own;

    /** The number of hidden characters. */
    private int hidden;

    /** How many cells and list items the current node is in. */
    private int inside;

    private int depth;

    /** @param quoted the history; null if it is not kept apart */
    BodyWriter(boolean markdown, MailStyles styles, SeenNodes seen, @Nullable QuotedNodes quoted) {
        this.markdown = markdown;
        this.styles = styles;
        this.seen = seen;
        this.quoted = quoted;
        this.lists = new ListMarks(styles);
    }

    /** Writes the body and records where its words come from. */
    PlainTextWriter trace(Element body) {
        own.record();
        children(body);
        return own;
    }

    BodyWriter write(Element body) {
        children(body);
        return this;
    }

    /** Returns the text outside of the history. */
    String own() {
        return own.toString();
    }

    String history() {
        return history.toString();
    }

    /** Returns the number of hidden characters outside of the history. */
    int hidden() {
        return hidden;
    }

    private void children(Element element) {
        if (depth == DEEPEST) {
            flat(element);
            return;
        }
        depth++;
        // Not an iterator over childNodes(), which makes several objects for each element.
        for (int i = 0; i < element.childNodeSize(); i++) {
            Node node = element.childNode(i);
            PlainTextWriter outer = out;
            boolean folds = quoted != null && quoted.has(node);
            if (folds) {
                out = history;
            }
            if (node instanceof TextNode words) {
                text(words);
            } else if (node instanceof Element inner) {
                element(inner);
            }
            if (folds) {
                out = outer;
            }
        }
        depth--;
    }

    /** Writes all words of an element that is too deep for recursion. */
    private void flat(Element element) {
        new SeenNodes.Walk() {
            @Override
            boolean text(TextNode words) {
                BodyWriter.this.text(words);
                return true;
            }

            @Override
            boolean element(Element inner) {
                if (inner.isBlock() || inner.normalName().equals("br")) {
                    out.say(" ");
                }
                return true;
            }
        }.from(element);
    }

    private void text(TextNode words) {
        String text = words.getWholeText();
        ComputedStyle style = styles.around(words);
        if (style.hidesText()) {
            hide(words);
            return;
        }
        out.strike(style.isStruck());
        String shown = SymbolFont.read(text, style.font());
        out.from(shown.length() == text.length() ? words : null);
        if (style.isAsIs() && !(words.isBlank() && isInContainer(words))) {
            out.sayAsIs(shown);
        } else {
            out.say(shown);
        }
        out.from(null);
    }

    private static boolean isInContainer(Node node) {
        return node.parent() instanceof Element element && CONTAINERS.contains(element.normalName());
    }

    /** Counts hidden text, except in quoted history. */
    private void hide(Node node) {
        if (out == own) {
            hidden += seen.hiddenIn(node);
        }
    }

    private void element(Element element) {
        if (SeenNodes.isSkipped(element)) {
            return;
        }
        if (styles.of(element).isGone()) {
            hide(element);
            return;
        }
        shown(element);
    }

    private void shown(Element element) {
        if (RaisedText.isRaised(element, styles.of(element)) && raised(element)) {
            return;
        }
        // The output may change inside, if history begins there; these lines must end where they begin.
        PlainTextWriter lines = out;
        switch (element.normalName()) {
            case "br" -> lines.newLine();
            case "img" -> {
                if (!styles.hides(element)) {
                    image(element);
                }
            }
            case "a", "area" -> link(element);
            case "li" -> item(element);
            case "tr" -> row(element);
            case "td", "th" -> cell(element);
            case "table" -> {
                columns.beginTable();
                block(element);
                columns.endTable();
            }
            case "thead", "tbody", "tfoot" -> {
                columns.beginGroup();
                block(element);
            }
            case "b", "strong" ->
                marked(element, markdown && !styles.of(element).isNormal("font-weight") ? "**" : "");
            case "i", "em" -> marked(element, markdown && !styles.of(element).isNormal("font-style") ? "*" : "");
            case "code", "tt" -> marked(element, markdown ? "`" : "");
            case "q" -> marked(element, "\"");
            case "input" -> field(element, FormFields.input(element));
            case "select" -> field(element, FormFields.selected(element, seen));
            case "iframe", "video", "audio", "embed", "object" -> media(element);
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                lines.endLine(2);
                if (markdown && seen.hasWords(element)) {
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
            case "ul", "ol", "menu", "dir" -> list(element);
            default -> block(element);
        }
    }

    private void row(Element row) {
        PlainTextWriter lines = out;
        columns.beginRow();
        lines.beginRow();
        children(row);
        lines.endRow(hasSeveralCells(row));
        columns.endRow();
    }

    private static boolean hasSeveralCells(Element row) {
        int cells = 0;
        for (int i = 0; i < row.childNodeSize() && cells < 2; i++) {
            cells += row.childNode(i) instanceof Element ? 1 : 0;
        }
        return cells > 1;
    }

    private void cell(Element cell) {
        for (int borders = columns.next(cell); borders > 0; borders--) {
            out.nextCell();
        }
        inside++;
        children(cell);
        inside--;
        out.say(" ");
    }

    private void list(Element list) {
        PlainTextWriter lines = out;
        lines.endLine(lists.isOutermost() ? 2 : 1);
        lists.begin(list);
        children(list);
        lists.end();
        lines.endLine(lists.isOutermost() ? 2 : 1);
    }

    private void block(Element element) {
        String name = element.normalName();
        if (!LINES.contains(name) && (!element.isBlock() || name.equals("ins") || name.equals("del"))) {
            children(element);
            return;
        }
        boolean paragraph = PARAGRAPHS.contains(name) && !element.className().startsWith("Mso") && inside == 0;
        int lines = paragraph ? 2 : 1;
        if (name.equals("p") && !seen.hasAny(element)) {
            // Mail programs write an empty line this way.
            hide(element);
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
        String mark = lists.next(element);
        if (seen.hasWords(element)) {
            lines.mark(mark);
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

    /** Writes a superscript with a mark if it is a power; returns whether it is one. */
    private boolean raised(Element element) {
        if (RaisedText.isNumerator(element, seen)) {
            if (out.endsInDigit()) {
                out.say(" ");
            }
            return false;
        }
        String power = RaisedText.power(element, seen);
        if (power == null) {
            return false;
        }
        out.strike(styles.of(element).isStruck());
        out.say(power);
        if (RaisedText.endsInSpace(element)) {
            out.say(" ");
        }
        return true;
    }

    private void field(Element element, String text) {
        if (!text.isEmpty() && !styles.of(element).hidesText()) {
            out.strike(styles.of(element).isStruck());
            out.say(text);
            out.say(" ");
        }
    }

    private void media(Element element) {
        String source = EmbeddedMedia.source(element);
        if (source != null && !styles.hides(element)) {
            out.say("[" + element.normalName() + ": " + source + "]");
        }
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
        String target = LinkTarget.of(element.attr("href"));
        if (target == null || !seen.hasAny(element) && !element.normalName().equals("area")) {
            children(element);
            return;
        }
        String words = element.normalName().equals("area")
                ? element.attr("alt").strip()
                : seen.beginning(element, target.length() + 1).strip();
        boolean isTold = LinkTarget.isIn(words, target);
        if (markdown && !isTold) {
            marked(element, "[", "](" + target + ")");
            return;
        }
        if (element.normalName().equals("area")) {
            out.say(words);
        } else {
            children(element);
        }
        if (!isTold) {
            out.say(" (" + target + ")");
        }
    }
}
