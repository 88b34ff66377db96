package io.github.desk365mcp.tools.internal.text;

import io.github.desk365mcp.tools.ProcessorTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Prints how long bodies of several shapes take to read, at 125 KB, 250 KB, 500 KB and 1 MB: the processor time of the
 * process, the best of three, with what the compiler and the garbage collector take. The last column is the first body of
 * 1 MB that a new process reads. Run its {@code main} from an IDE, or from the test class path.
 */
public final class HtmlBenchmark {

    private static final int[] SIZES = {125_000, 250_000, 500_000, 1_000_000};
    private static final int ROUNDS = 3;
    private static final String COLD = "--cold";

    private HtmlBenchmark() {}

    private static Map<String, IntFunction<String>> shapes() {
        Map<String, IntFunction<String>> shapes = new LinkedHashMap<>();
        shapes.put("plain text", size -> repeat("The printer on floor 4 prints blank pages.\n", size));
        shapes.put("paragraphs", size -> repeat("<p>The printer on <b>floor 4</b> prints blank pages.</p>", size));
        shapes.put(
                "Outlook",
                size -> repeat(
                        "<p class=\"MsoNormal\"><span lang=\"EN-GB\" style=\"font-size:11.0pt;font-family:&quot;Calibri&quot;,"
                                + "sans-serif;color:#1F497D\">It prints blank pages.<o:p></o:p></span></p>",
                        size));
        shapes.put("tables", size -> "<table>" + repeat("<tr><td rowspan=2>a<td colspan=3>b</tr>", size) + "</table>");
        shapes.put(
                "newsletter",
                size -> "<style>" + repeat(".c%d td>a{color:#333;font-size:14px}", size / 10) + "</style>"
                        + repeat(
                                "<div class=c%d><table><tr><td><a href=https://x.example/%d>Read</a></table></div>",
                                size));
        shapes.put(
                "500 quotations",
                size -> repeat("<blockquote type=cite>On 3 May, Ann wrote:<br>", 500 * 44) + repeat("words ", size));
        shapes.put("nested quotations", size -> repeat("<blockquote type=cite>x", size));
        shapes.put("nested blocks", size -> repeat("<div style=color:red>x", size));
        shapes.put("nested tables", size -> repeat("<table><tr><td>x", size));
        shapes.put(
                "every rule for every element",
                size -> "<style>" + repeat("div *{color:red}", size / 2) + "</style>" + repeat("<p>x", size / 2));
        shapes.put(
                "long selectors",
                size -> "<style>" + repeat("i u b b b b b b b b{color:red}", size / 2) + "</style>"
                        + repeat("<b>", size / 2));
        shapes.put("styles", size -> repeat("<p style='color:rgb(%d,2,3);font:0/0 a;opacity:.%d'>x", size));
        shapes.put(
                "brackets in styles",
                size -> "<p style=\"" + repeat("a:((((b", 8_000) + "\">" + "<style>" + repeat("({[", size));
        shapes.put("comments in styles", size -> "<style>" + repeat("a{/**/b:c\\;}/*", size));
        shapes.put("quoted lines", size -> repeat("> It prints blank pages.\n", size));
        shapes.put("headers", size -> repeat("From: a\nSent: b\n", size));
        addStyleSheets(shapes);
        addMarkup(shapes);
        addText(shapes);
        return shapes;
    }

