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
 * Tickets and their conversations. A ticket is identified by its number and cannot be deleted.
 *
 * <p>A reply is mailed to the contact at once, and so is a public note (one source).
 */
public final class Tickets {

    private final Calls calls;

    Tickets(Calls calls) {
        this.calls = calls;
    }

    /** {@return all tickets, newest first} */
    public Paged<Ticket> list() {
        return list(query -> {});
    }

    /**
     * Lists tickets.
     *
     * @param query sets filters, options and the order
     * @return the matching tickets
     */
    public Paged<Ticket> list(Consumer<TicketQuery> query) {
        return calls.paged(Operation.LIST_TICKETS, Input.filled(new TicketQuery(), query), "tickets", Ticket::new);
    }

    /**
     * Searches the subjects, numbers, descriptions and conversations of tickets. Each page counts as five calls. Known
     * from one source.
     *
     * @param text the text to find; see {@link #search(String, Consumer)}
     * @return the matching tickets
     */
    public Paged<Ticket> search(String text) {
        return search(text, search -> {});
    }

    /**
     * Searches tickets. Each page counts as five calls. Known from one source.
     *
     * @param text the text to find. All words must occur, in any order and inflection. Double quotes enclose a phrase;
     *     {@code *x} matches the end of a word, and {@code *x*} any part of it
     * @param search sets where to search and other options
     * @return the matching tickets
     */
    public Paged<Ticket> search(String text, Consumer<TicketSearch> search) {
        Map<String, Object> query =
                Input.filled(new TicketSearch().searchIn(SUBJECT_AND_NUMBER, DESCRIPTION, CONVERSATIONS), search);
        query.put("search_query", Map.of("query", text, "search_in", query.remove("search_in")));
        query.put("search_type", 1);
        return calls.paged(Operation.SEARCH_TICKETS, query, "tickets", Ticket::new);
    }

    /**
     * Searches single fields; every term must match. Each page counts as five calls. Known from one source.
     *
     * @param terms the text to find for each field, at least one: {@code subject}, {@code ticket_number} or
     *     {@code cf_<label>}
     * @param search sets options
     * @return the matching tickets
     * @throws InvalidArgumentException if there is no term
     */
    public Paged<Ticket> searchFields(Map<String, String> terms, Consumer<TicketSearch> search) {
        if (terms.isEmpty()) {
            throw new InvalidArgumentException("search tickets needs a term");
        }
        List<Map<String, Object>> list = terms.entrySet().stream()
                .map(term -> Map.<String, Object>of("query", term.getValue(), "search_in", List.of(term.getKey())))
                .toList();
        Map<String, Object> query = Input.filled(new TicketSearch(), search);
        // Each term names its own field.
        query.remove("search_in");
        query.put("search_query", Map.of("search_term", list));
        query.put("search_type", 2);
        return calls.paged(Operation.SEARCH_TICKETS, query, "tickets", Ticket::new);
    }

    /**
     * Gets a ticket, without its conversation.
     *
     * @param ticketNumber the ticket's number
     * @return the ticket
     */
    public Ticket get(long ticketNumber) {
        return calls.get(Operation.GET_TICKET, number(ticketNumber), Ticket::new);
    }

    /**
     * Gets all messages of a ticket, oldest first.
     *
     * @param ticketNumber the ticket's number
     * @return the conversation
     */
    public Conversation conversation(long ticketNumber) {
        return conversation(ticketNumber, query -> {});
    }

    /**
     * Gets messages of a ticket.
     *
     * @param ticketNumber the ticket's number
     * @param query sets which messages are included, and their order
     * @return the conversation
     */
    public Conversation conversation(long ticketNumber, Consumer<ConversationQuery> query) {
        ConversationQuery ofTicket = new ConversationQuery().set("ticket_number", ticketNumber);
        return calls.get(Operation.LIST_CONVERSATIONS, Input.filled(ofTicket, query), Conversation::new);
    }

