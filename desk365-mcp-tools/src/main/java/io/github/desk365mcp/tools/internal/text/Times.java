package io.github.desk365mcp.tools.internal.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as people and models write them; one without a zone is UTC, as all times of the API are. */
public final class Times {

    /** ISO 8601, with or without its marks; behind it perhaps a zone, and the name of one as Java and JavaScript add it. */
    private static final Pattern FORM =
            Pattern.compile("(?i)(?<year>\\d{4})(?<mark>-?)(?<month>\\d\\d)\\k<mark>(?<day>\\d\\d)"
                    + "(?<time>(?:T| +)(?<hour>\\d\\d):?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?"
                    + " *(?<offset>Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)? *(?:\\[(?<region>[\\w/+-]+)])?)?");

    private static final int LONGEST = 200;

    private Times() {}

    /** Null if it is no time, or one on a day that there is not. */
    public static @Nullable Instant parse(String text) {
        Matcher form = form(text);
        LocalDate day = day(text);
        if (day == null || !form.matches()) {
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

    /** The day as it is written, whatever time of day and zone stand behind it. */
    public static @Nullable LocalDate day(String text) {
        Matcher form = form(text);
        try {
            return form.matches()
                    ? LocalDate.of(number(form, "year"), number(form, "month"), number(form, "day"))
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Many blanks within one would take the pattern long to refuse. */
    private static Matcher form(String text) {
        return FORM.matcher(text.length() > LONGEST ? "" : text.strip());
    }

    /** Whether the text says which zone it is in. */
    public static boolean isZoned(String text) {
        Matcher form = form(text);
        return form.matches() && (form.group("offset") != null || form.group("region") != null);
    }

    /** What to write instead of a text that cannot be read: the last day of its month, or else this form. */
    public static String wanted(String text, String form) {
        Matcher written = form(text);
        if (written.matches() && day(text) == null) {
            try {
                LocalDate last = YearMonth.of(number(written, "year"), number(written, "month"))
                        .atEndOfMonth();
                return "a day that there is; the nearest is " + last;
            } catch (DateTimeException e) {
                return form;
            }
        }
        return form;
    }

    private static int number(Matcher form, String group) {
        return Integer.parseInt(or(form.group(group), "0"));
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
