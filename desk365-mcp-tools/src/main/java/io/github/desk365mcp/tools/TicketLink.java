package io.github.desk365mcp.tools;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links to tickets, as people paste them: {@code https://acme.desk365.io/app/tickets/ticketdetails?tktNum=4052}. */
final class TicketLink {

    private static final String CLOUD = ".desk365.io";
    private static final Pattern NUMBER =
            Pattern.compile("(?i)(?:[?&](?:tktNum|ticket_?number)=|/tickets?/(?:details/)?)#?(\\d{1,18})(?!\\w)");

    private TicketLink() {}

    /** The number in a link to a ticket of this helpdesk; the text itself if it is no link. */
    static Object number(String text, URI helpdesk, Trace trace) {
        String link = text.strip();
        if (!link.regionMatches(true, 0, "http", 0, 4) || !link.contains("://")) {
            return text;
        }
        Matcher number = NUMBER.matcher(link);
        if (!number.find()) {
            return text;
        }
        String host =
                link.replaceFirst("(?i)^https?://", "").split("[/?#:]", 2)[0].toLowerCase(Locale.ROOT);
        String own = String.valueOf(helpdesk.getHost()).toLowerCase(Locale.ROOT);
        if (host.endsWith(CLOUD) && own.endsWith(CLOUD) && !host.equals(own)) {
            throw new RefusedException(
                    "invalid_arguments",
                    "Nothing was done. ticket_number is a link to another helpdesk, " + Text.brief(host)
                            + "; tickets of this one are at " + own + ".");
        }
        if (!host.equals(own)) {
            trace.noted("ticket_number was read as " + number.group(1) + " from a link to " + host);
        }
        return number.group(1);
    }
}
