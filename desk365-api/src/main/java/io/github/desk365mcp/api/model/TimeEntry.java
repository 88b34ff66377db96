package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Time that an agent spent on a ticket. Known from one source, as are its fields. */
public final class TimeEntry extends JsonDocument {

    /** A view over these fields. */
    public TimeEntry(Map<String, ?> fields) {
        super(fields);
    }

    /** The key. */
    public long id() {
        return required("id", integer("id"));
    }

    /** The ticket that the time was spent on. */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** The agent's address. */
    public @Nullable String agentEmail() {
        return text("agent_email");
    }

    /** What was done. */
    public @Nullable String note() {
        return text("note");
    }

    /** Whether the time is billed. */
    public @Nullable Boolean billable() {
        return flag("billable");
    }

    /** That this and the other times are UTC is inferred. */
    public @Nullable Instant createdTime() {
        return time("created_time");
    }

    /** Seen in lists only. */
    public @Nullable Instant updatedTime() {
        return time("updated_time");
    }

    /** When the work began. */
    public @Nullable Instant startTime() {
        return time("start_time");
    }

    /** Minutes. */
    public @Nullable Long timeSpentInMinutes() {
        return integer("time_spent_in_minutes");
    }

    /** Whether a timer still counts the time. */
    public @Nullable Boolean timerRunning() {
        return flag("timer_running");
    }

    /** More about the work. */
    public @Nullable String additionalInfo() {
        return text("additional_info");
    }
}