    private static void addStyleSheets(Map<String, IntFunction<String>> shapes) {
        shapes.put("a class for each element", size -> sheet(".c%d{color:#123456}", size, "<p class='c%d d%d'>x"));
        shapes.put("rules for ancestors", size -> sheet("div div div div{color:red}", size, "<div>x"));
        shapes.put("rules for distinct ancestors", size -> sheet(".a%d .b{color:red}", size, "<p class=b>x"));
        shapes.put("rules for siblings", size -> sheet("i~b~p+p{color:red}", size, "<p>x</p>"));
        shapes.put("rules for places", size -> sheet("p:nth-child(%dn+1){color:red}", size, "<p>x</p>"));
        shapes.put("rules for attributes", size -> sheet("[title='%d']{color:red}", size, "<p title=%d>x"));
        shapes.put("rules for parts of classes", size -> sheet("[class*='c%d']{color:red}", size, "<p class=c%d>x"));
        shapes.put("rules with alternatives", size -> sheet(":is(p,.c%d):not(.d){color:red}", size, "<p class=c%d>x"));
        shapes.put("important rules", size -> sheet("p{color:red!important;color:blue}", size, "<p style=color:red>x"));
        shapes.put(
                "many classes for many rules",
                size -> sheet(".a.b.c%d,.d .e,.f{font-size:0}", size, "<p class='a b c d e f c%d'>x"));
        shapes.put("media in media", size -> sheet("@media screen{/* a */.c%d{color:red}", size, "<p class=c%d>x"));
        shapes.put("irrelevant rules", size -> sheet("p.c%d{border-radius:1px;line-height:1}", size, "<p class=c%d>"));
        shapes.put("invalid rules", size -> sheet("p..c%d{color:red}b{color:#ggg;width:a}", size, "<p class=c%d>x"));
    }

    private static String sheet(String rule, int size, String element) {
        return "<style>" + repeat(rule, size / 2) + "</style>" + repeat(element, size / 2);
    }

    private static void addMarkup(Map<String, IntFunction<String>> shapes) {
        shapes.put("line breaks", size -> repeat("x<br>", size));
        shapes.put("line breaks alone", size -> repeat("<br>", size));
        shapes.put("fonts", size -> repeat("<font color=#%d face=Arial size=2>x</font> ", size));
        shapes.put("unclosed tags", size -> repeat("<b><i><u><p>x", size));
        shapes.put(
                "paragraphs in open formats", size -> "<p><b><b><b><i><i><i><u><u><u><s><s><s>" + repeat("<p>x", size));
        shapes.put("open fonts", size -> repeat("<p><font color=#%d>x", size));
        shapes.put("comments", size -> "<p>" + repeat("x<!-- comment %d -->", size));
        shapes.put("Outlook's comments", size -> repeat("<![if !supportLists]>x<![endif]><o:p></o:p>", size));
        shapes.put(
                "an image in the text",
                size -> "<p>x<img src=\"data:image/png;base64," + repeat("iVBOR", size) + "\">");
        shapes.put("images in the text", size -> repeat("<img src=data:image/png;base64,iVBORw0KGgo>", size));
        shapes.put("images", size -> repeat("<img src=https://files.example/%d.png alt=%d width=20>", size));
        shapes.put("links", size -> repeat("<a href=https://x.example/%d>x.example/%d</a> ", size));
        shapes.put("lists", size -> repeat("<ol><li>a<li>b</ol>", size));
        shapes.put("nested lists", size -> repeat("<ul><li>x", size));
        shapes.put("hidden text", size -> repeat("<span style=display:none>x</span>y", size));
        shapes.put("a hidden tree", size -> "<p>x<div hidden>" + repeat("<div><p>x</p></div>", size));
        shapes.put("struck words", size -> repeat("<s>x</s> <del>y</del> ", size));
        shapes.put("powers", size -> repeat("10<sup>6</sup> ", size));
        shapes.put("symbols", size -> repeat("<span style='font-family:Wingdings'>\u00FC</span>", size));
        shapes.put(
                "fields", size -> repeat("<input type=checkbox> a <select><option>b<option selected>c</select>", size));
        shapes.put("words as they are", size -> "<pre>" + repeat("x  y\n", size));
        shapes.put(
                "quotations by Gmail",
                size -> repeat(
                        "<div class=gmail_quote><div class=gmail_attr>On 1 May 2026,"
                                + " Ann wrote:</div><blockquote class=gmail_quote>x</blockquote></div>y",
                        size));
        shapes.put(
                "headers of Outlook",
                size -> repeat(
                        "<div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
                                + "<p class=MsoNormal><b>From:</b> a<br><b>Sent:</b> b</p></div>",
                        size));
        shapes.put("headers in HTML", size -> repeat("<p>From: a@b.example<br>Sent: today<br>Subject: x</p>", size));
        shapes.put("unknown tags", size -> repeat("<a-%d>x <ann%d@northwind.example> ", size));
    }