    /**
     * Creates a ticket for a contact.
     *
     * @param contactEmail the requester's email address; an unknown address seems to create a contact (inferred)
     * @param subject the subject, at most about 120 characters (inferred)
     * @param description the description as HTML or text
     * @param more sets optional fields
     * @return the new ticket
     */
    public Ticket create(String contactEmail, String subject, String description, Consumer<NewTicket> more) {
        Map<String, Object> ticket = newTicket(contactEmail, subject, description, more);
        return calls.write(Operation.CREATE_TICKET, Map.of(), ticket, Ticket::new);
    }

    /**
     * Creates a ticket for a contact and uploads files.
     *
     * @param contactEmail the requester's email address; an unknown address seems to create a contact (inferred)
     * @param subject the subject, at most about 120 characters (inferred)
     * @param description the description as HTML or text
     * @param more sets optional fields
     * @param attachments the files, at least one
     * @return the new ticket; which fields it has is unknown
     */
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

    /**
     * Updates a ticket; fields that are not set keep their values.
     *
     * @param ticketNumber the ticket's number
     * @param changes sets the fields to change
     * @return the updated ticket, without its attachments
     */
    public Ticket update(long ticketNumber, Consumer<TicketUpdate> changes) {
        Map<String, Object> update = Input.filled(new TicketUpdate(), changes);
        return calls.write(Operation.UPDATE_TICKET, number(ticketNumber), update, Ticket::new);
    }

    /**
     * Sends a reply to the contact by email.
     *
     * @param ticketNumber the ticket's number
     * @param body the text as HTML
     * @return the reply
     */
    public Reply reply(long ticketNumber, String body) {
        return reply(ticketNumber, body, reply -> {});
    }

    /**
     * Sends a reply to the contact by email.
     *
     * @param ticketNumber the ticket's number
     * @param body the text as HTML
     * @param more sets optional fields
     * @return the reply
     */
    public Reply reply(long ticketNumber, String body, Consumer<NewReply> more) {
        Map<String, Object> reply = Input.filled(new NewReply().set("body", body), more);
        return calls.write(Operation.ADD_REPLY, number(ticketNumber), reply, Reply::new);
    }

    /**
     * Sends a reply with files to the contact by email.
     *
     * @param ticketNumber the ticket's number
     * @param body the text as HTML
     * @param more sets optional fields
     * @param attachments the files, at least one
     * @return the reply; which fields it has is unknown
     */
    public Reply reply(long ticketNumber, String body, Consumer<NewReply> more, List<Attachment> attachments) {
        Map<String, Object> reply = Input.filled(new NewReply().set("body", body), more);
        return calls.upload(Operation.ADD_REPLY_WITH_ATTACHMENT, number(ticketNumber), reply, attachments, Reply::new);
    }

    /**
     * Adds a private note, which only agents can read.
     *
     * @param ticketNumber the ticket's number
     * @param body the text as HTML
     * @return the note
     */
    public Note note(long ticketNumber, String body) {
        return note(ticketNumber, body, note -> {});
    }

    /**
     * Adds a note. It is private unless the lambda makes it visible to the contact, to whom it is then mailed.
     *
     * @param ticketNumber the ticket's number
     * @param body the text as HTML
     * @param more sets optional fields
     * @return the note
     */
    public Note note(long ticketNumber, String body, Consumer<NewNote> more) {
        return calls.write(Operation.ADD_NOTE, number(ticketNumber), newNote(body, more), Note::new);
    }

    /**
     * Adds a note with files; see {@link #note(long, String, Consumer)}.
     *
     * @param ticketNumber the ticket's number
     * @param body the text as HTML
     * @param more sets optional fields
     * @param attachments the files, at least one
     * @return the note; which fields it has is unknown
     */
    public Note note(long ticketNumber, String body, Consumer<NewNote> more, List<Attachment> attachments) {
        return calls.upload(
                Operation.ADD_NOTE_WITH_ATTACHMENT, number(ticketNumber), newNote(body, more), attachments, Note::new);
    }

    private static Map<String, Object> newNote(String body, Consumer<NewNote> more) {
        // Explicit although it is the default: a note that is made public by mistake cannot be undone.
        return Input.filled(new NewNote().set("body", body).set("private_note", 1), more);
    }

    /**
     * Adds messages that were written elsewhere to a ticket's conversation. Known from one source.
     *
     * @param ticketNumber the ticket's number
     * @param messages the messages, at least one
     * @return the response, whose shape is unknown
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
