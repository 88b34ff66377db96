package io.github.desk365mcp.tools.internal.text;

import io.github.desk365mcp.tools.ProcessorTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Prints how long bodies of several shapes take to read, at 125 KB, 250 KB, 500 KB and 1 MB: the processor time of the
 * process, the best of three. Run its {@code main} from an IDE, or from the test class path.
 */
public final class HtmlBenchmark {

    private static final int[] SIZES = {125_000, 250_000, 500_000, 1_000_000};
    private static final int ROUNDS = 3;

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
        return shapes;
    }

    private static String repeat(String piece, int size) {
        StringBuilder text = new StringBuilder(size + piece.length());
        for (int i = 0; text.length() < size; i++) {
            text.append(piece.replace("%d", String.valueOf(i)));
        }
        return text.toString();
    }

    private static double milliseconds(String body) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long began = ProcessorTime.used();
            int length = HtmlBody.read(body, BodyFormat.TEXT, true).length();
            long took = ProcessorTime.used() - began;
            best = length < 0 ? best : Math.min(best, took);
        }
        return best / 1e6;
    }

    /** @param arguments words in the names of the shapes to read; none for all */
    public static void main(String[] arguments) {
        System.out.printf("%-30s %8s %8s %8s %8s   milliseconds%n", "", "125 KB", "250 KB", "500 KB", "1 MB");
        shapes().forEach((name, shape) -> {
            if (arguments.length > 0 && Stream.of(arguments).noneMatch(name::contains)) {
                return;
            }
            StringBuilder row = new StringBuilder();
            for (int size : SIZES) {
                row.append(String.format(" %8.0f", milliseconds(shape.apply(size))));
            }
            System.out.printf("%-30s%s%n", name, row);
        });
    }
}
