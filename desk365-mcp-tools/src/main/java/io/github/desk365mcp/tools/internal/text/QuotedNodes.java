package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * The parts of a mail that quote earlier messages: quotations, the lines that say who is quoted, and everything below
 * the line that Outlook draws. Forwarded messages are not included.
 */
final class QuotedNodes {

    private static final Set<String> CONTAINERS = Set.of(
            "gmail_quote",
            "gmail_quote_container",
            "yahoo_quoted",
            "protonmail_quote",
            "tutanota_quote",
            "zmail_extra",
            "freshdesk_quote",
            "hs_reply",
            "sh-quoted-content",
            "moz-cite-prefix",
            "gmail_attr",
            "ms-outlook-mobile-reference-message",
            "mail-editor-reference-message-container",
            "reply-intro",
            "isReplyContent",
            "oriMsgHtmlSeperator");

    private static final Set<String> QUOTATIONS = Set.of(
            "cite",
            "gmail_quote",
            "protonmail_quote",
            "tutanota_quote",
            "front-blockquote",
            "blockquote_zmail",
            "quote");

    /** Marks of GMX, Zimbra and Spark, in other attributes. */
    private static final Set<String> NAMED =
            Set.of("quote", "quoted-content", "messageReplySection", "__HEADERS__", "__QUOTED_TEXT__", "__DIVIDER__");

    private static final Set<String> BEGINNINGS =
            Set.of("divRplyFwdMsg", "appendonsend", "stopSpelling", "zwchr", "ms-outlook-mobile-body-separator-line");

    /** The line that Outlook draws above a quoted mail; servers write it in many ways. */
    private static final Pattern OUTLOOK_LINE =
            Pattern.compile("(?i)border(?:-top)?(?:-color|-style|-width)?\\s{0,5}:[^;]{0,60}?(?:solid|#|rgb)");

    private static final Pattern OUTLOOK_COLOR = Pattern.compile(
            "(?i)#(?:e1e1e1|b5c4df)|rgb\\(\\s?225,\\s?225,\\s?225\\s?\\)|rgb\\(\\s?181,\\s?196,\\s?223\\s?\\)");

    private static final Pattern LABEL = Pattern.compile("^[^\\s:：][^:：]{0,30}[:：]");

    /** Prefixes that servers and other mail programs add to ids and classes. */
    private static final Pattern RENAMED = Pattern.compile("^(?:x_|m_-?\\d{1,25}|yiv\\d{1,15})+");

    private static final int BEGINNING = 400;
    private static final int LONGEST_LINE = 300;
    private static final int MOST_STEPS = 40;

    private final SeenNodes seen;
    private final Set<Node> quoted = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean begun;
    private boolean isOutlookOnTheWeb;

    private QuotedNodes(SeenNodes seen) {
        this.seen = seen;
    }

    static QuotedNodes in(Element parsed, SeenNodes seen) {
        QuotedNodes nodes = new QuotedNodes(seen);
        NodeTraversor.filter(
                new NodeFilter() {
                    @Override
                    public FilterResult head(Node node, int depth) {
                        return node instanceof Element element ? nodes.look(element) : FilterResult.CONTINUE;
                    }

                    @Override
                    public FilterResult tail(Node node, int depth) {
                        return FilterResult.CONTINUE;
                    }
                },
                parsed);
        return nodes;
    }

    boolean has(Node node) {
        return !quoted.isEmpty() && quoted.contains(node);
    }

    /** Whether the mark is from Outlook on the web, which writes the same for replies and forwards. */
    boolean isOutlookOnTheWeb() {
        return isOutlookOnTheWeb;
    }

    private NodeFilter.FilterResult look(Element element) {
        boolean isQuote = element.normalName().equals("blockquote");
        if (begun || quoted.contains(element)) {
            return NodeFilter.FilterResult.SKIP_CHILDREN;
        }
        Set<String> names = names(element);
        boolean isContainer = !isQuote && hasAny(names, CONTAINERS) || hasAny(names, NAMED);
        List<Node> attribution = isQuote ? attribution(element) : List.of();
        boolean isQuotation = isQuote
                && (Ascii.isSame(element.attr("type"), "cite")
                        || hasAny(names, QUOTATIONS)
                        || !attribution.isEmpty()
                        || isInContainer(element));
        if (isContainer || isQuotation) {
            if (History.beginsForwarded(seen.beginning(element, BEGINNING))) {
                return NodeFilter.FilterResult.SKIP_CHILDREN;
            }
            boolean answersInside = isContainer && seen.hasQuotation(element);
            if (!answersInside) {
                quoted.add(element);
                quoted.addAll(attribution);
                return NodeFilter.FilterResult.SKIP_CHILDREN;
            }
            return NodeFilter.FilterResult.CONTINUE;
        }
        if (isBeginning(element, names)) {
            begin(element);
            return NodeFilter.FilterResult.SKIP_CHILDREN;
        }
        return NodeFilter.FilterResult.CONTINUE;
    }

