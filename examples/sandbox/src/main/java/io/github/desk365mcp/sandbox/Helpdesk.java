package io.github.desk365mcp.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * All records. Except for tickets, they are stored as JSON objects in the shape of their details. Not thread-safe: the
 * API answers one request at a time.
 */
final class Helpdesk {

    /** The update time that the service shows for a record that was never updated. */
    static final String NEVER = "1970-01-01 00:00:00";

    final NavigableMap<Integer, Ticket> tickets = new TreeMap<>();
    final List<ObjectNode> contacts = new ArrayList<>();
    final List<ObjectNode> companies = new ArrayList<>();
    final List<ObjectNode> timeEntries = new ArrayList<>();
    final List<ObjectNode> surveys = new ArrayList<>();
    final List<ObjectNode> ratings = new ArrayList<>();
    final List<ObjectNode> contracts = new ArrayList<>();
    final List<ObjectNode> categories = new ArrayList<>();
    final List<ObjectNode> folders = new ArrayList<>();
    final List<ObjectNode> articles = new ArrayList<>();
    final List<ObjectNode> locations = new ArrayList<>();

    private final Account account;
    private final Clock clock;
    private final Attachments attachments;

    Helpdesk(Account account, Clock clock, Attachments attachments) {
        this.account = account;
        this.clock = clock;
        this.attachments = attachments;
    }

    /** Returns a helpdesk with copies of all records, which is much faster than planting the seed data again. */
    Helpdesk copy() {
        Helpdesk copy = new Helpdesk(account, clock, attachments.copy());
        tickets.forEach((number, ticket) -> copy.tickets.put(number, ticket.copy()));
        copyAll(contacts, copy.contacts);
        copyAll(companies, copy.companies);
        copyAll(timeEntries, copy.timeEntries);
        copyAll(surveys, copy.surveys);
        copyAll(ratings, copy.ratings);
        copyAll(contracts, copy.contracts);
        copyAll(categories, copy.categories);
        copyAll(folders, copy.folders);
        copyAll(articles, copy.articles);
        copyAll(locations, copy.locations);
        return copy;
    }

    private static void copyAll(List<ObjectNode> records, List<ObjectNode> copies) {
        records.forEach(record -> copies.add(record.deepCopy()));
    }

    Account account() {
        return account;
    }

    Rules rules() {
        return account.rules();
    }

    Attachments attachments() {
        return attachments;
    }

    String now() {
        return Times.format(clock.instant());
    }

    /** Returns a ticket by its number as text. */
    Ticket ticket(Request request, String number) {
        return request.number(number, "ticket_number").map(tickets::get).orElseThrow(Refusal::notFound);
    }

    /** Finds a record by the exact text of one of its fields. */
    static Optional<ObjectNode> find(List<ObjectNode> records, String field, String value) {
        return records.stream().filter(has(field, value)).findFirst();
    }

    static Predicate<ObjectNode> has(String field, String value) {
        return object -> value.equals(Json.text(object, field));
    }

    static ObjectNode get(List<ObjectNode> records, String field, String value) {
        return find(records, field, value).orElseThrow(Refusal::notFound);
    }

    Optional<ObjectNode> contactByPrimary(String email) {
        return contacts.stream()
                .filter(contact -> email.strip()
                        .equalsIgnoreCase(contact.path("primary_email").asString("")))
                .findFirst();
    }

    Optional<ObjectNode> contactBySecondary(String email) {
        return contacts.stream()
                .filter(contact -> split(contact.path("secondary_emails").asString("")).stream()
                        .anyMatch(email.strip()::equalsIgnoreCase))
                .findFirst();
    }

    /** Returns the contact with an address. If there is none, creates one that is named after the local part. */
    ObjectNode contactOrNew(String email) {
        return contactByPrimary(email)
                .or(() -> contactBySecondary(email))
                .orElseGet(() -> addContact(newContact(localPart(email), email.strip(), now())));
    }

    static ObjectNode newContact(String name, String email, String createdOn) {
        ObjectNode contact = Json.object()
                .put("name", name)
                .put("primary_email", email)
                .put("is_deleted", 0)
                .putNull("secondary_emails")
                .putNull("title")
                .putNull("mobile")
                .putNull("phone")
                .putNull("company_name")
                .put("created_on", createdOn)
                .put("updated_on", createdOn);
        contact.putObject("custom_fields").putNull("cf_VIP").putNull("cf_Preferred Language");
        return contact;
    }

    /** Adds a contact. If it has no company, it joins the company with its mail domain. */
    ObjectNode addContact(ObjectNode contact) {
        contacts.add(contact);
        companies.forEach(company -> join(contact, company));
        return contact;
    }

    void join(ObjectNode contact, ObjectNode company) {
        String email = contact.path("primary_email").asString("");
        String domain = email.substring(email.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        if (Json.text(contact, "company_name") == null
                && split(company.path("domains").asString("")).contains(domain)) {
            contact.put("company_name", company.path("name").asString());
        }
    }

    /** Sets the contact of a ticket, and the fields that depend on it. */
    void setContact(Ticket ticket, ObjectNode contact) {
        ticket.fields.put("contact_email", contact.path("primary_email").asString(""));
        copyNames(ticket, contact);
    }

    /** Copies a changed name or company to the contact's tickets. */
    void contactChanged(ObjectNode contact) {
        String email = contact.path("primary_email").asString("");
        tickets.values().stream()
                .filter(ticket -> ticket.contactEmail().equals(email))
                .forEach(ticket -> copyNames(ticket, contact));
    }

    private static void copyNames(Ticket ticket, ObjectNode contact) {
        ticket.fields
                .put("contact_name", Json.text(contact, "name"))
                .put("company_name", Json.text(contact, "company_name"));
    }

    /** Copies a company's new name to all records that belong to it. */
    void companyRenamed(String before, String after) {
        contacts.stream().filter(has("company_name", before)).forEach(contact -> {
            contact.put("company_name", after);
            contactChanged(contact);
        });
        contracts.stream().filter(has("company", before)).forEach(contract -> contract.put("company", after));
    }

    static String localPart(String email) {
        int at = email.indexOf('@');
        return at < 0 ? email : email.substring(0, at);
    }

    /** Splits a list of addresses or domains that are separated by commas. */
    static List<String> split(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Wraps one page of a list as the service does. The count is the number of all records. */
    static Answer page(String name, List<? extends ObjectNode> all, int offset, int size) {
        ObjectNode page = Json.object().put("count", all.size());
        page.set(name, Json.array(all.stream().skip(offset).limit(size).toList()));
        return Answer.ok(page);
    }
}
