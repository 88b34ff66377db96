package io.github.desk365mcp.tools.internal.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** Determines which elements of a mail have visible words or images. */
final class SeenNodes {

    private static final Set<String> SKIPPED = Set.of(
            "head",
            "style",
            "script",
            "title",
            "template",
            "noscript",
            "noembed",
            "noframes",
            "svg",
            "math",
            "datalist",
            "xml");

    private static final Set<String> PICTURES =
            Set.of("img", "svg", "video", "audio", "iframe", "embed", "object", "canvas", "math");

    private static final Set<String> FIELDS = Set.of("input", "select", "textarea");

    /** Enough nodes for the beginning of a link or of the header of a quoted mail. */
    private static final int MOST_NODES = 50;

    private final MailStyles styles;
    private final Set<Node> words = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> pictures = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> quotations = Collections.newSetFromMap(new IdentityHashMap<>());

    SeenNodes(Element parsed, MailStyles styles) {
        this.styles = styles;
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        look(node);
                    }

                    @Override
                    public void tail(Node node, int depth) {}
                },
                parsed);
    }

    private void look(Node node) {
        if (node instanceof TextNode text) {
            if (!text.isBlank() && !styles.hides(node)) {
                mark(words, node.parent());
            }
        } else if (node instanceof Element element) {
            String name = element.normalName();
            if (name.equals("blockquote")) {
                mark(quotations, node);
            }
            boolean isPicture = PICTURES.contains(name);
            if ((isPicture || FIELDS.contains(name)) && !styles.hides(node)) {
                mark(isPicture ? pictures : words, node);
            }
        }
    }

    private static void mark(Set<Node> marked, @Nullable Node node) {
        for (Node outer = node; outer != null && marked.add(outer); ) {
            outer = outer.parent();
        }
    }

    /** Whether an element is never shown, whatever its style. */
    static boolean isSkipped(Element element) {
        return SKIPPED.contains(element.normalName());
    }

    boolean hasWords(Element element) {
        return words.contains(element);
    }

    boolean hasQuotation(Element element) {
        return quotations.contains(element);
    }

    boolean hasAny(Element element) {
        return words.contains(element) || pictures.contains(element);
    }

    /** A walk through a mail that enters every element that may be shown. */
    abstract static class Walk implements NodeFilter {

        /** Returns whether the walk continues. */
        abstract boolean text(TextNode text);

        /** Called before the children of an element; returns whether the walk continues. */
        boolean element(Element element) {
            return true;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode text) {
                return text(text) ? FilterResult.CONTINUE : FilterResult.STOP;
            }
            if (!(node instanceof Element element)) {
                return FilterResult.CONTINUE;
            }
            return isSkipped(element)
                    ? FilterResult.SKIP_CHILDREN
                    : element(element) ? FilterResult.CONTINUE : FilterResult.STOP;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            return FilterResult.CONTINUE;
        }

        void from(Node node) {
            NodeTraversor.filter(this, node);
        }
    }

    /** Counts the characters of hidden text in a node. */
    int hiddenIn(Node node) {
        int[] hidden = {0};
        new Walk() {
            @Override
            boolean text(TextNode text) {
                hidden[0] += styles.hides(text) ? length(text.getWholeText()) : 0;
                return true;
            }
        }.from(node);
        return hidden[0];
    }

    /** Counts the characters of a text; a run of blanks counts as one. */
    static int length(String text) {
        return collapse(Invisible.strip(text)).length();
    }

    /**
     * Returns the first visible words of an element: at least this many letters if it has them, and few nodes more.
     */
    String beginning(Node element, int letters) {
        StringBuilder begins = new StringBuilder();
        int[] nodes = {0};
        new Walk() {
            @Override
            boolean text(TextNode text) {
                if (!styles.hides(text)) {
                    String whole = text.getWholeText();
                    begins.append(whole, 0, Math.min(whole.length(), 2 * letters));
                }
                return goesOn();
            }

            @Override
            boolean element(Element inner) {
                if (!begins.isEmpty() && (inner.isBlock() || inner.normalName().equals("br"))) {
                    begins.append(' ');
                }
                return goesOn();
            }

            private boolean goesOn() {
                return begins.length() <= 2 * letters && ++nodes[0] <= MOST_NODES;
            }
        }.from(element);
        return collapse(begins);
    }

    /** Returns the text with each run of blanks as one space, and without blanks around it. */
    private static String collapse(CharSequence text) {
        StringBuilder words = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (!isBlank(letter)) {
                words.append(letter);
            } else if (words.isEmpty() || words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        }
        return words.toString().strip();
    }

    private static boolean isBlank(char letter) {
        return letter == ' ' || letter >= '\t' && letter <= '\r' || letter == '\u00A0';
    }
}
