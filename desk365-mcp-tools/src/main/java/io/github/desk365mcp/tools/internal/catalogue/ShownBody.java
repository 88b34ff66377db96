package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.model.Message;
import io.github.desk365mcp.tools.internal.text.ComparableText;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A body as the service shows it. */
record ShownBody(@Nullable ComparableText html, ComparableText text) {

    static ShownBody of(@Nullable String html, @Nullable String text) {
        return new ShownBody(html == null ? null : ComparableText.ofHtml(html), ComparableText.ofText(text));
    }

    static ShownBody of(Message message) {
        return of(message.body(), message.bodyText());
    }

    /** The body's letters; two if the service's own text has others than its HTML. */
    Set<String> letters() {
        Set<String> letters = new LinkedHashSet<>();
        if (html != null) {
            letters.add(html.letters());
        }
        if (html == null || !text.words().isEmpty()) {
            letters.add(text.letters());
        }
        return letters;
    }

    private ComparableText best() {
        return html == null ? text : html;
    }

    boolean isSame(ComparableText sent) {
        return best().equals(sent);
    }

    boolean beginsWith(ComparableText sent) {
        return best().beginsWith(sent);
    }
}
