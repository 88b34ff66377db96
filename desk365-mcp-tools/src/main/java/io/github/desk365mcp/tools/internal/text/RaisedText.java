package io.github.desk365mcp.tools.internal.text;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Superscripts: powers get a mark, lest 10⁶ become 106; ordinals and trademarks read as well without one. */
final class RaisedText {

    private static final Pattern NUMBER = Pattern.compile("[-+−]?\\d{1,12}|[nxyzkij]");
    private static final Pattern FORMULA = Pattern.compile(
            "(?=[^0-9]{0,20}[0-9])(?:[-+−]?[0-9nxyzkij(]{1,8}(?:[-+−/⁄·*×.,][0-9nxyzkij()]{1,8}){0,4}+)|[-+−][nxyzkij]");

    private static final Pattern WHOLE = Pattern.compile("\\d{1,4}");
    private static final Pattern SLASH = Pattern.compile("\\s{0,5}[/⁄]\\s{0,5}");

    private static final int LONGEST = 20;

    private RaisedText() {}

    /** Whether the element stands above the line. */
    static boolean isRaised(Element element, ComputedStyle style) {
        String align = style.own("vertical-align");
        return align == null
                ? element.normalName().equals("sup")
                : align.equals("super")
                        || align.equals("text-top") && element.normalName().equals("sup");
    }

    /** What the element says, with the mark of a power before it; null if it reads as it is. */
    static @Nullable String power(Element element, SeenNodes seen) {
        String said = seen.beginning(element, LONGEST);
        if (NUMBER.matcher(said).matches()) {
            return "^" + said;
        }
        return FORMULA.matcher(said).matches() ? "^(" + said + ")" : null;
    }

    /** Whether it is what stands above the line of a fraction, with what is below right behind it. */
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
