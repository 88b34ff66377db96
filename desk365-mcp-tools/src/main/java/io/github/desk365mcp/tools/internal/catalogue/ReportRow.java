package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.InvalidResponseException;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.text.Ascii;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that a report counts.
 *
 * @param ticket as the service sends it
 * @param shown as answers show it
 */
record ReportRow(Ticket ticket, Map<String, Object> shown) {

    static ReportRow of(Ticket ticket) {
        return new ReportRow(ticket, TicketShapes.TICKET.convert(ticket.toMap(), AnswerOptions.EVERYTHING));
    }

    /** Null if the ticket has no such time, or it cannot be read. */
    @Nullable
    Instant time(String field) {
        try {
            return ticket.time(field);
        } catch (InvalidResponseException e) {
            return null;
        }
    }

    /** Null if the ticket has no such number, or it cannot be read. */
    @Nullable
    Long minutes(String field) {
        try {
            return ticket.integer(field);
        } catch (InvalidResponseException e) {
            return null;
        }
    }

    /** The status decides, because a ticket that was opened again may keep its old times. */
    boolean isUnresolved() {
        return !Boolean.FALSE.equals(unresolved());
    }

    /** Whether the ticket is unresolved; null if the row does not tell, because its status is not one of the usual ones. */
    @Nullable
    Boolean unresolved() {
        return switch (Ascii.lower(String.valueOf(shown.get("status")))) {
            case "open", "pending" -> true;
            case "resolved", "closed", "archived" -> false;
            default -> {
                boolean isOver = time("resolved_on") != null || time("closed_on") != null;
                yield isOver ? Boolean.FALSE : ticket.has("resolved_on") ? Boolean.TRUE : null;
            }
        };
    }

    boolean isOverdue(Instant now) {
        return Boolean.TRUE.equals(isPast("due_date", now)) && isUnresolved();
    }

    /** Whether a time of the ticket is before another; false if the ticket has none, null if the row does not tell. */
    @Nullable
    Boolean isPast(String field, Instant other) {
        Instant time = time(field);
        return time == null
                ? (ticket.has(field) && ticket.get(field) == null ? false : null)
                : (Boolean) time.isBefore(other);
    }
}
