package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.time.Instant;

/**
 * What a new time entry may have beside its ticket. Unverified: the fields are those that time entries are read with.
 */
public final class NewTimeEntry extends Input<NewTimeEntry> {

    /** Nothing is set at first. */
    public NewTimeEntry() {}

    /** The agent who spent the time. What the default is, is unknown. */
    public NewTimeEntry agentEmail(String agentEmail) {
        return set("agent_email", agentEmail);
    }

    /** What was done. */
    public NewTimeEntry note(String note) {
        return set("note", note);
    }

    /** Whether the time is billed. */
    public NewTimeEntry billable(boolean billable) {
        return setFlag("billable", billable);
    }

    /** That it is read as UTC is inferred. */
    public NewTimeEntry startTime(Instant startTime) {
        return set("start_time", Times.format(startTime));
    }

    /** How long it took, in minutes. */
    public NewTimeEntry minutes(long minutes) {
        return set("time_spent_in_minutes", minutes);
    }

    /** More about the work. */
    public NewTimeEntry additionalInfo(String additionalInfo) {
        return set("additional_info", additionalInfo);
    }
}
