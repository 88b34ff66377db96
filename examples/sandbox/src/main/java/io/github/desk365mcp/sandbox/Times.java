package io.github.desk365mcp.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the service writes them: in UTC, without saying so. In this form they sort as texts. */
final class Times {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Times() {}

    static String format(Instant time) {
        return FORMAT.format(time.atOffset(ZoneOffset.UTC));
    }

    static Instant parse(String time) {
        return LocalDateTime.parse(time, FORMAT).toInstant(ZoneOffset.UTC);
    }

    static boolean isTime(String text) {
        try {
            // Written again, since reading lets much pass that does not sort.
            return format(parse(text)).equals(text);
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Returns the whole minutes between two times, rounded down. */
    static long minutes(String from, String to) {
        return Duration.between(parse(from), parse(to)).toMinutes();
    }

    static String plus(String time, Duration duration) {
        return format(parse(time).plus(duration));
    }
}
