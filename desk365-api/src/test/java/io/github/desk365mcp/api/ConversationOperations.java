package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.Conversation;
import io.github.desk365mcp.api.model.ImportedMessage;
import io.github.desk365mcp.api.model.Message;
import io.github.desk365mcp.api.model.NewNote;
import io.github.desk365mcp.api.model.NewReply;
import io.github.desk365mcp.api.model.Note;
import io.github.desk365mcp.api.model.Reply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The messages of tickets. */
interface ConversationOperations extends WithDesk {

    List<Attachment> FILES = List.of(FILE, OTHER_FILE);

    private long ticket() {
        return desk().tickets().create(CONTACT, "No network", "None.", t -> {}).ticketNumber();
    }

    private List<Message> messages(long ticket) {
        return desk().tickets().conversation(ticket).messages();
    }

    private static void fill(NewReply reply) {
        reply.cc("a@northwind.example", "b@northwind.example")
                .bcc("c@northwind.example")
                .agent(AGENT)
                .from("billing@desk.example")
                .includePreviousCcs(true)
                .includePreviousMessages(true);
    }

    private static void fill(NewNote note) {
        note.agent(AGENT)
                .notifyAgents("priya.raman@desk.example", "emre.celik@desk.example")
                .visibleToContact();
    }

    @Test
    default void replies_are_read_back() {
        long ticket = ticket();
        desk().tickets().reply(ticket, "<p>One</p>");
        Reply fullest = desk().tickets().reply(ticket, "<p>Two</p>", ConversationOperations::fill);
        assertThat(fullest.fromEmail()).isEqualTo("billing@desk.example");
        desk().tickets().reply(ticket, "<p>Three</p>", r -> {}, FILES.subList(0, 1));
        Reply withFiles = deskWithForms().tickets().reply(ticket, "<p>Four</p>", ConversationOperations::fill, FILES);
        assertThat(withFiles.attachments()).hasSize(2);

        List<Message> messages = messages(ticket);
        assertThat(messages)
                .extracting(Message::body)
                .containsExactly("<p>One</p>", "<p>Two</p>", "<p>Three</p>", "<p>Four</p>");
        assertThat(messages.get(1).createdBy()).isEqualTo(AGENT);
        assertThat(messages.get(1).ccAddress()).containsExactly("a@northwind.example", "b@northwind.example");
        assertThat(messages.get(3).attachments()).hasSize(2);
    }

    @Test
    default void notes_are_read_back() {
        long ticket = ticket();
        Note smallest = desk().tickets().note(ticket, "<p>One</p>");
        assertThat(smallest.privateNote()).isTrue();
        desk().tickets().note(ticket, "<p>Two</p>", ConversationOperations::fill);
        desk().tickets().note(ticket, "<p>Three</p>", n -> {}, FILES.subList(1, 2));
        deskWithForms().tickets().note(ticket, "<p>Four</p>", ConversationOperations::fill, FILES);

        List<Message> messages = messages(ticket);
        assertThat(messages).extracting(Message::publicNote).containsExactly(false, true, false, true);
        assertThat(messages.get(1).notifiedAgents())
                .containsExactly("priya.raman@desk.example", "emre.celik@desk.example");
    }

    @Test
    default void imported_messages_are_read_back() {
        long ticket = ticket();
        desk().tickets().importConversation(ticket, List.of(new ImportedMessage("note", "Smallest")));
        ImportedMessage fullest = new ImportedMessage("reply", "<p>Fullest</p>")
                .senderType("contact")
                .createdOn(Instant.parse("2025-01-31T08:00:00Z"))
                .createdBy(CONTACT)
                .publicNote(false)
                .notifiedAgents(AGENT)
                .cc("a@northwind.example")
                .bcc("b@northwind.example")
                .to("support@desk.example")
                .attachmentUrls("https://files.example/a.png");
        desk().tickets().importConversation(ticket, List.of(fullest));

        Conversation conversation = desk().tickets().conversation(ticket);
        assertThat(conversation.count()).isEqualTo(2);
        assertThat(conversation.messages().get(0).createdOn()).isEqualTo("2025-01-31T08:00:00Z");
    }

    @Test
    default void messages_are_chosen_by_kind() {
        long ticket = ticket();
        desk().tickets().reply(ticket, "One");
        desk().tickets().note(ticket, "Two");
        Conversation notes = desk().tickets()
                .conversation(
                        ticket,
                        q -> q.newestFirst()
                                .contactReplies(false)
                                .agentReplies(false)
                                .privateNotes(true)
                                .publicNotes(false)
                                .forwards(false));
        assertThat(notes.messages()).extracting(Message::body).containsExactly("Two");
    }
}
