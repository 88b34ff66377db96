package io.github.desk365mcp.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces a few generated tickets by hand-written ones. Tests and demonstrations rely on them. */
final class SeedStories {

    private final Helpdesk helpdesk;

    SeedStories(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void plant() {
        for (JsonNode story : Json.resource("stories.json")) {
            Ticket ticket = ticket(story);
            helpdesk.tickets.put(ticket.number(), ticket);
        }
    }

    private Ticket ticket(JsonNode story) {
        ObjectNode contact =
                helpdesk.contactByPrimary(story.path("contact").asString()).orElseThrow();
        int number = story.path("number").asInt();
        Ticket ticket =
                SeedTickets.newTicket(helpdesk, number, story.path("source").asInt(), contact);
        ticket.setSubject(story.path("subject").asString());
        ticket.setDescription(html(story, contact, 12, ""));
        for (String name : List.of("priority", "type", "group", "category", "subcategory", "watchers", "share_to")) {
            story.optional(name).ifPresent(value -> ticket.fields.set(name, value));
        }
        ((ObjectNode) ticket.fields.path("custom_fields"))
                .setAll((ObjectNode) story.optional("custom_fields").orElseGet(Json::object));
        TicketWriter.setDueDate(ticket);
        ticket.files.addAll(files(story, ticket.createdOn()));
        String agent = Json.text(story, "assigned_to");
        if (agent != null) {
            ticket.assign(agent, ticket.createdOn());
        }
        story.path("messages").forEach(message -> ticket.add(message(ticket, contact, message)));
        ticket.setStatus(story.path("status").asString(), ticket.updatedOn());
        return ticket;
    }

    private Message message(Ticket ticket, ObjectNode contact, JsonNode story) {
        Message.Kind kind = Message.Kind.valueOf(story.path("kind").asString());
        String author = story.path("author").asString();
        boolean byContact = kind == Message.Kind.CONTACT_REPLY;
        String name =
                byContact ? contact.path("name").asString() : helpdesk.account().agentName(author);
        String body = byContact ? html(story, contact, 1, quoted(ticket)) : Mail.plain(Json.texts(story.path("body")));
        String createdOn = story.path("created_on").asString();
        Message message = Message.of(ticket.number(), kind, author, name, body, createdOn);
        message.files.addAll(files(story, createdOn));
        if (byContact) {
            message.fields.put("to_address", helpdesk.account().defaultMailbox());
        } else if (kind == Message.Kind.AGENT_REPLY) {
            message.fields.put("to_address", ticket.contactEmail());
        }
        return message;
    }

    private static String html(JsonNode story, ObjectNode contact, int emptyParagraphs, String quoted) {
        List<String> signature = SeedTickets.signature(contact, "Regards");
        return Mail.outlook(Json.texts(story.path("body")), signature, emptyParagraphs, quoted);
    }

    private static String quoted(Ticket ticket) {
        if (ticket.messages.isEmpty()) {
            return "";
        }
        Message before = ticket.messages.get(ticket.messages.size() - 1);
        if (before.kind() != Message.Kind.AGENT_REPLY) {
            // A contact cannot quote messages that only agents see.
            return "";
        }
        return Mail.quote(
                before.fields.path("creator_name").asString(),
                before.createdOn(),
                String.valueOf(ticket.text("subject")),
                before.fields.path("body").asString());
    }

    private List<StoredFile> files(JsonNode story, String createdOn) {
        List<StoredFile> files = new ArrayList<>();
        for (JsonNode file : story.path("files")) {
            byte[] bytes = file.has("base64")
                    ? Base64.getDecoder().decode(file.path("base64").asString())
                    : file.path("text").asString().getBytes(StandardCharsets.UTF_8);
            files.add(helpdesk.attachments()
                    .store(file.path("name").asString(), file.path("type").asString(), bytes.length, bytes, createdOn));
        }
        return files;
    }
}
