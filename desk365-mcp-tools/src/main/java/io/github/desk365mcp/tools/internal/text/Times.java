package io.github.desk365mcp.tools.internal.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses times as people and models write them. A time without a zone is UTC, as all times of the API are. */
public final class Times {

    /**
     * ISO 8601, with or without separators, an optional offset and an optional zone name in brackets, as Java writes
     * it.
     */
    private static final Pattern FORM =
            Pattern.compile("(?i)(?<year>\\d{4})(?<mark>-?)(?<month>\\d\\d)\\k<mark>(?<day>\\d\\d)"
                    + "(?<time>(?:T| +)(?<hour>\\d\\d):?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?"
                    + " *(?<offset>Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)? *(?:\\[(?<region>[\\w/+-]+)])?)?");

    /** The form of the service's times, with zeros for digits. */
    private static final String OF_SERVICE = "0000-00-00 00:00:00";

    private static final int LONGEST = 200;
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);

    private Times() {}

    /** Returns null if the text is not a valid time. */
    public static @Nullable Instant parse(String text) {
        if (isOfService(text)) {
            return ofService(text);
        }
        Matcher form = form(text);
        LocalDate day = day(form);
        if (day == null) {
            return null;
        }
        try {
            LocalTime time = form.group("time") == null
                    ? LocalTime.MIDNIGHT
                    : LocalTime.of(
                            number(form, "hour"),
                            number(form, "minute"),
                            number(form, "second"),
                            Integer.parseInt((or(form.group("fraction"), "") + "000000000").substring(0, 9)));
            String offset = Ascii.upper(or(form.group("offset"), ""));
            ZoneId zone = ZoneId.of(offset.isEmpty() ? or(form.group("region"), "Z") : offset);
            return day.atTime(time).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isOfService(String text) {
        if (text.length() != OF_SERVICE.length()) {
            return false;
        }
        for (int i = 0; i < OF_SERVICE.length(); i++) {
            char wanted = OF_SERVICE.charAt(i);
            char letter = text.charAt(i);
            if (wanted == '0' ? letter < '0' || letter > '9' : letter != wanted) {
                return false;
            }
        }
        return true;
    }

    /** Records have several such times, and the pattern takes ten times as long. */
    private static @Nullable Instant ofService(String text) {
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }

    /** Returns the date as written, regardless of time of day and zone; null if it is not a valid date. */
    public static @Nullable LocalDate day(String text) {
        return day(form(text));
    }

    private static @Nullable LocalDate day(Matcher form) {
        try {
            return form.matches()
                    ? LocalDate.of(number(form, "year"), number(form, "month"), number(form, "day"))
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The length is limited, since the pattern is slow to reject a long run of spaces. */
    private static Matcher form(String text) {
        return FORM.matcher(text.length() > LONGEST ? "" : text.strip());
    }

    /** Whether the text has an offset or a zone. */
    public static boolean isZoned(String text) {
        Matcher form = form(text);
        return form.matches() && (form.group("offset") != null || form.group("region") != null);
    }

    /** Describes what is expected instead of an unreadable text: the last day of its month, or this form. */
    public static String wanted(String text, String form) {
        Matcher written = form(text);
        if (written.matches() && day(text) == null) {
            try {
                LocalDate last = YearMonth.of(number(written, "year"), number(written, "month"))
                        .atEndOfMonth();
                return "a valid date; the nearest is " + last;
            } catch (DateTimeException e) {
                return form;
            }
        }
        return form;
    }

    private static int number(Matcher form, String group) {
        return Integer.parseInt(or(form.group(group), "0"));
    }

    /** Returns the duration, but at most ten years, so that calculations with it cannot overflow. */
    public static Duration capped(Duration duration) {
        return duration.compareTo(TEN_YEARS) < 0 ? duration : TEN_YEARS;
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
