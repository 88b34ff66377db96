package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.time.Instant;

/** Optional fields of a new time entry. Unverified: the fields are those that the service returns for time entries. */
public final class NewTimeEntry extends Input<NewTimeEntry> {

    /** Creates an input with no fields set. */
    public NewTimeEntry() {}

    /**
     * Sets the agent who spent the time. The default is unknown.
     *
     * @param agentEmail the email address of an agent
     * @return this
     */
    public NewTimeEntry agentEmail(String agentEmail) {
        return set("agent_email", agentEmail);
    }

    /**
     * Sets the note on the work.
     *
     * @param note the text
     * @return this
     */
    public NewTimeEntry note(String note) {
        return set("note", note);
    }

    /**
     * Sets whether the time is billable.
     *
     * @param billable whether it is billable
     * @return this
     */
    public NewTimeEntry billable(boolean billable) {
        return setFlag("billable", billable);
    }

    /**
     * Sets when the work started. That the service reads the time as UTC is inferred.
     *
     * @param startTime the time
     * @return this
     */
    public NewTimeEntry startTime(Instant startTime) {
        return set("start_time", Times.format(startTime));
    }

    /**
     * Sets the time spent.
     *
     * @param minutes the time in minutes
     * @return this
     */
    public NewTimeEntry minutes(long minutes) {
        return set("time_spent_in_minutes", minutes);
    }

    /**
     * Sets additional information.
     *
     * @param additionalInfo the text
     * @return this
     */
    public NewTimeEntry additionalInfo(String additionalInfo) {
        return set("additional_info", additionalInfo);
    }
}
