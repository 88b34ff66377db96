package io.github.desk365mcp.api;

import static io.github.desk365mcp.api.model.SearchIn.CONVERSATIONS;
import static io.github.desk365mcp.api.model.SearchIn.DESCRIPTION;
import static io.github.desk365mcp.api.model.SearchIn.SUBJECT_AND_NUMBER;

import io.github.desk365mcp.api.model.Conversation;
import io.github.desk365mcp.api.model.ConversationQuery;
import io.github.desk365mcp.api.model.Imported;
import io.github.desk365mcp.api.model.ImportedMessage;
import io.github.desk365mcp.api.model.NewNote;
import io.github.desk365mcp.api.model.NewReply;
import io.github.desk365mcp.api.model.NewTicket;
import io.github.desk365mcp.api.model.Note;
import io.github.desk365mcp.api.model.Reply;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.api.model.TicketQuery;
import io.github.desk365mcp.api.model.TicketSearch;
import io.github.desk365mcp.api.model.TicketUpdate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tickets and their conversations. A ticket is known by its number alone, and cannot be deleted.
 *
 * <p>A reply is e-mailed to the contact at once; so, from one source, is a public note.
 */
public final class Tickets {

    private final Calls calls;

    Tickets(Calls calls) {
        this.calls = calls;
    }

    /** All tickets, the newest first. */
    public Paged<Ticket> list() {
        return list(query -> {});
    }

    /** The tickets that match. */
    public Paged<Ticket> list(Consumer<TicketQuery> query) {
        return calls.paged(Operation.LIST_TICKETS, Input.filled(new TicketQuery(), query), "tickets", Ticket::new);
    }

    /**
     * Searches texts: subjects, numbers, descriptions and conversations. Five calls a page. Known from one source.
     */
    public Paged<Ticket> search(String text) {
        return search(text, search -> {});
    }

    /**
     * Searches texts. Five calls a page. Known from one source.
     *
     * @param text all words must occur, in any order and form; double quotes keep a phrase together, and a star stands
     *     for a missing beginning, or with one at each end for any place in a word
     */
    public Paged<Ticket> search(String text, Consumer<TicketSearch> search) {
        Map<String, Object> query =
                Input.filled(new TicketSearch().searchIn(SUBJECT_AND_NUMBER, DESCRIPTION, CONVERSATIONS), search);
        query.put("search_query", Map.of("query", text, "search_in", query.remove("search_in")));
        query.put("search_type", 1);
        return calls.paged(Operation.SEARCH_TICKETS, query, "tickets", Ticket::new);
    }

    /**
     * Searches field by field; every term must match. Five calls a page. Known from one source.
     *
     * @param terms the text to find for each field: {@code subject}, {@code ticket_number} or {@code cf_<label>}
     */
    public Paged<Ticket> searchFields(Map<String, String> terms, Consumer<TicketSearch> search) {
        List<Map<String, Object>> list = terms.entrySet().stream()
                .map(term -> Map.<String, Object>of("query", term.getValue(), "search_in", List.of(term.getKey())))
                .toList();
        Map<String, Object> query = Input.filled(new TicketSearch(), search);
        // Terms say themselves where to look.
        query.remove("search_in");
        query.put("search_query", Map.of("search_term", list));
        query.put("search_type", 2);
        return calls.paged(Operation.SEARCH_TICKETS, query, "tickets", Ticket::new);
    }

    /** One ticket, without its conversation. */
    public Ticket get(long ticketNumber) {
        return calls.get(Operation.GET_TICKET, number(ticketNumber), Ticket::new);
    }

    /** All messages of a ticket, the oldest first. */
    public Conversation conversation(long ticketNumber) {
        return conversation(ticketNumber, query -> {});
    }

    /** The wanted messages of a ticket. */
    public Conversation conversation(long ticketNumber, Consumer<ConversationQuery> query) {
        ConversationQuery ofTicket = new ConversationQuery().set("ticket_number", ticketNumber);
        return calls.get(Operation.LIST_CONVERSATIONS, Input.filled(ofTicket, query), Conversation::new);
    }

