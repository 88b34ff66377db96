package io.github.desk365mcp.tools.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** The text that people will read in a body that is about to be sent. */
public final class WrittenBody {

    private static final Pattern MARKDOWN = Pattern.compile(
            // Bold, strikethrough and code within a line; then headings, links, fences and table rows.
            "\\*\\*(?=\\S)[^*\\n]{1,200}\\*\\*|__(?=\\S)[^_\\n]{1,200}__|~~(?=\\S)[^~\\n]{1,200}~~|`[^`\\n]{1,200}`"
                    + "|(?m:^#{1,6} \\S[^\\n]{0,60})|\\[[^\\[\\]\\n]{1,200}]\\([^()\\s]{1,500}\\)|(?m:^```)|(?m:^\\|[ :|-]{3,}\\|)");

    private static final int LONGEST_EXAMPLE = 40;

    private WrittenBody() {}

    /** Returns the text from which a body was converted, which is what people will read; HTML stays unchanged. */
    public static String asRead(String body) {
        if (!body.startsWith("<p>") || !body.endsWith("</p>")) {
            return body;
        }
        String text = Parser.unescapeEntities(
                body.substring(3, body.length() - 4)
                        .replace("</p>\n<p>", "\n\n")
                        .replace("<br>\n", "\n"),
                false);
        return PlainBody.ofText(text).equals(body) ? text : body;
    }

    /** Returns the first Markdown in a text, shortened; null if there is none, or the text is HTML. */
    public static @Nullable String markdown(String text) {
        if (PlainBody.isHtml(text)) {
            return null;
        }
        Matcher found = MARKDOWN.matcher(text);
        return found.find() ? Text.cut(found.group(), LONGEST_EXAMPLE) : null;
    }
}
