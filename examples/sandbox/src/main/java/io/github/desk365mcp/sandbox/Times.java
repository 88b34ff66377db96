package io.github.desk365mcp.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in the service's format: in UTC, without a time zone. In this format they can be sorted as texts. */
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
            // Formatted again, because the parser accepts forms that do not sort correctly.
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
