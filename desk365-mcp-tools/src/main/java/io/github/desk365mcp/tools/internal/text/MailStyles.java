package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** The computed style of each element of a mail. */
final class MailStyles {

    private final Map<Node, ComputedStyle> computed = new IdentityHashMap<>();
    private final CssCascade cascade;

    private MailStyles(CssCascade cascade) {
        this.cascade = cascade;
    }

    static MailStyles of(Element body, List<HtmlTags.Sheet> sheets) {
        List<CssRule> rules = new ArrayList<>();
        for (HtmlTags.Sheet sheet : sheets) {
            CssSheet.read(sheet.css(), sheet.media(), rules);
        }
        MailStyles styles = new MailStyles(new CssCascade(rules));
        // Not a lambda: older versions of jsoup have no default method for leaving a node.
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof Element element) {
                            styles.compute(element);
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {}
                },
                body.root());
        return styles;
    }

    private void compute(Element element) {
        computed.put(element, ComputedStyle.of(of(element.parent()), element, cascade.of(element)));
    }

    /** Returns the style of an element. */
    ComputedStyle of(@org.jspecify.annotations.Nullable Node element) {
        return element == null ? ComputedStyle.INITIAL : computed.getOrDefault(element, ComputedStyle.INITIAL);
    }

    /** Returns the style around a text. Not declared for a TextNode: in older jsoup, its parent has another type. */
    ComputedStyle around(Node text) {
        return of(text.parent());
    }

    /** Whether a text or an image is invisible. */
    boolean hides(Node node) {
        return node instanceof Element element
                ? of(element).hidesAll()
                : of(node.parent()).hidesText();
    }

    /** Whether all rules of the style sheets were applied. */
    boolean isComplete() {
        return cascade.isComplete();
    }
}
