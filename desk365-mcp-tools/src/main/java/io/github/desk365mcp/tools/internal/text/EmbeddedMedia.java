package io.github.desk365mcp.tools.internal.text;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Frames, films and sounds: where they come from. What is inside their elements is for browsers that do not know them. */
final class EmbeddedMedia {

    private EmbeddedMedia() {}

    /** The address of what is shown; null if nothing is. */
    static @Nullable String source(Element element) {
        if (InlineImages.isTiny(element)) {
            return null;
        }
        String source = element.attr(element.normalName().equals("object") ? "data" : "src");
        for (Element child : element.children()) {
            if (source.isEmpty() && child.normalName().equals("source")) {
                source = child.attr("src");
            }
        }
        return LinkTarget.of(source);
    }
}
