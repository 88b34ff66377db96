package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages of a ticket: read, reply, note and import. */
final class ConversationRoutes {

    private static final Set<String> REPLY = Set.of(
            "body",
            "cc_emails",
            "bcc_emails",
            "agent_email",
            "from_email",
            "include_prev_ccs",
            "include_prev_messages");

    private static final Set<String> NOTE = Set.of("body", "agent_email", "notify_emails", "private_note");

    private static final Set<String> IMPORTED = Set.of(
            "type",
            "body",
            "sender_type",
            "created_on",
            "created_by",
            "public_note",
            "notified_agents",
            "cc_address",
            "bcc_address",
            "to_address",
            "attachment_public_urls");

    private final Helpdesk helpdesk;
    private final Account account;

    ConversationRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
        this.account = helpdesk.account();
    }

    void addTo(Routes routes) {
        routes.get("/tickets/conversations", this::list);
        routes.post("/tickets/add_reply", request -> reply(ticket(request), request.body(REPLY), List.of()));
        routes.post(
                "/tickets/add_reply_with_attachment",
                request -> reply(ticketOfForm(request), request.object("reply_object", REPLY), request.files()));
        routes.post("/tickets/add_note", request -> note(ticket(request), request.body(NOTE), List.of()));
        routes.post(
                "/tickets/add_note_with_attachment",
                request -> note(ticketOfForm(request), request.object("note_object", NOTE), request.files()));
        routes.post("/tickets/import_conversations", this::importAll);
    }

    private Ticket ticket(Request request) {
        return helpdesk.ticket(request, request.required("ticket_number"));
    }

    /** Returns the ticket of a request with files. Clients put its number into the form or into the query. */
    private Ticket ticketOfForm(Request request) {
        return helpdesk.ticket(request, request.requiredAnywhere("ticket_number"));
    }

    private Answer list(Request request) {
        List<Message> messages = new ArrayList<>(ticket(request).messages);
        messages.removeIf(message -> !request.flag(message.kind().flag, true));
        Comparator<Message> earliestFirst = Comparator.comparing(Message::createdOn);
        messages.sort("latest_on_top".equals(request.query("sort_by")) ? earliestFirst.reversed() : earliestFirst);

        ObjectNode answer = Json.object().put("count", messages.size());
        for (Message.Kind kind : Message.Kind.values()) {
            answer.put(
                    kind.count,
                    messages.stream().filter(message -> message.kind() == kind).count());
        }
        ArrayNode conversations = answer.putArray("conversations");
        messages.forEach(message -> conversations.add(describe(message)));
        return Answer.ok(answer);
    }

    private ObjectNode describe(Message message) {
        ObjectNode fields = message.fields.deepCopy();
        fields.put("attachments_count", message.files.size());
        fields.set("attachments", helpdesk.attachments().describe(message.files));
        return fields;
    }

    private Answer reply(Ticket ticket, Body body, List<Upload> files) {
        String text = body.required("body");
        String agent = agent(body);
        String from = body.text("from_email");
        helpdesk.rules()
                .refuseIf(
                        from != null && !account.list("mailboxes").contains(from),
                        Guess.KNOWN_MAILBOX,
                        "Invalid value '" + from + "' for from_email");
        body.code("include_prev_ccs", 0, 0, 1);
        body.code("include_prev_messages", 0, 0, 1);
        String cc = body.text("cc_emails");
        String bcc = body.text("bcc_emails");

        Message message = write(ticket, Message.Kind.AGENT_REPLY, agent, text, files);
        message.fields.put("cc_address", cc).put("bcc_address", bcc).put("to_address", ticket.contactEmail());
        // The response does not repeat the agent and the two flags.
        ObjectNode answer = Json.object()
                .put("body", text)
                .put("cc_emails", cc)
                .put("bcc_emails", bcc)
                .put("from_email", from == null ? account.defaultMailbox() : from)
                .put("to_email", ticket.contactEmail())
                .put("ticket_number", ticket.number());
        answer.set("attachments", helpdesk.attachments().describe(message.files));
        return Answer.created(answer);
    }

    private Answer note(Ticket ticket, Body body, List<Upload> files) {
        String text = body.required("body");
        String agent = agent(body);
        boolean isPrivate = body.code("private_note", 1, 0, 1) == 1;
        String notify = body.text("notify_emails");
        if (notify != null) {
            Helpdesk.split(notify).forEach(email -> account.agent(email, "notify_emails"));
        }

        Message.Kind kind = isPrivate ? Message.Kind.PRIVATE_NOTE : Message.Kind.PUBLIC_NOTE;
        Message message = write(ticket, kind, agent, text, files);
        message.fields.put("notified_agents", notify);
        ObjectNode answer = Json.object()
                .put("body", text)
                .put("notify_emails", notify)
                .put("to_email", isPrivate ? null : ticket.contactEmail())
                .put("ticket_number", ticket.number())
                .put("private_note", isPrivate ? 1 : 0);
        answer.set("attachments", helpdesk.attachments().describe(message.files));
        return Answer.created(answer);
    }

    private String agent(Body body) {
        String email = body.text("agent_email");
        return email == null ? account.keyOwner() : account.agent(email, "agent_email");
    }

    private Message write(Ticket ticket, Message.Kind kind, String agent, String text, List<Upload> files) {
        Message message = Message.of(ticket.number(), kind, agent, account.agentName(agent), text, helpdesk.now());
        message.files.addAll(helpdesk.attachments().store(files));
        ticket.add(message);
        return message;
    }

    /**
     * Imports messages. The service's response is unknown. Public addresses of attachments are accepted, but not
     * fetched.
     */
    private Answer importAll(Request request) {
        Ticket ticket = ticket(request);
        Body body = request.body(Set.of("conversations"));
        JsonNode sent = body.value("conversations");
        if (sent == null) {
            throw Refusal.badRequest("Field conversations is required");
        }
        helpdesk.rules().refuseIf(!sent.isArray(), Guess.FIELD_TYPES, "Field conversations must be an array");
        List<Message> imported = body.objects("conversations", IMPORTED).stream()
                .map(item -> imported(ticket, item))
                .toList();
        imported.forEach(ticket::add);
        return Answer.ok(Json.object().put("message", imported.size() + " conversations imported"));
    }

    private Message imported(Ticket ticket, Body item) {
        String type = orElse(item.text("type"), "");
        boolean byContact = "contact".equals(item.text("sender_type"));
        Message.Kind kind = switch (type) {
            case "reply" -> byContact ? Message.Kind.CONTACT_REPLY : Message.Kind.AGENT_REPLY;
            case "note" -> item.flag("public_note", false) ? Message.Kind.PUBLIC_NOTE : Message.Kind.PRIVATE_NOTE;
            case "forward" -> Message.Kind.FORWARD;
            default -> {
                helpdesk.rules().refuse(Guess.IMPORTED_TYPE, "Invalid value '" + type + "' for type");
                yield Message.Kind.AGENT_REPLY;
            }
        };
        String author = orElse(item.text("created_by"), byContact ? ticket.contactEmail() : account.keyOwner());
        String name = byContact ? orElse(ticket.text("contact_name"), author) : account.agentName(author);
        String text = item.required("body", Guess.IMPORTED_BODY, "");
        Message message = Message.of(ticket.number(), kind, author, name, text, createdOn(item));
        item.copyTexts(message.fields, "cc_address", "bcc_address", "to_address", "notified_agents");
        return message;
    }

    private String createdOn(Body item) {
        String time = orElse(item.text("created_on"), helpdesk.now());
        if (Times.isTime(time)) {
            return time;
        }
        helpdesk.rules().refuse(Guess.IMPORTED_TIME, "Invalid value '" + time + "' for created_on");
        return helpdesk.now();
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
