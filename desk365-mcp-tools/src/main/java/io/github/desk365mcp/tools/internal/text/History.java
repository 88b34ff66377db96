package io.github.desk365mcp.tools.internal.text;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;

/** Finds quoted history in a mail, and distinguishes it from forwarded content. */
public final class History {

    private static final Evaluator QUOTATION =
            QueryParser.parse("blockquote[type=cite], .gmail_quote, .yahoo_quoted, .protonmail_quote");
    /** Outlook draws this line above the quoted mail; everything below it is history. */
    private static final Pattern OUTLOOK_LINE = Pattern.compile("(?i)border-top\\s*:\\s*solid\\s+#(?:e1e1e1|b5c4df)");

    /** Marks a forwarded mail. It needs more dashes than Outlook puts above a quoted mail. */
    private static final Pattern FORWARDED = Pattern.compile("(?i)^(?:-{8,}|begin forwarded message)");
    /** Outlook's subject prefix for a forwarded mail, in several languages. */
    private static final Pattern FORWARDED_SUBJECT =
            Pattern.compile("(?im)^[^:\\n]{1,20}+:[ *]{0,9}+(?:fwd?|wg|tr|rv|i) ?:");
    /** Words that refer to the text below, in the same languages. */
    private static final Pattern POINTS_BELOW = Pattern.compile(
            "(?iu)(?:^|\\W)(?:(?:fwd?|wg|tr|rv) ?:|fyi|below|inline|forwarded|forwarding|unten|weitergeleitet|weiterleit"
                    + "|ci-dessous|transf[éè]r|abajo|reenv[ií]|sotto|inoltr)");

    private static final Pattern IMAGE = Pattern.compile("\\[image[^\\]]{0,200}+]");
    private static final int LONGEST_MARK = 40;
    private static final int FEWEST_WORDS = 3;
    private static final int BEGINNING = 300;

    private History() {}

    /** Whether the element is a quotation; the sender's text may continue after it. */
    static boolean isQuotation(Element element) {
        return element.is(QUOTATION) && !isForwarded(element);
    }

    private static boolean isForwarded(Element quotation) {
        return FORWARDED.matcher(HtmlBody.beginning(quotation, LONGEST_MARK)).find();
    }

    /** Whether this element and everything after it is history. */
    static boolean beginsAt(Element element) {
        return element.id().equals("divRplyFwdMsg")
                || element.id().equals("appendonsend")
                || OUTLOOK_LINE.matcher(element.attr("style")).find();
    }

    /**
     * Whether the mail is a forward, so that the quoted text is its content. It is one if it has hardly any text of its
     * own, its beginning refers to the text below, or the quoted subject line has a forward prefix.
     */
    static boolean isForwarded(String said, String quoted) {
        String words = IMAGE.matcher(said).replaceAll("").strip();
        return words.split("\\s+", FEWEST_WORDS).length < FEWEST_WORDS
                || POINTS_BELOW.matcher(beginning(words)).find()
                || FORWARDED_SUBJECT.matcher(beginning(quoted)).find();
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), BEGINNING));
    }
}
