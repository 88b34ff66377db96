package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Time that an agent spent on a ticket. Known from one source. That its times are UTC is inferred. */
public final class TimeEntry extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public TimeEntry(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the id, which identifies the time entry} */
    public long id() {
        return required("id", integer("id"));
    }

    /** {@return the number of the ticket that the time was spent on} */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** {@return the agent's email address} */
    public @Nullable String agentEmail() {
        return text("agent_email");
    }

    /** {@return the note on the work} */
    public @Nullable String note() {
        return text("note");
    }

    /** {@return whether the time is billable} */
    public @Nullable Boolean billable() {
        return flag("billable");
    }

    /** {@return when the time entry was created} */
    public @Nullable Instant createdTime() {
        return time("created_time");
    }

    /** {@return when the time entry was last updated} Documented only for lists. */
    public @Nullable Instant updatedTime() {
        return time("updated_time");
    }

    /** {@return when the work started} */
    public @Nullable Instant startTime() {
        return time("start_time");
    }

    /** {@return the time spent, in minutes} */
    public @Nullable Long timeSpentInMinutes() {
        return integer("time_spent_in_minutes");
    }

    /** {@return whether a timer is still running (inferred from the name)} */
    public @Nullable Boolean timerRunning() {
        return flag("timer_running");
    }

    /** {@return additional information} */
    public @Nullable String additionalInfo() {
        return text("additional_info");
    }
}
