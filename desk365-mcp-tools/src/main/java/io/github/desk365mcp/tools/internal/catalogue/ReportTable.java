package io.github.desk365mcp.tools.internal.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Groups tickets and measures each group. */
final class ReportTable {

    /** Durations of a ticket, in minutes as the service counts them. */
    private static final Map<String, String> MEASURES =
            Map.of("first_reply", "first_replied_duration", "resolution", "resolved_duration");

    private final List<ReportColumn> columns;
    private final List<ReportRow> tickets;
    private final String time;
    private final Instant now;

    /** The measures that any ticket has. */
    private final List<String> measures;

    /** @param time the field that days, weeks and months refer to */
    ReportTable(List<ReportColumn> columns, List<ReportRow> tickets, String time, Instant now) {
        this.columns = columns;
        this.tickets = tickets;
        this.time = time;
        this.now = now;
        this.measures = Stream.of("first_reply", "resolution")
                .filter(measure -> tickets.stream().anyMatch(row -> minutes(row, measure) != null))
                .toList();
    }

    /** The names of the columns: first what the tickets are grouped by, then the figures. */
    List<String> columns() {
        List<String> names = new ArrayList<>(
                columns.stream().map(ReportColumn::word).toList());
        names.addAll(figures(tickets).keySet());
        return names;
    }

    /** One row a group: by time if a column is one, otherwise the largest group first. */
    List<List<Object>> rows() {
        Map<List<String>, List<ReportRow>> groups = new LinkedHashMap<>();
        for (ReportRow ticket : tickets) {
            groups.computeIfAbsent(
                            columns.stream().map(column -> column.of(ticket, time, now)).toList(),
                            first -> new ArrayList<>())
                    .add(ticket);
        }
        return groups.entrySet().stream()
                .sorted(order())
                .map(group -> {
                    List<Object> row = new ArrayList<>(group.getKey());
                    row.addAll(figures(group.getValue()).values());
                    return row;
                })
                .toList();
    }

    private Comparator<Map.Entry<List<String>, List<ReportRow>>> order() {
        Comparator<Map.Entry<List<String>, List<ReportRow>>> order = Comparator.comparing(
                group -> -group.getValue().size());
        order = order.thenComparing(group -> String.join("\n", group.getKey()));
        for (int i = columns.size() - 1; i >= 0; i--) {
            int column = i;
            if (columns.get(column).isTime()) {
                Comparator<Map.Entry<List<String>, List<ReportRow>>> byTime =
                        Comparator.comparing(group -> group.getKey().get(column));
                order = byTime.thenComparing(order);
            }
        }
        return order;
    }

    /** The number of tickets; for each measure, how many have it, its median and its 90th percentile. */
    Map<String, Object> figures() {
        return figures(tickets);
    }

    private Map<String, Object> figures(Collection<ReportRow> group) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("tickets", group.size());
        for (String measure : measures) {
            List<Long> sorted = group.stream()
                    .map(row -> minutes(row, measure))
                    .filter(Objects::nonNull)
                    .sorted()
                    .toList();
            figures.put("with_" + measure, sorted.size());
            figures.put(measure + "_median", sorted.isEmpty() ? "" : median(sorted));
            figures.put(measure + "_p90", sorted.isEmpty() ? "" : sorted.get((9 * sorted.size() + 9) / 10 - 1));
        }
        return figures;
    }

    /** Of two middle values the mean, rounded down as the service rounds minutes. */
    private static long median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static @Nullable Long minutes(ReportRow row, String measure) {
        return row.minutes(Objects.requireNonNull(MEASURES.get(measure)));
    }
}
