package io.github.desk365mcp.tools.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.internal.text.Ascii;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Draws docs/images/call.svg: the stages and their sentences are those of {@link Pipeline}, in groups that
 * docs/images/call.txt names.
 */
class CallPictureTest {

    private static final Path IMAGES = Path.of("../docs/images");
    private static final Path SOURCE =
            Path.of("src/main/java/io/github/desk365mcp/tools/internal/pipeline/Pipeline.java");

    private static final int WIDTH = 840;
    private static final int LEFT = 60;
    private static final int ROW = 21;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>The stages of a call, from the host to the helpdesk and back</title>
            <style>
            text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1b1f27 }
            rect { fill: #f5f6f8; stroke: #c9ced8 }
            .end { fill: #1a4fb4; stroke: none }
            .ends { fill: #fff; font-weight: 700; text-anchor: middle }
            .group { font-weight: 700; fill: #1a4fb4 }
            .stage { font-weight: 700 }
            .way { font-weight: 700; text-anchor: middle }
            path { stroke: #1a4fb4; stroke-width: 2; fill: none }
            @media (prefers-color-scheme: dark) {
            text { fill: #e9ecf2 }
            rect { fill: #161a21; stroke: #39414f }
            .end { fill: #9dc1ff }
            .ends { fill: #10131a }
            .group { fill: #9dc1ff }
            path { stroke: #9dc1ff }
            }
            </style>
            """;

    @Test
    void the_picture_has_the_stages_of_the_pipeline_in_their_order() throws IOException {
        List<String> text = Files.readAllLines(IMAGES.resolve("call.txt"));
        Map<String, String> stages = stages(Files.readString(SOURCE));
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String line : text.subList(1, text.size() - 1)) {
            String[] parts = line.split(": ", 2);
            groups.put(parts[0], List.of(parts[1].split(" ")));
        }
        assertThat(stages).hasSizeGreaterThan(15);
        assertThat(groups.values().stream().flatMap(List::stream))
                .as("name the stages in docs/images/call.txt as the pipeline does, then run this test with -Daccept")
                .containsExactlyElementsOf(stages.keySet());

        String picture = picture(text.get(0), groups, stages, text.get(text.size() - 1));

        Path file = IMAGES.resolve("call.svg");
        if (System.getProperty("accept") != null) {
            Files.writeString(file, picture);
        }
        assertThat(Files.readString(file))
                .as("the picture is not of this pipeline; write it again with -Daccept")
                .isEqualTo(picture);
    }

    /** The stages in the order in which {@link Pipeline} lists them, each with the comment above it. */
    private static Map<String, String> stages(String source) {
        Matcher method = Pattern.compile(
                        "List<Stage> stages\\((.*?)\\) \\{\\s+return List.of\\((.*?)\n    }", Pattern.DOTALL)
                .matcher(source);
        assertThat(method.find()).isTrue();
        Map<String, String> types = new LinkedHashMap<>();
        Pattern.compile("(\\w+Stage) (\\w+)")
                .matcher(method.group(1))
                .results()
                .forEach(parameter -> types.put(parameter.group(2), parameter.group(1)));
        Matcher part = Pattern.compile(
                        "// (.*)|new (\\w+Stage|ToolInvoker)\\(|\\b(" + String.join("|", types.keySet()) + ")\\b(?!::)")
                .matcher(method.group(2));
        Map<String, String> stages = new LinkedHashMap<>();
        String sentence = "";
        while (part.find()) {
            if (part.group(1) != null) {
                sentence = part.group(1);
            } else {
                String stage = part.group(2) != null ? part.group(2) : types.get(part.group(3));
                stages.put(stage, sentence);
            }
        }
        return stages;
    }

    private static String picture(
            String top, Map<String, List<String>> groups, Map<String, String> stages, String bottom) {
        List<String> shapes = new ArrayList<>();
        int y = 8;
        end(shapes, top, y);
        y += 52;
        int first = y;
        for (Map.Entry<String, List<String>> group : groups.entrySet()) {
            int height = ROW * (group.getValue().size() + 1) + 14;
            shapes.add("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>"
                    .formatted(LEFT, y, WIDTH - 2 * LEFT, height));
            int line = y + 21;
            text(shapes, "group", LEFT + 14, line, group.getKey());
            for (String stage : group.getValue()) {
                line += ROW;
                text(shapes, "stage", LEFT + 14, line, words(stage));
                text(shapes, "says", LEFT + 118, line, stages.getOrDefault(stage, ""));
            }
            y += height + 10;
        }
        int last = y - 10;
        end(shapes, bottom, y + 6);
        arrow(shapes, LEFT / 2, first, last, "call");
        arrow(shapes, WIDTH - LEFT / 2, last, first, "result");
        return HEAD.formatted(WIDTH, y + 6 + 34 + 8) + String.join("\n", shapes) + "\n</svg>\n";
    }

    private static void end(List<String> shapes, String words, int y) {
        shapes.add("<rect class=\"end\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"34\" rx=\"8\"/>"
                .formatted(8, y, WIDTH - 16));
        text(shapes, "ends", WIDTH / 2, y + 22, words);
    }

    private static void arrow(List<String> shapes, int x, int from, int to, String words) {
        int back = to > from ? -8 : 8;
        int middle = (from + to) / 2;
        shapes.add("<path d=\"M%1$d %2$d V%3$d M%1$d %4$d V%5$d M%6$d %7$d L%1$d %5$d L%8$d %7$d\"/>"
                .formatted(x, from, middle + 2 * back, middle - 2 * back, to, x - 6, to + back, x + 6));
        text(shapes, "way", x, middle + 4, words);
    }

    private static void text(List<String> shapes, String style, int x, int y, String words) {
        shapes.add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
                .formatted(style, x, y, words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    /** "shared state" for SharedStateStage. */
    private static String words(String stage) {
        return Ascii.lower(stage.replaceFirst("Stage$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " "));
    }
}
