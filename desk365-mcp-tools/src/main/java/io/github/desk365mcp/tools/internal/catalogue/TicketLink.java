package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads ticket numbers as people write them, such as {@code Ticket #4052}, and from pasted links, such as
 * {@code https://acme.desk365.io/app/tickets/ticketdetails?tktNum=4052}.
 */
public final class TicketLink {

    private static final String CLOUD = ".desk365.io";

    /** About the longest link that browsers accept. */
    private static final int LONGEST = 2_000;

    private static final Pattern ANGLES = Pattern.compile("^<(.*)>$");
    private static final Pattern WRITTEN = Pattern.compile("(?i)(?:ticket\\s*)?#?\\s*(\\d{1,18})");
    private static final Pattern LINK = Pattern.compile("(?i)https?://([^/?#\\\\]*).*");
    private static final Pattern NUMBER =
            Pattern.compile("(?i)(?:[?&](?:tktNum|ticket_?number)=|/tickets?/(?:details/)?)#?(\\d{1,18})(?!\\w)");

    private TicketLink() {}

    /** Returns the ticket number in the text or in a link to this helpdesk; otherwise the text itself. */
    public static Object number(String text, URI helpdesk, CallNotes notes) {
        if (text.length() > LONGEST) {
            return text;
        }
        String link = ANGLES.matcher(text.strip()).replaceFirst("$1");
        Matcher written = WRITTEN.matcher(link);
        if (written.matches()) {
            return written.group(1);
        }
        Matcher parts = LINK.matcher(link);
        Matcher number = NUMBER.matcher(link);
        if (!parts.matches() || !number.find()) {
            return text;
        }
        String host = Ascii.lower(parts.group(1).replaceFirst(":\\d*$", ""));
        String own = Ascii.lower(String.valueOf(helpdesk.getHost()));
        if (host.equals(own)) {
            return number.group(1);
        }
        boolean isCloud = host.matches("[a-z0-9-]+" + Pattern.quote(CLOUD));
        if (!isCloud || own.endsWith(CLOUD)) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was done. ticket_number links to "
                            + (isCloud ? "another helpdesk, " : "another site, ") + Text.brief(host)
                            + "; this helpdesk is " + own + ". Give a ticket number of this helpdesk.");
        }
        notes.noted("ticket_number was read as " + number.group(1) + " from a link to " + host);
        return number.group(1);
    }
}
