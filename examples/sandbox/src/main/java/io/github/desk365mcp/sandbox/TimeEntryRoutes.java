package io.github.desk365mcp.sandbox;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Time that agents spent on tickets. */
final class TimeEntryRoutes {

    private static final Set<String> NEW = Set.of(
            "ticket_number",
            "agent_email",
            "note",
            "billable",
            "start_time",
            "time_spent_in_minutes",
            "additional_info");

    private final Helpdesk helpdesk;

    TimeEntryRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void addTo(Routes routes) {
        routes.get("/time_entries", this::list);
        routes.get("/time_entries/details", this::details);
        routes.post("/time_entries/create", this::create);
    }

    private Answer list(Request request) {
        int size = request.pageSize("time_entries_count");
        String company = request.query("company_name");
        List<ObjectNode> found = helpdesk.timeEntries.stream()
                .filter(is("ticket_number", request.query("ticket_number")))
                .filter(is("agent_email", request.query("agent_email")))
                .filter(is("billable", request.query("billable")))
                .filter(is("timer_running", request.query("timer_running")))
                .filter(entry -> company == null || company.equals(company(entry)))
                .filter(after("start_time", request.query("started_after")))
                .filter(before("start_time", request.query("started_before")))
                .filter(after("created_time", request.query("created_after")))
                .filter(after("updated_time", request.query("updated_after")))
                .toList();
        return Helpdesk.page("content", found, request.offset(), size);
    }

    private @Nullable String company(ObjectNode entry) {
        Ticket ticket = helpdesk.tickets.get(entry.path("ticket_number").asInt());
        return ticket == null ? null : ticket.text("company_name");
    }

    private static Predicate<ObjectNode> is(String field, @Nullable String value) {
        return entry -> value == null || value.equals(entry.path(field).asString(""));
    }

    private static Predicate<ObjectNode> after(String field, @Nullable String time) {
        return entry -> time == null || entry.path(field).asString("").compareTo(time) > 0;
    }

    private static Predicate<ObjectNode> before(String field, @Nullable String time) {
        return entry -> time == null || entry.path(field).asString("").compareTo(time) < 0;
    }

    private Answer details(Request request) {
        ObjectNode entry =
                Helpdesk.get(helpdesk.timeEntries, "id", request.required("id").strip());
        // Only lists have this field.
        return Answer.ok(entry.deepCopy().without("updated_time"));
    }

    /** Creates a time entry. No source has this operation; it follows the pattern of the others. */
    private Answer create(Request request) {
        Body body = request.body(NEW);
        Integer ticket = body.integer("ticket_number");
        helpdesk.rules()
                .refuseIf(
                        ticket == null || !helpdesk.tickets.containsKey(ticket),
                        Guess.TIME_ENTRY_TICKET,
                        "Invalid value '" + ticket + "' for ticket_number");
        String agent = body.text("agent_email");
        String now = helpdesk.now();
        String start = body.text("start_time");
        ObjectNode entry = entry(
                nextId(),
                Objects.requireNonNullElse(ticket, 0),
                agent == null
                        ? helpdesk.account().keyOwner()
                        : helpdesk.account().agent(agent, "agent_email"),
                body.text("note"),
                body.code("billable", 0, 0, 1),
                now,
                start == null ? now : start,
                body.integer("time_spent_in_minutes", 0));
        entry.put("additional_info", body.text("additional_info"));
        helpdesk.timeEntries.add(entry);
        return Answer.ok(entry.deepCopy().without("updated_time"));
    }

    private long nextId() {
        return helpdesk.timeEntries.stream()
                        .mapToLong(entry -> entry.path("id").asLong())
                        .max()
                        .orElse(0)
                + 1;
    }

    static ObjectNode entry(
            long id,
            int ticket,
            String agent,
            @Nullable String note,
            int billable,
            String created,
            String start,
            int minutes) {
        return Json.object()
                .put("id", id)
                .put("ticket_number", ticket)
                .put("agent_email", agent)
                .put("note", note)
                .put("billable", billable)
                .put("created_time", created)
                .put("updated_time", created)
                .put("start_time", start)
                .put("time_spent_in_minutes", minutes)
                .put("timer_running", 0)
                .putNull("additional_info");
    }
}
