package io.github.desk365mcp.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates tickets 4001 to 4120 from everyday problems, contacts, agents and states. The combination depends only on the
 * ticket's number, so that it is the same in every run.
 */
final class SeedTickets {

    static final int FIRST = 4001;
    static final int LAST = 4120;

    /** After this ticket, on the morning of a large outage, tickets arrive every hour instead of every day. */
    private static final int OUTAGE = 4052;

    private static final int[] SOURCES = {1, 1, 6, 1, 7, 5, 1, 12, 13, 1, 6, 16};
    private static final int[] PRIORITIES = {5, 1, 10, 5, 1, 5, 20, 10};
    private static final String[] EARLIER = {"Closed", "Closed", "Resolved", "Closed", "Pending", "Closed"};
    private static final String[] LATER = {"Open", "Pending", "Open", "Resolved", "Open", "Closed"};
    private static final Set<Integer> ARCHIVED = Set.of(4003, 4008, 4012);
    private static final Set<Integer> MERGED = Set.of(4033, 4090);

    private final Helpdesk helpdesk;
    private final JsonNode texts = Json.resource("issues.json");
    private final List<ObjectNode> contacts;

    SeedTickets(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
        this.contacts = helpdesk.contacts.stream()
                .filter(contact -> contact.hasNonNull("company_name"))
                .toList();
    }

    void plant() {
        for (int number = FIRST; number <= LAST; number++) {
            helpdesk.tickets.put(number, new Maker(number).make());
        }
    }

    static String createdOn(int number) {
        return number < OUTAGE
                ? Times.plus("2026-10-01 06:00:00", Duration.ofMinutes((number - FIRST) * 1_345L))
                : Times.plus("2026-11-19 07:31:00", Duration.ofMinutes((number - OUTAGE) * 52L));
    }

    /** Creates an empty ticket for a contact, with the fields that depend on the contact. */
    static Ticket newTicket(Helpdesk helpdesk, int number, int source, ObjectNode contact) {
        String form = helpdesk.account().list("forms").get(source == 6 ? 1 : 0);
        ObjectNode customFields = helpdesk.account().emptyCustomFields();
        Ticket ticket = new Ticket(number, createdOn(number), source, form, customFields);
        helpdesk.setContact(ticket, contact);
        Helpdesk.find(helpdesk.companies, "name", String.valueOf(ticket.text("company_name")))
                .ifPresent(company -> {
                    String sla = company.path("sla").asString();
                    ticket.fields.put("sla", sla);
                    customFields
                            .put("cf_🔡 Clientnumber", String.valueOf(10_000 + helpdesk.companies.indexOf(company)))
                            .put("cf_Site Name", company.path("city").asString())
                            .put("cf_Contract Level", sla.equals(Account.NO_SLA) ? "Bronze" : sla);
                });
        return ticket;
    }

    /** Returns the signature of a mail. */
    static List<String> signature(ObjectNode contact, String greeting) {
        List<String> lines =
                new ArrayList<>(List.of(greeting, contact.path("name").asString()));
        if (contact.hasNonNull("title")) {
            lines.add(contact.path("title").asString() + " | "
                    + contact.path("company_name").asString(""));
        }
        return lines;
    }

    /** Creates one ticket. */
    private final class Maker {

        private final int number;
        private final int index;
        private final JsonNode issue;
        private final ObjectNode contact;
        private final String agent;
        private final Ticket ticket;
        private String now;

        Maker(int number) {
            this.number = number;
            this.index = number - FIRST;
            this.issue = pick("issues", index * 7);
            this.contact = contacts.get(index * 11 % contacts.size());
            this.agent = pickAgent();
            this.ticket = newTicket(helpdesk, number, SOURCES[index % SOURCES.length], contact);
            this.now = ticket.createdOn();
        }

        private String pickAgent() {
            JsonNode agents = helpdesk.account().agents();
            return agents.path(index % agents.size()).path("email").asString();
        }

        private JsonNode pick(String list, int at) {
            JsonNode all = texts.path(list);
            return all.path(at % all.size());
        }

        Ticket make() {
            String status = number < OUTAGE ? EARLIER[index % EARLIER.length] : LATER[index % LATER.length];
            boolean open = status.equals("Open");
            // The rest of the thread fits the first variant, so the second one is used for tickets without a thread.
            JsonNode variant = issue.path("variants").path(open && index % 4 != 0 ? 1 : 0);
            JsonNode subjects = variant.path("subjects");
            ticket.setSubject(fill(subjects.path(index / 25 % subjects.size()).asString()));
            List<String> body =
                    Json.texts(variant.path("body")).stream().map(this::fill).toList();
            ticket.setDescription(byMail() ? outlook(body, index % 4 * 4, "") : Mail.plain(body));
            fillFields(open);
            if (open) {
                leaveOpen();
            } else {
                answer(status);
            }
            ticket.merged = MERGED.contains(number);
            return ticket;
        }

