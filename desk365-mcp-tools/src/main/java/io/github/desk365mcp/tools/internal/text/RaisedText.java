package io.github.desk365mcp.tools.internal.text;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Converts superscripts. Powers get a mark, so that 10⁶ does not become 106; ordinals and trademarks need none. */
final class RaisedText {

    private static final Pattern NUMBER = Pattern.compile("[-+−]?\\d{1,12}|[nxyzkij]");
    private static final Pattern FORMULA = Pattern.compile(
            "(?=[^0-9]{0,20}[0-9])(?:[-+−]?[0-9nxyzkij(]{1,8}(?:[-+−/⁄·*×.,][0-9nxyzkij()]{1,8}){0,4}+)|[-+−][nxyzkij]");

    private static final Pattern WHOLE = Pattern.compile("\\d{1,4}");
    private static final Pattern SLASH = Pattern.compile("\\s{0,5}[/⁄]\\s{0,5}");

    private static final int LONGEST = 20;

    private RaisedText() {}

    /** Whether the element is a superscript. */
    static boolean isRaised(Element element, ComputedStyle style) {
        String align = style.own("vertical-align");
        return align == null
                ? element.normalName().equals("sup")
                : align.equals("super")
                        || align.equals("text-top") && element.normalName().equals("sup");
    }

    /** Returns the text of the element with the mark of a power; null if it needs no mark. */
    static @Nullable String power(Element element, SeenNodes seen) {
        String said = seen.beginning(element, LONGEST);
        if (NUMBER.matcher(said).matches()) {
            return "^" + said;
        }
        return FORMULA.matcher(said).matches() ? "^(" + said + ")" : null;
    }

    /** Whether the element's last character is a space. */
    static boolean endsInSpace(Element element) {
        boolean[] ends = {false};
        new SeenNodes.Walk() {
            @Override
            boolean text(TextNode text) {
                String words = text.getWholeText();
                ends[0] = words.isEmpty() ? ends[0] : words.endsWith(" ");
                return true;
            }
        }.from(element);
        return ends[0];
    }

    /** Whether the element is the numerator of a fraction that its denominator directly follows. */
    static boolean isNumerator(Element element, SeenNodes seen) {
        Node slash = element.nextSibling();
        return slash instanceof TextNode text
                && SLASH.matcher(text.getWholeText()).matches()
                && slash.nextSibling() instanceof Element below
                && (below.normalName().equals("sub") || below.normalName().equals("span"))
                && WHOLE.matcher(seen.beginning(below, LONGEST)).matches()
                && WHOLE.matcher(seen.beginning(element, LONGEST)).matches();
    }
}
