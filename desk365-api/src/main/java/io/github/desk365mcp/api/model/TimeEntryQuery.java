package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.time.Instant;

/**
 * Filters and options for listing time entries. Everything except the page size is known from one source. That the
 * service reads times as UTC is inferred.
 */
public final class TimeEntryQuery extends Input<TimeEntryQuery> {

    /** Creates an input with no fields set. */
    public TimeEntryQuery() {}

    /**
     * Skips time entries.
     *
     * @param offset the number of time entries to skip, 0 by default
     * @return this
     */
    public TimeEntryQuery offset(long offset) {
        return set("offset", offset);
    }

    /**
     * Sets the page size.
     *
     * @param size 30, 50 or 100, by default 30
     * @return this
     */
    public TimeEntryQuery pageSize(int size) {
        return set("time_entries_count", size);
    }

    /**
     * Lists only time spent on a ticket.
     *
     * @param ticketNumber the number of the ticket
     * @return this
     */
    public TimeEntryQuery ticketNumber(long ticketNumber) {
        return set("ticket_number", ticketNumber);
    }

    /**
     * Lists only time spent by an agent.
     *
     * @param agentEmail the agent's email address
     * @return this
     */
    public TimeEntryQuery agentEmail(String agentEmail) {
        return set("agent_email", agentEmail);
    }

    /**
     * Lists only time spent for a company.
     *
     * @param companyName the exact name of the company
     * @return this
     */
    public TimeEntryQuery companyName(String companyName) {
        return set("company_name", companyName);
    }

    /**
     * Lists only work that started before a time.
     *
     * @param startedBefore the time
     * @return this
     */
    public TimeEntryQuery startedBefore(Instant startedBefore) {
        return set("started_before", Times.format(startedBefore));
    }

    /**
     * Lists only work that started after a time.
     *
     * @param startedAfter the time
     * @return this
     */
    public TimeEntryQuery startedAfter(Instant startedAfter) {
        return set("started_after", Times.format(startedAfter));
    }

    /**
     * Lists only time entries created after a time.
     *
     * @param createdAfter the time
     * @return this
     */
    public TimeEntryQuery createdAfter(Instant createdAfter) {
        return set("created_after", Times.format(createdAfter));
    }

    /**
     * Lists only time entries updated after a time.
     *
     * @param updatedAfter the time
     * @return this
     */
    public TimeEntryQuery updatedAfter(Instant updatedAfter) {
        return set("updated_after", Times.format(updatedAfter));
    }

    /**
     * Lists only billable time, or only time that is not billable. By default, both are listed.
     *
     * @param billable whether the time is billable
     * @return this
     */
    public TimeEntryQuery billable(boolean billable) {
        return setFlag("billable", billable);
    }

    /**
     * Lists only time entries whose timer is running, or only those whose timer is not. By default, both are listed.
     *
     * @param timerRunning whether the timer is running
     * @return this
     */
    public TimeEntryQuery timerRunning(boolean timerRunning) {
        return setFlag("timer_running", timerRunning);
    }
}
