package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.PlainBody;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * A preview as HTML.
 *
 * @param preview the preview, for everything but the body
 * @param body the body as readers see it, as harmless HTML; null if the call has none
 */
record PreviewHtml(Map<String, Object> preview, @Nullable String body) {

    /** What only changes the looks of words, but is left out. */
    private static final Safelist SHOWN = harmlessTags()
            .addTags("center", "font", "section", "article")
            .addAttributes(
                    ":all",
                    "style",
                    "class",
                    "id",
                    "dir",
                    "lang",
                    "align",
                    "valign",
                    "color",
                    "bgcolor",
                    "face",
                    "size",
                    "width",
                    "height",
                    "border",
                    "cellpadding",
                    "cellspacing",
                    "target",
                    "rel",
                    "name");

    /** What is shown. Readers must see struck words as struck. */
    private static Safelist harmlessTags() {
        return Safelist.relaxed().addTags("hr", "s", "strike", "del", "ins", "tt", "kbd", "samp", "mark");
    }

    static PreviewHtml of(Call call, Map<String, Object> preview) {
        String body = null;
        for (Param<?> param : call.tool().params()) {
            if (param.type() == Type.BODY && call.arguments().get(param.name()) instanceof String given) {
                body = harmless(PlainBody.isHtml(given) ? given : PlainBody.ofText(given));
            }
        }
        return new PreviewHtml(preview, body);
    }

    /** Whether HTML has tags, attributes, links or styles that are not shown and may show readers something else. */
    static boolean leavesOut(String html) {
        return PlainBody.isHtml(html) && !(Jsoup.isValid(html, SHOWN) && PlainStyles.are(html));
    }

    /** Returns HTML with harmless tags alone, in which invisible characters are marked, also those given as references. */
    private static String harmless(String html) {
        Document clean = new Cleaner(harmlessTags()).clean(Jsoup.parseBodyFragment(html));
        clean.outputSettings().prettyPrint(false);
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode text) {
                            text.text(Invisible.mark(text.getWholeText()));
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {}
                },
                clean.body());
        return clean.body().html();
    }

    /** The preview as a list of names and values, then the body. */
    String whole() {
        Element list = new Element("dl");
        for (Preview.Line line : Preview.lines(preview)) {
            list.appendElement("dt").text(line.name());
            list.appendElement("dd").text(line.value());
        }
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false);
        page.body().appendChild(list);
        if (body != null) {
            page.body().appendElement("section").html(body);
        }
        return page.body().html();
    }
}
