package io.github.desk365mcp.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates and updates tickets. Everything is checked before anything is changed, so a refused request changes nothing.
 */
final class TicketWriter {

    private static final int FROM_API = 15;
    private static final int LONGEST_SUBJECT = 120;

    /** The markers that clear a field. The sources disagree on which one is right, so both work. */
    private static final Set<String> CLEAR = Set.of("--", "- -");

    private final Helpdesk helpdesk;
    private final Account account;
    private final Rules rules;

    TicketWriter(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
        this.account = helpdesk.account();
        this.rules = helpdesk.rules();
    }

    Ticket open(Body body) {
        String email = address(body.required("email"), "email");
        body.required("subject");
        body.required("description", Guess.TICKET_NEEDS_DESCRIPTION, "");
        body.required("status", Guess.TICKET_NEEDS_STATUS, "Open");
        String formName = body.text("form_name");
        String form = formName != null
                ? account.label("forms", formName, "form_name")
                : account.list("forms").get(0);
        String now = helpdesk.now();
        int number = helpdesk.tickets.isEmpty() ? 1 : helpdesk.tickets.lastKey() + 1;
        Ticket ticket = new Ticket(number, now, FROM_API, form, account.emptyCustomFields());
        Runnable write = common(ticket, body, now);
        List<String> watchers = agents(body.texts("watchers"));
        List<String> shareTo = body.texts("share_to");

        helpdesk.setContact(ticket, helpdesk.contactOrNew(email));
        setSlaOfCompany(ticket);
        ticket.fields.set("watchers", Json.texts(watchers));
        ticket.fields.set("share_to", Json.texts(shareTo));
        write.run();
        setDueDate(ticket);
        helpdesk.tickets.put(number, ticket);
        return ticket;
    }

    void change(Ticket ticket, Body body) {
        String now = helpdesk.now();
        String contact = body.text("contact_email");
        String email = contact == null ? null : address(contact, "contact_email");
        String policy = body.text("sla");
        String sla = policy == null ? null : account.label("slas", policy, "sla");
        List<String> watchers = changed(ticket, body, "watchers", true);
        List<String> shareTo = changed(ticket, body, "share_to", false);
        Runnable write = common(ticket, body, now);

        if (email != null) {
            helpdesk.setContact(ticket, helpdesk.contactOrNew(email));
        }
        if (sla != null) {
            ticket.fields.put("sla", sla);
            setDueDate(ticket);
        }
        ticket.fields.set("watchers", Json.texts(watchers));
        ticket.fields.set("share_to", Json.texts(shareTo));
        write.run();
        ticket.fields.put("updated_on", now);
    }

    /** Checks the fields that creates and updates have in common, and returns the values to write. */
    private Runnable common(Ticket ticket, Body body, String now) {
        List<Runnable> writes = new ArrayList<>();
        if (body.has("subject")) {
            String subject = body.required("subject", Guess.SUBJECT_NOT_EMPTY, "");
            rules.refuseIf(
                    subject.length() > LONGEST_SUBJECT,
                    Guess.SUBJECT_UP_TO_120,
                    "subject must not be longer than " + LONGEST_SUBJECT + " characters");
            writes.add(() -> ticket.setSubject(subject));
        }
        String description = body.text("description");
        if (description != null) {
            writes.add(() -> ticket.setDescription(description));
        }
        if (body.has("priority")) {
            int priority = body.code("priority", 1, 1, 5, 10, 20);
            writes.add(() -> ticket.fields.put("priority", priority));
        }
        String type = body.text("type");
        if (type != null) {
            String known = account.labelOfAnyCase("types", type, "type");
            writes.add(() -> ticket.fields.put("type", known));
        }
        String group = body.text("group");
        if (group != null) {
            String known = CLEAR.contains(group) ? null : account.label("groups", group, "group");
            writes.add(() -> ticket.fields.put("group", known));
        }
        addCategory(ticket, body, writes);
        addCustomFields(ticket, body, writes);
        addAssignee(ticket, body, now, writes);
        String status = body.text("status");
        if (status != null && !status.isBlank()) {
            String known = account.labelOfAnyCase("statuses", status, "status");
            writes.add(() -> ticket.setStatus(known, now));
        }
        return () -> writes.forEach(Runnable::run);
    }

