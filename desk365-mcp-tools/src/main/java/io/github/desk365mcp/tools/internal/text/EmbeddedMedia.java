package io.github.desk365mcp.tools.internal.text;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Finds the sources of frames, videos and sounds. The content of their elements is only for browsers without support. */
final class EmbeddedMedia {

    private EmbeddedMedia() {}

    /** Returns the address of the media; null if there is none. */
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
