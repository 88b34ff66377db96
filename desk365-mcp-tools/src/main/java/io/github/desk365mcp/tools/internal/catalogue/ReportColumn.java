package io.github.desk365mcp.tools.internal.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a report can group tickets by. */
record ReportColumn(String word, boolean isTime, BiFunction<ReportRow, Instant, @Nullable String> value) {

    private static final String NONE = "(none)";

    private static final ReportColumn[] ALL = Stream.of(
                    Stream.of(
                                    "status",
                                    "priority",
                                    "type",
                                    "group",
                                    "category",
                                    "subcategory",
                                    "assigned_to",
                                    "company_name",
                                    "contact_email",
                                    "source")
                            .map(field -> new ReportColumn(
                                    field, false, (row, now) -> text(row.shown().get(field)))),
                    Stream.of(new ReportColumn("sla_state", false, ReportColumn::slaState)),
                    Stream.of("created", "updated", "resolved", "closed")
                            .flatMap(event -> Stream.of(
                                    time(event, "day", LocalDate::toString),
                                    time(event, "week", ReportColumn::week),
                                    time(event, "month", day -> day.toString().substring(0, 7)))))
            .flatMap(columns -> columns)
            .toArray(ReportColumn[]::new);

    static String[] words() {
        return Arrays.stream(ALL).map(ReportColumn::word).toArray(String[]::new);
    }

    static ReportColumn named(String word) {
        return Arrays.stream(ALL)
                .filter(column -> column.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    String of(ReportRow row, Instant now) {
        String known = value.apply(row, now);
        return known == null || known.isBlank() ? NONE : known;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : String.valueOf(value);
    }

    private static ReportColumn time(String event, String span, Function<LocalDate, String> name) {
        return new ReportColumn(event + "_" + span, true, (row, now) -> {
            Instant time = row.time(event + "_on");
            return time == null ? null : name.apply(LocalDate.ofInstant(time, ZoneOffset.UTC));
        });
    }

    private static String week(LocalDate day) {
        return String.format(
                Locale.ROOT,
                "%d-W%02d",
                day.get(IsoFields.WEEK_BASED_YEAR),
                day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** Inferred: lists do not say whether a ticket was resolved within its SLA, but the due date shows it. */
    private static String slaState(ReportRow row, Instant now) {
        Instant due = row.time("due_date");
        if (due == null) {
            return "no due date";
        }
        if (row.isUnresolved()) {
            return due.isBefore(now) ? "overdue" : "not due yet";
        }
        Instant end = row.time("resolved_on") == null ? row.time("closed_on") : row.time("resolved_on");
        return end == null ? "unknown" : end.isAfter(due) ? "resolved late" : "resolved in time";
    }
}
