package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.time.Instant;

/**
 * Which time entries are listed. All but the page size is known from one source; that times are read as UTC is
 * inferred.
 */
public final class TimeEntryQuery extends Input<TimeEntryQuery> {

    /** Nothing is set at first. */
    public TimeEntryQuery() {}

    /** How many time entries are skipped. Default 0. */
    public TimeEntryQuery offset(long offset) {
        return set("offset", offset);
    }

    /** Time entries a page: 30, 50 or 100. Default 30. */
    public TimeEntryQuery pageSize(int size) {
        return set("time_entries_count", size);
    }

    /** Time spent on this ticket. */
    public TimeEntryQuery ticketNumber(long ticketNumber) {
        return set("ticket_number", ticketNumber);
    }

    /** Time that this agent spent. */
    public TimeEntryQuery agentEmail(String agentEmail) {
        return set("agent_email", agentEmail);
    }

    /** Time spent for this company; its exact name. */
    public TimeEntryQuery companyName(String companyName) {
        return set("company_name", companyName);
    }

    /** Only work that began before this time. That the service reads it as UTC is inferred. */
    public TimeEntryQuery startedBefore(Instant startedBefore) {
        return set("started_before", Times.format(startedBefore));
    }

    /** Only work that began after this time. That the service reads it as UTC is inferred. */
    public TimeEntryQuery startedAfter(Instant startedAfter) {
        return set("started_after", Times.format(startedAfter));
    }

    /** Only entries that were created after this time. That the service reads it as UTC is inferred. */
    public TimeEntryQuery createdAfter(Instant createdAfter) {
        return set("created_after", Times.format(createdAfter));
    }

    /** Only entries that were updated after this time. That the service reads it as UTC is inferred. */
    public TimeEntryQuery updatedAfter(Instant updatedAfter) {
        return set("updated_after", Times.format(updatedAfter));
    }

    /** Only billable time, or only time that is not. Default both. */
    public TimeEntryQuery billable(boolean billable) {
        return setFlag("billable", billable);
    }

    /** Only where the timer runs, or only where it does not. Default both. */
    public TimeEntryQuery timerRunning(boolean timerRunning) {
        return setFlag("timer_running", timerRunning);
    }
}