    /** Returns the names that may mark a quotation (id, classes and others), without the prefixes of servers. */
    private static Set<String> names(Element element) {
        if (!element.hasAttr("id")
                && !element.hasAttr("name")
                && !element.hasAttr("data-marker")
                && !element.hasAttr("class")) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        add(element.id(), names);
        add(element.attr("name"), names);
        add(element.attr("data-marker"), names);
        CssCascade.classes(element).forEach(name -> add(name, names));
        return names;
    }

    private static boolean hasAny(Set<String> names, Set<String> wanted) {
        return !names.isEmpty() && !Collections.disjoint(names, wanted);
    }

    private static void add(String name, Set<String> names) {
        if (!name.isEmpty()) {
            boolean mayBeRenamed = name.startsWith("x_") || name.startsWith("m_") || name.startsWith("yiv");
            names.add(mayBeRenamed ? RENAMED.matcher(name).replaceFirst("") : name);
        }
    }

    private boolean isInContainer(Element quote) {
        Node outer = quote.parent();
        for (int i = 0; i < 4 && outer instanceof Element element; i++) {
            Set<String> names = names(element);
            if (hasAny(names, CONTAINERS) || hasAny(names, NAMED)) {
                return true;
            }
            outer = outer.parent();
        }
        return false;
    }

    private boolean isBeginning(Element element, Set<String> names) {
        if (hasAny(names, BEGINNINGS)) {
            isOutlookOnTheWeb = names.contains("divRplyFwdMsg") || names.contains("appendonsend");
            return true;
        }
        String style = element.attr("style");
        return !style.isEmpty()
                && OUTLOOK_COLOR.matcher(style).find()
                && OUTLOOK_LINE.matcher(style).find()
                && LABEL.matcher(seen.beginning(element, BEGINNING)).find();
    }

    /** Everything from this element on is quoted. */
    private void begin(Element element) {
        begun = true;
        quoted.add(element);
        for (Node outer = element; outer != null; outer = outer.parent()) {
            Node parent = outer.parent();
            if (parent != null) {
                List<Node> children = parent.childNodes();
                quoted.addAll(children.subList(outer.siblingIndex() + 1, children.size()));
            }
        }
    }

    /** Returns the nodes above a quotation that say who is quoted; empty if there are none. */
    private List<Node> attribution(Element quotation) {
        Node at = quotation;
        int steps = 0;
        while (at != null && at.previousSibling() == null && steps++ < 3) {
            at = at.parent();
        }
        Node before = at == null ? null : at.previousSibling();
        while (before != null && isGap(before) && steps++ < MOST_STEPS) {
            before = before.previousSibling();
        }
        while (before instanceof Element block && block.isBlock() && steps++ < MOST_STEPS) {
            String line = seen.beginning(block, BEGINNING);
            if (line.length() <= LONGEST_LINE && History.isAttribution(line)) {
                return List.of(block);
            }
            before = block.childNodeSize() == 0 ? null : block.childNode(block.childNodeSize() - 1);
            while (before != null && isGap(before) && steps++ < MOST_STEPS) {
                before = before.previousSibling();
            }
        }
        List<Node> line = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        while (before != null && !isBreak(before) && steps++ < MOST_STEPS && words.length() <= LONGEST_LINE) {
            line.add(before);
            words.insert(0, before instanceof Element ? seen.beginning(before, BEGINNING) : text(before));
            before = before.previousSibling();
        }
        return History.isAttribution(words.toString().strip()) ? line : List.of();
    }

    private static String text(Node node) {
        return node instanceof TextNode text ? text.text() : "";
    }

    private static boolean isGap(Node node) {
        return node instanceof TextNode text
                ? text.isBlank()
                : node.nodeName().equals("br") || !(node instanceof Element);
    }

    private static boolean isBreak(Node node) {
        return node instanceof Element element
                && (element.isBlock() || element.normalName().equals("br"));
    }
}
