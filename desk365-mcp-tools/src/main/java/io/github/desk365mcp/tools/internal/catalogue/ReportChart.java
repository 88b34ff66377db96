package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws the numbers of tickets in a report as an SVG image: one bar for each group, and below it, if tickets are grouped by
 * two fields, one for each of its parts. Each bar has its name and its number beside it, so that nothing depends on color.
 * There are no scripts, links or fonts to load. One instance draws one image.
 */
final class ReportChart {

    static final String MEDIA_TYPE = "image/svg+xml";

    private static final int MOST_BARS = 20;
    private static final int MOST_DIVIDED = 8;
    private static final int MOST_PARTS = 5;

    private static final int LONGEST_NAME = 28;
    private static final int LONGEST_LINE = 100;

    private static final int WIDTH = 680;
    private static final int MARGIN = 16;
    private static final int NAMES = 200;
    private static final int BARS_AT = MARGIN + NAMES + 8;
    private static final int LONGEST_BAR = 400;
    private static final int ROW = 22;

    private final List<ReportColumn> columns;
    private final List<List<Object>> rows;
    private final String title;
    private final String covers;
    private final StringBuilder svg = new StringBuilder();

    /** @param tickets how many */
    private record Bar(String name, boolean isPart, int tickets) {}

    /** @param values those that one bar counts */
    private record Slice(String name, Set<String> values) {}

    /**
     * @param rows of the report's table
     * @param time what days, weeks and months are about, such as {@code created}
     * @param covers which tickets were counted
     */
    ReportChart(List<ReportColumn> columns, List<List<Object>> rows, String time, String covers) {
        this.columns = columns;
        this.rows = rows;
        this.title = "Tickets by "
                + columns.stream()
                        .map(column -> column.word().replace('_', ' ') + (column.isTime() ? " " + time : ""))
                        .collect(Collectors.joining(" and "));
        this.covers = covers;
    }

    /** Returns the image as XML text. */
    String svg() {
        List<Bar> bars = bars();
        List<String> lines = lines(covers);
        int top = 2 * MARGIN + ROW * (lines.size() + 1);
        int height = top + ROW * bars.size() + MARGIN;
        svg.append(("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " role=\"img\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#1a1a1a\">")
                .formatted(WIDTH, height));
        svg.append("<title>").append(xml(title)).append("</title><desc>");
        svg.append(xml(covers));
        for (Bar bar : bars) {
            svg.append(bar == bars.get(0) ? " " : bar.isPart() ? ", " : "; ")
                    .append(xml(bar.name()))
                    .append(": ")
                    .append(bar.tickets());
        }
        svg.append("</desc><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        text(MARGIN, 2 * MARGIN, " font-size=\"17\" font-weight=\"bold\"", title);
        for (int i = 0; i < lines.size(); i++) {
            text(MARGIN, 2 * MARGIN + ROW * (i + 1), "", lines.get(i));
        }
        int most = bars.stream().mapToInt(Bar::tickets).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            draw(bars.get(i), top + ROW * i, most);
        }
        return svg.append("</svg>").toString();
    }

    private void draw(Bar bar, int y, int most) {
        int baseline = y + 15;
        int indent = bar.isPart() ? 16 : 0;
        int height = bar.isPart() ? 10 : 16;
        int length = Math.max(1, (int) ((long) LONGEST_BAR * bar.tickets() / most));
        // An inner image ends at its border, so a wide name does not cover its bar.
        svg.append("<svg width=\"%d\" height=\"%d\">".formatted(MARGIN + NAMES, y + ROW));
        text(MARGIN + indent, baseline, "", bar.name());
        svg.append("</svg><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                .formatted(BARS_AT, y + (20 - height) / 2, length, height, bar.isPart() ? "#5a8dc8" : "#1f4e8c"));
        text(BARS_AT + length + 6, baseline, "", String.valueOf(bar.tickets()));
    }

    private void text(int x, int y, String look, String words) {
        svg.append("<text x=\"%d\" y=\"%d\"%s>".formatted(x, y, look))
                .append(xml(words))
                .append("</text>");
    }

    private List<Bar> bars() {
        boolean isDivided = columns.size() > 1;
        List<Slice> parts = isDivided ? slices(1, MOST_PARTS) : List.of();
        List<Bar> bars = new ArrayList<>();
        for (Slice group : slices(0, isDivided ? MOST_DIVIDED : MOST_BARS)) {
            List<List<Object>> ofGroup = rows.stream()
                    .filter(row -> group.values().contains(value(row, 0)))
                    .toList();
            bars.add(new Bar(group.name(), false, tickets(ofGroup)));
            for (Slice part : parts) {
                int tickets = tickets(ofGroup.stream()
                        .filter(row -> part.values().contains(value(row, 1)))
                        .toList());
                if (tickets > 0) {
                    bars.add(new Bar(part.name(), true, tickets));
                }
            }
        }
        return bars;
    }

    /** Divides the values of a column: the largest ones or the latest times, in their order, and all others together. */
    private List<Slice> slices(int column, int most) {
        Map<String, Integer> tickets = new HashMap<>();
        rows.forEach(row -> tickets.merge(value(row, column), tickets(List.of(row)), Integer::sum));
        boolean isTime = columns.get(column).isTime();
        Comparator<String> bySize = Comparator.comparing(value -> -tickets.getOrDefault(value, 0));
        List<String> values = tickets.keySet().stream()
                .sorted(isTime ? Comparator.naturalOrder() : bySize.thenComparing(Comparator.naturalOrder()))
                .toList();
        int others = values.size() <= most + 1 ? 0 : values.size() - most;
        IntStream kept = isTime ? IntStream.range(others, values.size()) : IntStream.range(0, values.size() - others);
        List<Slice> slices = kept.mapToObj(values::get)
                .map(value -> new Slice(Text.cut(Invisible.stripName(value), LONGEST_NAME), Set.of(value)))
                .collect(Collectors.toCollection(ArrayList::new));
        if (others > 0) {
            Set<String> left = new TreeSet<>(values);
            slices.forEach(slice -> left.removeAll(slice.values()));
            slices.add(new Slice(others + (isTime ? " earlier" : " others"), left));
        }
        return slices;
    }

    private static String value(List<Object> row, int column) {
        return (String) row.get(column);
    }

    /** The first figure of a row is the number of its tickets. */
    private int tickets(List<List<Object>> some) {
        return some.stream().mapToInt(row -> (Integer) row.get(columns.size())).sum();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        String left = text;
        while (left.length() > LONGEST_LINE) {
            int space = left.lastIndexOf(' ', LONGEST_LINE);
            int end = space < 1 ? LONGEST_LINE : space;
            lines.add(left.substring(0, end));
            left = left.substring(end).strip();
        }
        lines.add(left);
        return lines;
    }

    /** Escapes a text without invisible characters; among those is all that XML cannot contain. */
    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
