package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Tickets: list, search, read, create and update. */
final class TicketRoutes {

    private static final int CALLS_PER_SEARCH = 5;

    private static final Set<String> NEW = Set.of(
            "email",
            "subject",
            "description",
            "status",
            "priority",
            "type",
            "assign_to",
            "group",
            "category",
            "sub_category",
            "form_name",
            "custom_fields",
            "watchers",
            "share_to");

    private static final Set<String> CHANGES = Set.of(
            "contact_email",
            "subject",
            "description",
            "sla",
            "status",
            "priority",
            "type",
            "assign_to",
            "group",
            "category",
            "sub_category",
            "custom_fields",
            "watchers",
            "share_to");

    private final Helpdesk helpdesk;
    private final TicketWriter writer;
    private final TicketView view;
    private final TicketSearch search;

    TicketRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
        this.writer = new TicketWriter(helpdesk);
        this.view = new TicketView(helpdesk);
        this.search = new TicketSearch(helpdesk);
    }

    void addTo(Routes routes) {
        routes.get("/tickets", this::list);
        routes.get("/tickets/search", CALLS_PER_SEARCH, this::search);
        routes.get("/tickets/details", this::details);
        routes.post("/tickets/create", request -> create(request.body(NEW), List.of()));
        routes.post(
                "/tickets/create_with_attachment",
                request -> create(request.object("ticket_object", NEW), request.files()));
        routes.put("/tickets/update", this::update);
    }

    private Answer list(Request request) {
        int size = request.pageSize("ticket_count");
        List<Ticket> found = new ArrayList<>(helpdesk.tickets.values());
        String since = request.query("updated_since");
        if (since != null) {
            found.removeIf(ticket -> ticket.updatedOn().compareTo(since) <= 0);
        }
        found.removeIf(
                TicketFilter.of(request.query("filters"), helpdesk.rules()).negate());
        found.sort(TicketView.order(request.query("order_by"), request.query("order_type")));
        return page(request, found, size);
    }

    private Answer search(Request request) {
        int size = request.pageSize("ticket_count");
        List<Ticket> found = search.find(
                request.query("search_type"),
                request.query("search_query"),
                request.flag("include_merged", true),
                request.query("order_by"));
        return page(request, found, size);
    }

    private Answer page(Request request, List<Ticket> found, int size) {
        List<ObjectNode> rows =
                found.stream().map(ticket -> view.row(ticket, request)).toList();
        return Helpdesk.page("tickets", rows, request.offset(), size);
    }

    private Answer details(Request request) {
        return Answer.ok(view.details(helpdesk.ticket(request, request.required("ticket_number"))));
    }

    private Answer create(Body body, List<Upload> files) {
        Ticket ticket = writer.open(body);
        ticket.files.addAll(helpdesk.attachments().store(files));
        return Answer.ok(view.details(ticket));
    }

    private Answer update(Request request) {
        Ticket ticket = helpdesk.ticket(request, request.required("ticket_number"));
        writer.change(ticket, request.body(CHANGES));
        ObjectNode answer = view.details(ticket);
        // Live responses to an update do not have them; the reason is unknown.
        answer.remove("attachments");
        return Answer.ok(answer);
    }
}
