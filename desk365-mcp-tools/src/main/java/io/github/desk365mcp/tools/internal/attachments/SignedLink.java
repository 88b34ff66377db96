package io.github.desk365mcp.tools.internal.attachments;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a pre-signed S3 link says about its own end. */
public final class SignedLink {

    private static final Pattern DATE = Pattern.compile("(?i)[?&]X-Amz-Date=(\\d{8}T\\d{6})Z");
    private static final Pattern SECONDS = Pattern.compile("(?i)[?&]X-Amz-Expires=(\\d{1,7})(?:&|#|$)");
    private static final Pattern END = Pattern.compile("[?&]Expires=(\\d{1,11})(?:&|#|$)");
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    private SignedLink() {}

    /** Whether it has expired. A link that does not say may still work. */
    public static boolean hasEnded(String link, Instant now) {
        Matcher end = END.matcher(link);
        if (end.find()) {
            return !now.isBefore(Instant.ofEpochSecond(Long.parseLong(end.group(1))));
        }
        Matcher date = DATE.matcher(link);
        Matcher seconds = SECONDS.matcher(link);
        if (!date.find() || !seconds.find()) {
            return false;
        }
        try {
            Instant signed = LocalDateTime.parse(date.group(1), BASIC).toInstant(ZoneOffset.UTC);
            return !now.isBefore(signed.plusSeconds(Long.parseLong(seconds.group(1))));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
