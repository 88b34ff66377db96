package io.github.desk365mcp.api.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats times for the API. That the service reads them as UTC is inferred: the times that it sends are UTC. */
final class Times {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Times() {}

    static String format(Instant time) {
        return FORMAT.format(time);
    }
}