    /**
     * Opens a ticket for a contact.
     *
     * @param contactEmail the requester; an unknown address seems to make a contact (inferred)
     * @param subject about 120 characters at most (inferred)
     * @param description HTML or text
     */
    public Ticket create(String contactEmail, String subject, String description, Consumer<NewTicket> more) {
        Map<String, Object> ticket = newTicket(contactEmail, subject, description, more);
        return calls.write(Operation.CREATE_TICKET, Map.of(), ticket, Ticket::new);
    }

    /** Opens a ticket for a contact and sends files along; see {@link #create}. What comes back is unrecorded. */
    public Ticket create(
            String contactEmail,
            String subject,
            String description,
            Consumer<NewTicket> more,
            List<Attachment> attachments) {
        Map<String, Object> ticket = newTicket(contactEmail, subject, description, more);
        return calls.upload(Operation.CREATE_TICKET_WITH_ATTACHMENT, Map.of(), ticket, attachments, Ticket::new);
    }

    private static Map<String, Object> newTicket(
            String contactEmail, String subject, String description, Consumer<NewTicket> more) {
        NewTicket ticket = new NewTicket()
                .set("email", contactEmail)
                .set("subject", subject)
                .set("description", description)
                .status("Open");
        return Input.filled(ticket, more);
    }

    /** Changes what the lambda sets, and leaves the rest. The answer has no attachments. */
    public Ticket update(long ticketNumber, Consumer<TicketUpdate> changes) {
        Map<String, Object> update = Input.filled(new TicketUpdate(), changes);
        return calls.write(Operation.UPDATE_TICKET, number(ticketNumber), update, Ticket::new);
    }

    /** Writes to the contact by e-mail, at once. */
    public Reply reply(long ticketNumber, String body) {
        return reply(ticketNumber, body, reply -> {});
    }

    /**
     * Writes to the contact by e-mail, at once.
     *
     * @param body HTML
     */
    public Reply reply(long ticketNumber, String body, Consumer<NewReply> more) {
        Map<String, Object> reply = Input.filled(new NewReply().set("body", body), more);
        return calls.write(Operation.ADD_REPLY, number(ticketNumber), reply, Reply::new);
    }

    /** Writes to the contact by e-mail, at once, and sends files along. What comes back is unrecorded. */
    public Reply reply(long ticketNumber, String body, Consumer<NewReply> more, List<Attachment> attachments) {
        Map<String, Object> reply = Input.filled(new NewReply().set("body", body), more);
        return calls.upload(Operation.ADD_REPLY_WITH_ATTACHMENT, number(ticketNumber), reply, attachments, Reply::new);
    }

    /** Adds a private note, which agents alone can read. */
    public Note note(long ticketNumber, String body) {
        return note(ticketNumber, body, note -> {});
    }

    /**
     * Adds a note: private, unless the lambda makes it visible to the contact, who is then sent it.
     *
     * @param body HTML
     */
    public Note note(long ticketNumber, String body, Consumer<NewNote> more) {
        return calls.write(Operation.ADD_NOTE, number(ticketNumber), newNote(body, more), Note::new);
    }

    /** Adds a note and hangs files on it; see {@link #note(long, String, Consumer)}. What comes back is unrecorded. */
    public Note note(long ticketNumber, String body, Consumer<NewNote> more, List<Attachment> attachments) {
        return calls.upload(
                Operation.ADD_NOTE_WITH_ATTACHMENT, number(ticketNumber), newNote(body, more), attachments, Note::new);
    }

    private static Map<String, Object> newNote(String body, Consumer<NewNote> more) {
        // Said outright, though it is the default: a note that is public by mistake cannot be taken back.
        return Input.filled(new NewNote().set("body", body).set("private_note", 1), more);
    }

    /**
     * Adds messages that were written elsewhere to a ticket's conversation. Known from one source; what comes back is
     * unknown.
     */
    public Imported importConversation(long ticketNumber, List<ImportedMessage> messages) {
        if (messages.isEmpty()) {
            throw new InvalidArgumentException("import conversations needs a message");
        }
        Map<String, Object> body =
                Map.of("conversations", messages.stream().map(Input::fields).toList());
        return calls.write(Operation.IMPORT_CONVERSATIONS, number(ticketNumber), body, Imported::new);
    }

    private static Map<String, Object> number(long ticketNumber) {
        return Map.of("ticket_number", ticketNumber);
    }
}
