package io.github.desk365mcp.tools.internal.text;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Converts the HTML of a mail to readable text: lines, lists, tables and links, without the markup. */
public final class HtmlBody {

    private final Element body;
    private final MailStyles styles;
    private final SeenNodes seen;
    private final boolean isComplete;

    private HtmlBody(Element body, MailStyles styles, boolean isComplete) {
        this.body = body;
        this.styles = styles;
        this.isComplete = isComplete;
        this.seen = new SeenNodes(body, styles);
    }

    /**
     * Returns the body in a format, without invisible characters.
     *
     * @param isAnswer whether the body is a message that may quote earlier ones, which are folded in the text format
     */
    public static String read(String body, BodyFormat format, boolean isAnswer) {
        return read(body, format, isAnswer, null);
    }

    /** @param subject the ticket's subject, which distinguishes a forwarded mail from a reply; null if unknown */
    static String read(String body, BodyFormat format, boolean isAnswer, @Nullable String subject) {
        return read(body, format, isAnswer, subject, link -> false, image -> {});
    }

    /**
     * The same with names for the images that can be read.
     *
     * @param subject the ticket's subject, which distinguishes a forwarded mail from a reply; null if unknown
     * @param served whether images are read from where a link points to
     * @param images gets the images that the text names; of HTML, all
     */
    public static String read(
            String body,
            BodyFormat format,
            boolean isAnswer,
            @Nullable String subject,
            Predicate<String> served,
            Consumer<InlineImages.Image> images) {
        if (format == BodyFormat.HTML) {
            InlineImages.in(body, served).forEach(images);
            return Invisible.stripInHtml(body);
        }
        boolean folds = isAnswer && format == BodyFormat.TEXT;
        if (!PlainBody.readsAsHtml(body)) {
            String plain = PlainBody.read(body);
            return folds ? PlainHistory.fold(plain, 0, true) : plain;
        }
        HtmlTags tags = HtmlTags.of(body);
        Element parsed = Jsoup.parse(tags.html()).body();
        List<InlineImages.Image> named = InlineImages.name(parsed, served);
        HtmlBody mail = new HtmlBody(parsed, MailStyles.of(parsed, tags.sheets()), tags.isComplete());
        String text = Invisible.strip(folds ? mail.folded(subject) : mail.whole(format == BodyFormat.MARKDOWN));
        named.stream()
                .filter(image ->
                        text.contains("[image " + image.name() + "]") || text.contains("[image " + image.name() + ":"))
                .forEach(images);
        return text;
    }

    /** Parses untrusted HTML in time linear in its length. */
    public static Element parse(String html) {
        return Jsoup.parse(HtmlTags.slim(html)).body();
    }

    private String whole(boolean markdown) {
        BodyWriter written = new BodyWriter(markdown, styles, seen, null).write(body);
        return (written.own() + marks(written)).strip();
    }

    /** Returns the text with the history folded, unless the history is a forwarded mail or another thread. */
    private String folded(@Nullable String subject) {
        QuotedNodes quoted = QuotedNodes.in(body, seen);
        BodyWriter written = new BodyWriter(false, styles, seen, quoted).write(body);
        String own = written.own();
        String history = written.history();
        if (!history.isEmpty()
                && (History.isForwarded(own, history)
                        || History.isOfOtherThread(history, subject, quoted.isOutlookOnTheWeb()))) {
            return whole(false);
        }
        return (PlainHistory.fold(own, history.length(), !seen.hasQuotation(body)) + marks(written)).strip();
    }

    private String marks(BodyWriter written) {
        String marks = written.hidden() == 0
                ? ""
                : "\n[hidden text left out, " + written.hidden() + " characters; body_format html shows it]";
        if (!isComplete) {
            marks += "\n[too many unclosed tags: hidden text may be shown]";
        }
        return styles.isComplete() ? marks : marks + "\n[too many style rules: hidden text may be shown]";
    }
}