    private void addCategory(Ticket ticket, Body body, List<Runnable> writes) {
        String category = body.text("category");
        String after = ticket.text("category");
        if (category != null) {
            String known = CLEAR.contains(category) ? null : account.category(category);
            after = known;
            // A subcategory is valid only within its category.
            writes.add(() -> ticket.fields.put("category", known).putNull("subcategory"));
        }
        String subcategory = body.text("sub_category");
        if (subcategory != null) {
            String known = CLEAR.contains(subcategory) ? null : account.subcategory(after, subcategory);
            writes.add(() -> ticket.fields.put("subcategory", known));
        }
    }

    private void addAssignee(Ticket ticket, Body body, String now, List<Runnable> writes) {
        String agent = body.text("assign_to");
        if (agent == null) {
            return;
        }
        if (CLEAR.contains(agent)) {
            writes.add(() -> ticket.fields.putNull("assigned_to"));
        } else {
            String known = account.agent(agent, "assign_to");
            writes.add(() -> ticket.assign(known, now));
        }
    }

    private void addCustomFields(Ticket ticket, Body body, List<Runnable> writes) {
        JsonNode values = body.value("custom_fields");
        if (values == null) {
            return;
        }
        if (!(values instanceof ObjectNode object)) {
            rules.refuse(Guess.FIELD_TYPES, "Field custom_fields must be an object");
            return;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            account.checkCustomField(field.getKey(), field.getValue());
        }
        writes.add(() -> ((ObjectNode) ticket.fields.get("custom_fields")).setAll(object));
    }

    /** Applies additions and removals to a list of addresses. */
    private List<String> changed(Ticket ticket, Body body, String field, boolean ofAgents) {
        Set<String> all = new LinkedHashSet<>(Json.texts(ticket.fields.path(field)));
        Body changes = body.object(field, Set.of("add", "remove"));
        if (changes != null) {
            List<String> added = changes.texts("add");
            all.addAll(ofAgents ? agents(added) : added);
            changes.texts("remove").forEach(all::remove);
        }
        return List.copyOf(all);
    }

    private List<String> agents(List<String> emails) {
        return emails.stream().map(email -> account.agent(email, "watchers")).toList();
    }

    private String address(String email, String field) {
        rules.refuseIf(
                !email.strip().matches("[^@\\s]+@[^@\\s]+"),
                Guess.EMAIL_FORM,
                "Invalid value '" + email + "' for " + field);
        return email.strip();
    }

    private void setSlaOfCompany(Ticket ticket) {
        @Nullable String company = ticket.text("company_name");
        if (company != null) {
            Helpdesk.find(helpdesk.companies, "name", company)
                    .ifPresent(
                            found -> ticket.fields.put("sla", found.path("sla").asString(Account.NO_SLA)));
        }
    }

    /**
     * Sets the due date of a ticket. With the best policy, urgent tickets are due in four hours, and low ones in four
     * days.
     */
    static void setDueDate(Ticket ticket) {
        String sla = ticket.fields.path("sla").asString();
        if (sla.equals(Account.NO_SLA)) {
            ticket.fields.putNull("due_date");
            return;
        }
        int hours = switch (ticket.fields.path("priority").asInt()) {
            case 20 -> 4;
            case 10 -> 8;
            case 5 -> 24;
            default -> 96;
        };
        Duration time = Duration.ofHours(sla.equals("Gold") ? hours : 2L * hours);
        ticket.fields.put("due_date", Times.plus(ticket.createdOn(), time));
    }
}
