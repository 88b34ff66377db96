package io.github.desk365mcp.quickstart;

import java.util.List;

/** Draws lines of the output as SVG, for the README. */
final class OutputPicture {

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>%3$s</title>
            <style>
            rect { fill: #f5f6f8; stroke: #c9ced8 }
            text { font: 13px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1b1f27; white-space: pre }
            .call { fill: #1a4fb4; font-weight: 700 }
            .argument { fill: #545b68 }
            .person { fill: #14602e; font-weight: 700 }
            @media (prefers-color-scheme: dark) {
            rect { fill: #161a21; stroke: #39414f }
            text { fill: #e9ecf2 }
            .call { fill: #9dc1ff }
            .argument { fill: #b0b8c6 }
            .person { fill: #9be0b0 }
            }
            </style>
            <rect x="0.5" y="0.5" width="%4$d" height="%5$d" rx="8"/>
            """;
    private static final int LINE = 19;
    private static final int MARGIN = 18;
    private static final int LONG = 80;
    private static final double CHARACTER = 7.83;

    private OutputPicture() {}

    static String of(String title, List<String> lines) {
        int columns = lines.stream().mapToInt(String::length).max().orElse(0);
        int width = (int) Math.ceil(columns * CHARACTER) + 2 * MARGIN;
        int height = lines.size() * LINE + 2 * MARGIN - 4;
        StringBuilder picture = new StringBuilder(HEAD.formatted(width, height, escaped(title), width - 1, height - 1));
        boolean inArguments = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            // Only a long argument continues on the next line.
            inArguments =
                    line.startsWith("    > ") || inArguments && lines.get(i - 1).length() > LONG;
            picture.append("<text x=\"%d\" y=\"%d\"%s xml:space=\"preserve\">%s</text>%n"
                    .formatted(MARGIN, MARGIN + 10 + i * LINE, style(line, inArguments), escaped(line)));
        }
        return picture.append("</svg>\n").toString().replace("\r\n", "\n");
    }

    private static String style(String line, boolean inArguments) {
        if (line.matches(" ?\\d+  \\w+")) {
            return " class=\"call\"";
        }
        if (line.startsWith("\"")) {
            return " class=\"person\"";
        }
        return inArguments ? " class=\"argument\"" : "";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
