package io.github.desk365mcp.api.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the API wants them. That it reads them as UTC is inferred: what it sends is UTC. */
final class Times {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Times() {}

    static String format(Instant time) {
        return FORMAT.format(time);
    }
}
