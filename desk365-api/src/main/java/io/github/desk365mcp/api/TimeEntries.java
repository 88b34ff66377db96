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

    /** All time entries. */
    public Paged<TimeEntry> list() {
        return list(query -> {});
    }

    /** The time entries that match. */
    public Paged<TimeEntry> list(Consumer<TimeEntryQuery> query) {
        return calls.paged(
                Operation.LIST_TIME_ENTRIES, Input.filled(new TimeEntryQuery(), query), "content", TimeEntry::new);
    }

    /** The time entry with this id, which lists tell. */
    public TimeEntry get(long id) {
        return calls.get(Operation.GET_TIME_ENTRY, Map.of("id", id), TimeEntry::new);
    }

    /**
     * Books time on a ticket. Unverified: the vendor's document of December 2025 has no such operation, so path and
     * fields are taken by analogy; {@link Desk365Client.Builder#path} changes the path.
     */
    public TimeEntry create(long ticketNumber, Consumer<NewTimeEntry> more) {
        Map<String, Object> entry = Input.filled(new NewTimeEntry().set("ticket_number", ticketNumber), more);
        return calls.write(Operation.CREATE_TIME_ENTRY, Map.of(), entry, TimeEntry::new);
    }
}