    private static void addText(Map<String, IntFunction<String>> shapes) {
        shapes.put("one long line", size -> "<p>" + repeat("The printer on floor 4 prints blank pages. ", size));
        shapes.put("one long word", size -> "<p>" + repeat("x", size));
        shapes.put("hard blanks", size -> "<p>" + repeat("&nbsp;", size));
        shapes.put("references", size -> "<p>" + repeat("&amp;&eacute;&#8364; ", size));
        shapes.put("references in plain text", size -> repeat("&amp;&eacute;&#%d; ", size));
        shapes.put("invisible characters", size -> "<p>" + repeat("&#8203;", size));
        shapes.put("Chinese", size -> "<p>" + repeat("\u6253\u5370\u673A\u3002", size / 3));
        shapes.put("emoji", size -> "<p>" + repeat("\uD83D\uDC69\u200D\uD83D\uDCBB\uFE0F", size / 3));
        shapes.put("deep quotations in plain text", size -> repeat("> > > > > > > x\n", size));
        shapes.put(
                "attributions",
                size -> repeat("On Mon, 4 May 2026 at 10:00, Ann <ann@x.example> wrote:\n> x\ny\n", size));
        shapes.put(
                "forwarded mails",
                size -> repeat(
                        "---------- Forwarded message ---------\nFrom: Ann <ann@x.example>\nDate: 3 May\nSubject: x\n\nx\n",
                        size));
        shapes.put(
                "original mails",
                size -> repeat(
                        "-----Original Message-----\nFrom: Ann\nSent: 3 May\nTo: b\nSubject: x\n\n> x\ny\n", size));
        shapes.put("senders", size -> repeat("From: a@b.example\n", size));
        shapes.put("short lines", size -> repeat("x\n", size));
        shapes.put("dashes", size -> repeat("--------------------\n", size));
    }

    private static String repeat(String piece, int size) {
        StringBuilder text = new StringBuilder(size + piece.length());
        for (int i = 0; text.length() < size; i++) {
            text.append(piece.replace("%d", String.valueOf(i)));
        }
        return text.toString();
    }

    private static double milliseconds(String body, int rounds) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long began = ProcessorTime.used();
            int length = HtmlBody.read(body, BodyFormat.TEXT, true).length();
            long took = ProcessorTime.used() - began;
            best = length < 0 ? best : Math.min(best, took);
        }
        return best / 1e6;
    }

    /** Returns how long a new process takes for its first body of 1 MB, without its start. */
    private static String cold(String name) {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                HtmlBenchmark.class.getName(),
                COLD,
                name);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param arguments words in the names of the shapes to read; none for all */
    public static void main(String[] arguments) {
        if (arguments.length == 2 && arguments[0].equals(COLD)) {
            System.out.printf("%.0f", milliseconds(body(arguments[1]), 1));
            return;
        }
        System.out.printf(
                "%-30s %8s %8s %8s %8s %8s   milliseconds%n", "", "125 KB", "250 KB", "500 KB", "1 MB", "cold");
        shapes().forEach((name, shape) -> {
            if (arguments.length > 0 && Stream.of(arguments).noneMatch(name::contains)) {
                return;
            }
            StringBuilder row = new StringBuilder();
            for (int size : SIZES) {
                row.append(String.format(" %8.0f", milliseconds(shape.apply(size), ROUNDS)));
            }
            System.out.printf("%-30s%s %8s%n", name, row, cold(name));
        });
    }

    private static String body(String name) {
        return shapes().getOrDefault(name, size -> "").apply(SIZES[SIZES.length - 1]);
    }
}