        private boolean byMail() {
            return ticket.fields.path("source").asInt() == 1;
        }

        private void fillFields(boolean open) {
            ticket.fields
                    .put("priority", PRIORITIES[index % PRIORITIES.length])
                    .put("type", issue.path("type").asString())
                    .put("group", issue.path("group").asString())
                    .put("category", issue.path("category").asString());
            if (index % 5 != 4) {
                ticket.fields.put("subcategory", issue.path("subcategory").asString());
            }
            if (!open || index % 3 == 0) {
                ticket.assign(agent, Times.plus(now, Duration.ofMinutes(4 + index % 9)));
            }
            ObjectNode customFields = (ObjectNode) ticket.fields.path("custom_fields");
            if (issue.path("type").asString().equals("Incident")) {
                customFields.put("cf_Affected Users", 1 + index % 12);
            }
            if (index % 6 == 1) {
                customFields.put("cf_On-site Visit", index % 4 == 1);
            }
            TicketWriter.setDueDate(ticket);
        }

        private void leaveOpen() {
            if (index % 4 == 2) {
                contactWrites(pick("nudges", index / 4).asString());
            } else if (index % 8 == 4) {
                agentWrites(Message.Kind.PRIVATE_NOTE, issue.path("note").asString());
            }
        }

        private void answer(String status) {
            agentWrites(Message.Kind.AGENT_REPLY, issue.path("question").asString());
            if (index % 3 == 1) {
                agentWrites(Message.Kind.PRIVATE_NOTE, issue.path("note").asString());
            }
            if (status.equals("Pending")) {
                ticket.setStatus(status, now);
                return;
            }
            contactWrites(issue.path("answer").asString());
            if (index % 9 == 2) {
                agentWrites(Message.Kind.FORWARD, "Could you please look into this? Details below.");
                to("second-level@vendor.example");
            }
            if (index % 7 == 3) {
                agentWrites(Message.Kind.PUBLIC_NOTE, "We found the cause and are working on it.");
            }
            agentWrites(Message.Kind.AGENT_REPLY, issue.path("fix").asString());
            ticket.setStatus(status, now);
            if (ARCHIVED.contains(number)) {
                ticket.setStatus("Archived", now);
            }
        }

        private void contactWrites(String text) {
            later();
            String name = contact.path("name").asString();
            List<String> body = List.of(fill(text));
            Message message = Message.of(
                    number,
                    Message.Kind.CONTACT_REPLY,
                    ticket.contactEmail(),
                    name,
                    byMail() ? outlook(body, 1, quoted()) : Mail.plain(body),
                    now);
            ticket.add(message);
            to(helpdesk.account().defaultMailbox());
        }

        private void agentWrites(Message.Kind kind, String text) {
            later();
            String name = helpdesk.account().agentName(agent);
            ticket.add(Message.of(number, kind, agent, name, Mail.plain(List.of(fill(text))), now));
            if (kind == Message.Kind.AGENT_REPLY) {
                to(ticket.contactEmail());
            }
        }

        private void to(String address) {
            ticket.messages.get(ticket.messages.size() - 1).fields.put("to_address", address);
        }

        private void later() {
            now = Times.plus(now, Duration.ofMinutes(23 + (index * 7L + ticket.messages.size() * 11L) % 40));
        }

        private String outlook(List<String> body, int emptyParagraphs, String quoted) {
            String greeting = pick("greetings", index).asString();
            return Mail.outlook(body, signature(contact, greeting), emptyParagraphs, quoted);
        }

        private String quoted() {
            return ticket.messages.stream()
                    .filter(message -> message.kind() == Message.Kind.AGENT_REPLY)
                    .reduce((earlier, latest) -> latest)
                    .map(message -> Mail.quote(
                            message.fields.path("creator_name").asString(),
                            message.createdOn(),
                            String.valueOf(ticket.text("subject")),
                            message.fields.path("body").asString()))
                    .orElse("");
        }

        private String fill(String text) {
            String site =
                    ticket.fields.path("custom_fields").path("cf_Site Name").asString("");
            String filled = text.replace("{site}", site)
                    .replace("{day}", pick("days", index).asString())
                    .replace("{device}", pick("devices", index / 2).asString())
                    .replace("{number}", String.valueOf(17 + index * 31 % 400));
            return filled.substring(0, 1).toUpperCase(Locale.ROOT) + filled.substring(1);
        }
    }
}
