package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.NewTimeEntry;
import io.github.desk365mcp.api.model.TimeEntry;
import io.github.desk365mcp.api.model.TimeEntryQuery;
import java.util.Map;
import java.util.function.Consumer;

/** Time that agents spent on tickets. Known from one source. */
public final class TimeEntries {

    private final Calls calls;

    TimeEntries(Calls calls) {
        this.calls = calls;
    }

    /** {@return all time entries} */
    public Paged<TimeEntry> list() {
        return list(query -> {});
    }

    /**
     * Lists time entries.
     *
     * @param query sets filters and options
     * @return the matching time entries
     */
    public Paged<TimeEntry> list(Consumer<TimeEntryQuery> query) {
        return calls.paged(
                Operation.LIST_TIME_ENTRIES, Input.filled(new TimeEntryQuery(), query), "content", TimeEntry::new);
    }

    /**
     * Gets a time entry.
     *
     * @param id the id, which lists contain
     * @return the time entry
     */
    public TimeEntry get(long id) {
        return calls.get(Operation.GET_TIME_ENTRY, Map.of("id", id), TimeEntry::new);
    }

    /**
     * Creates a time entry on a ticket.
     *
     * <p>Unverified: the vendor's documentation of December 2025 has no such operation, so its path and fields are
     * assumed by analogy. {@link Desk365Client.Builder#path} changes the path.
     *
     * @param ticketNumber the ticket's number
     * @param more sets optional fields
     * @return the new time entry
     */
    public TimeEntry create(long ticketNumber, Consumer<NewTimeEntry> more) {
        Map<String, Object> entry = Input.filled(new NewTimeEntry().set("ticket_number", ticketNumber), more);
        return calls.write(Operation.CREATE_TIME_ENTRY, Map.of(), entry, TimeEntry::new);
    }
}
