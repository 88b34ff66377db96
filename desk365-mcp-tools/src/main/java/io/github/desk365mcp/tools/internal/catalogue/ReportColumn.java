package io.github.desk365mcp.tools.internal.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a report can group tickets by. */
record ReportColumn(String word, boolean isTime, Value value) {

    /** What a column reads. */
    interface Value {

        /**
         * Returns the value of a ticket; null if it has none.
         *
         * @param time the field that days, weeks and months refer to
         */
        @Nullable
        String of(ReportRow row, String time, Instant now);
    }

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
                                    field,
                                    false,
                                    (row, time, now) -> text(row.shown().get(field)))),
                    Stream.of(new ReportColumn("sla_state", false, ReportColumn::slaState)),
                    Stream.of(
                            time("day", LocalDate::toString),
                            time("week", ReportColumn::week),
                            time("month", day -> day.toString().substring(0, 7))))
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

    String of(ReportRow row, String time, Instant now) {
        String known = value.of(row, time, now);
        return known == null || known.isBlank() ? TicketFilters.NONE : known;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : String.valueOf(value);
    }

    private static ReportColumn time(String span, Function<LocalDate, String> name) {
        return new ReportColumn(span, true, (row, field, now) -> {
            Instant time = row.time(field);
            return time == null ? null : name.apply(LocalDate.ofInstant(time, ZoneOffset.UTC));
        });
    }

    /** The ISO week. */
    private static String week(LocalDate day) {
        return String.format(
                Locale.ROOT,
                "%d-W%02d",
                day.get(IsoFields.WEEK_BASED_YEAR),
                day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** Inferred: lists do not say whether a ticket was resolved within its SLA, but the due date shows it. */
    private static String slaState(ReportRow row, String time, Instant now) {
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
