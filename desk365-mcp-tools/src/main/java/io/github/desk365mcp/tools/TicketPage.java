package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.Param.identifier;
import static io.github.desk365mcp.tools.Param.param;
import static io.github.desk365mcp.tools.Type.ADDRESSES;
import static io.github.desk365mcp.tools.Type.FLAG;
import static io.github.desk365mcp.tools.Type.INTEGER;
import static io.github.desk365mcp.tools.Type.TEXT;
import static io.github.desk365mcp.tools.Type.TIME;
import static io.github.desk365mcp.tools.Type.WORDS;
import static io.github.desk365mcp.tools.Type.code;
import static io.github.desk365mcp.tools.Type.list;
import static io.github.desk365mcp.tools.Type.oneOf;

import io.github.desk365mcp.api.model.NewTicket;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Source;
import io.github.desk365mcp.api.model.TicketQuery;
import io.github.desk365mcp.api.model.TicketUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tickets themselves. */
final class TicketPage extends CataloguePage {

    static final Param<Long> NUMBER = identifier("ticket_number", INTEGER)
            .says("Its number.")
            .foundIn("list_all_desk_365_tickets", "tickets[].ticket_number")
            .foundIn("desk_365_tickets_search", "tickets[].ticket_number")
            .example(4052)
            .alsoKnownAs("id", "ticket_id", "number");

    // What a ticket has.
    static final Param<String> CONTACT_EMAIL = param("contact_email", TEXT)
            .says("The requester.")
            .foundIn("list_all_desk_365_contacts", "contacts[].primary_email")
            .example("nora.vance@northwind.example")
            .alsoKnownAs("email", "primary_email")
            .about(Topic.CONTACT);
    static final Param<String> SUBJECT = param("subject", Type.SOME_TEXT).says("One line.");
    static final Param<String> DESCRIPTION =
            param("description", TEXT).says("HTML or text.").example("<p>The door is stuck.</p>");
    static final Param<String> STATUS = shown(param("status", TEXT))
            .says("Open, Pending, Resolved, Closed or own.")
            .about(Topic.STATUS);
    static final Param<Priority> PRIORITY =
            param("priority", code(Priority.class)).says("How urgent.");
    static final Param<String> TYPE =
            shown(param("type", TEXT)).says("As tickets show it: Question.").about(Topic.TYPE);
    static final Param<String> ASSIGNED_TO =
            AgentPage.EMAIL.named("assigned_to").says("The agent.").alsoKnownAs("assign_to");
    static final Param<String> GROUP =
            shown(param("group", TEXT)).says("As tickets show it.").about(Topic.GROUP);
    static final Param<String> CATEGORY =
            shown(param("category", TEXT)).says("As tickets show it.").about(Topic.CATEGORY);
    static final Param<String> SUBCATEGORY = shown(param("subcategory", TEXT))
            .says("As tickets show it.")
            .alsoKnownAs("sub_category")
            .about(Topic.SUBCATEGORY);
    static final Param<String> FORM_NAME =
            shownByOne(param("form_name", TEXT)).says("As tickets show it.").about(Topic.FORM);
    static final Param<Map<String, Object>> CUSTOM_FIELDS = param("custom_fields", Type.CUSTOM_FIELDS)
            .says("By exact name: {\"cf_Site Name\": \"Turin\"}.")
            .shownIn("get_single_desk_365_ticket_by_id", "custom_fields")
            .example(Map.of("cf_Site Name", "Turin HQ"))
            .about(Topic.CUSTOM_FIELD);
    static final Param<List<String>> WATCHERS =
            AgentPage.EMAILS.named("watchers").says("Agents' addresses.");
    static final Param<List<String>> SHARE_TO = param("share_to", ADDRESSES)
            .says("Contacts' addresses.")
            .shownIn("list_all_desk_365_contacts", "contacts[].primary_email")
            .example(List.of("b@northwind.example"))
            .about(Topic.CONTACT);
    static final Param<?>[] TICKET_FIELDS = {
        STATUS, PRIORITY, TYPE, ASSIGNED_TO, GROUP, CATEGORY, SUBCATEGORY, FORM_NAME, CUSTOM_FIELDS, WATCHERS, SHARE_TO
    };

    // How a list is made.
    static final Param<Long> TICKET_COUNT =
            param("ticket_count", oneOf(30L, 50L, 100L)).says("Page size; default 30.");
    static final Param<Long> OFFSET = param("offset", INTEGER)
            .says("From next_offset.")
            .example(0)
            .alsoKnownAs("next_cursor", "next_offset", "cursor");
    static final Param<Boolean> WITH_DESCRIPTION =
            param("include_description", FLAG).says("Adds the descriptions; long.");
    static final Param<Boolean> WITH_CUSTOM_FIELDS =
            param("include_custom_fields", FLAG).says("Adds the custom fields.");
    static final Param<Boolean> WITH_SURVEY =
            param("include_survey_details", FLAG).says("Adds the survey rating.");

    static final Param<List<String>> STATUSES = shown(param("status", WORDS))
            .says("Any of these; no negation. Unresolved: [\"Open\", \"Pending\"].")
            .example(List.of("Open"))
            .about(Topic.STATUS);
    static final Param<List<Priority>> PRIORITIES =
            param("priority", list(code(Priority.class))).says("Any of these.").example(List.of("urgent"));
    static final Param<List<String>> TYPES = any("type", "Question").about(Topic.TYPE);
    static final Param<List<String>> GROUPS = any("group", "Network").about(Topic.GROUP);
    static final Param<List<String>> AGENTS =
            AgentPage.EMAILS.named("assigned_to").says("Agents' addresses.").alsoKnownAs("assign_to");
    static final Param<List<String>> CATEGORIES = any("category", "Network").about(Topic.CATEGORY);
    static final Param<List<String>> SUBCATEGORIES =
            any("subcategory", "VPN").alsoKnownAs("sub_category").about(Topic.SUBCATEGORY);
    static final Param<List<Source>> SOURCES =
            param("source", list(code(Source.class))).says("How they came in.").example(List.of("email"));
    static final Param<List<String>> CONTACTS = param("contact_email", ADDRESSES)
            .says("Any of these requesters, by address.")
            .shownIn("list_all_desk_365_contacts", "contacts[].primary_email")
            .example(List.of("nora.vance@northwind.example"))
            .alsoKnownAs("contact", "email")
            .about(Topic.CONTACT);
    static final Param<List<String>> COMPANIES = any("company_name", "Northwind")
            .shownIn("list_all_desk_365_companies", "companies[].company_name")
            .alsoKnownAs("company")
            .about(Topic.COMPANY);
    static final Param<Map<String, Object>> DROPDOWNS = param("custom_fields", Type.CUSTOM_FIELDS)
            .says("Dropdown fields by name: {\"cf_Contract Level\": [\"Gold\"]}.")
            .example(Map.of("cf_Contract Level", List.of("Gold")))
            .about(Topic.CUSTOM_FIELD);
    static final Param<List<String>> NOT_SET = param(
                    "not_set", list(oneOf("assigned_to", "group", "category", "subcategory", "type")))
            .says("Must be empty: [\"assigned_to\"] for unassigned ones.")
            .example(List.of("category"));
    static final Param<Boolean> WITH_MERGED = param("include_merged", FLAG).says("Merged ones too. Default true.");
    static final Param<Instant> UPDATED_SINCE =
            param("updated_since", TIME).says("Only with activity since (UTC).").example("2026-11-01T00:00:00Z");
    static final Param<String> ORDER_BY =
            param("order_by", oneOf("created_time", "updated_time")).says("Default created_time.");
    static final Param<String> ORDER_TYPE =
            param("order_type", oneOf("asc", "desc")).says("Default desc.");

    // What an update takes beside.
    static final Param<Boolean> PLAIN =
            param("plain_text", FLAG).says("Replaces HTML by plain text.").example(false);
    static final Param<String> SLA = shownByOne(param("sla", TEXT))
            .says("The name of an SLA policy.")
            .example("Gold")
            .about(Topic.SLA);
    static final Param<List<String>> CLEAR = param(
                    "clear", list(oneOf("assigned_to", "group", "category", "subcategory")))
            .says("Fields to empty; clearing is unverified.")
            .example(List.of("subcategory"));
    static final Param<List<String>> ADD_WATCHERS = WATCHERS.named("add_watchers");
    static final Param<List<String>> REMOVE_WATCHERS = WATCHERS.named("remove_watchers");
    static final Param<List<String>> ADD_SHARES = SHARE_TO.named("add_share_to");
    static final Param<List<String>> REMOVE_SHARES = SHARE_TO.named("remove_share_to");

    TicketPage() {
        super("tickets");
    }

    private static Param<List<String>> any(String name, String example) {
        return shown(param(name, list(TEXT))).says("As tickets show them.").example(List.of(example));
    }

    /** Values that nothing lists by themselves, but tickets have. */
    static <T> Param<T> shown(Param<T> param) {
        return param.shownIn("list_all_desk_365_tickets", "tickets[]." + param.name());
    }

    /** Values that one ticket shows, and lists do not. */
    private static <T> Param<T> shownByOne(Param<T> param) {
        return param.shownIn("get_single_desk_365_ticket_by_id", param.name());
    }

    @Override
    void write() {
        lists("list_all_desk_365_tickets", "list_tickets")
                .title("List tickets")
                .says("Lists tickets by status, agent, company and more, in their main fields; a page costs one call."
                        + " Values of one filter are alternatives, different filters must all match.")
                .takes(
                        STATUSES,
                        PRIORITIES,
                        AGENTS,
                        CONTACTS,
                        COMPANIES,
                        GROUPS,
                        TYPES,
                        CATEGORIES,
                        SUBCATEGORIES,
                        SOURCES,
                        DROPDOWNS,
                        NOT_SET,
                        UPDATED_SINCE,
                        ORDER_BY,
                        ORDER_TYPE,
                        TICKET_COUNT,
                        OFFSET,
                        WITH_DESCRIPTION,
                        WITH_CUSTOM_FIELDS,
                        WITH_SURVEY,
                        WITH_MERGED)
                .whenEmpty("Nothing matched. Write values as tickets show them: Open, Northwind. People go by address,"
                        + " contacts by their primary one: get_single_desk_365_contact_by_id tells it.")
                .answers(Answer.page("tickets", TicketShapes.TICKET).countable())
                .does((desk, in) ->
                        desk.tickets().list(query -> fill(query, in)).firstPage());

        gets("get_single_desk_365_ticket_by_id", "get_ticket")
                .title("Get a ticket")
                .says("Everything about one ticket, except its conversation. desk_365_tickets_get_context has both.")
                .takes(NUMBER)
                .answers(TicketShapes.TICKET)
                .does((desk, in) -> desk.tickets().get(in.need(NUMBER)));

        creates("create_a_desk_365_ticket", "create_ticket")
                .title("Open a ticket")
                .says(
                        "Opens a ticket for a contact; an unknown address becomes a new contact. The status is Open unless"
                                + " given.")
                .takes(CONTACT_EMAIL.required(), SUBJECT.required(), DESCRIPTION.required())
                .takes(TICKET_FIELDS)
                .answers(TicketShapes.TICKET)
                .findsAgain(TicketShapes.TICKET, LookUps::ticket)
                .does((desk, in) -> desk.tickets()
                        .create(
                                in.need(CONTACT_EMAIL),
                                in.need(SUBJECT),
                                in.need(DESCRIPTION),
                                more -> fill(more, in)));

        creates("desk_365_tickets_create_with_attachment", "create_ticket_with_files")
                .title("Open a ticket with files")
                .says("Opens a ticket for a contact and sends files along. Without files use"
                        + " create_a_desk_365_ticket.")
                .takes(CONTACT_EMAIL.required(), SUBJECT.required(), DESCRIPTION.required(), Files.ATTACHMENTS)
                .takes(TICKET_FIELDS)
                .answers(Answer.uploaded(TicketShapes.TICKET))
                .findsAgain(TicketShapes.TICKET, LookUps::ticket)
                .does((desk, in) -> Files.send(
                        in,
                        files -> desk.tickets()
                                .create(
                                        in.need(CONTACT_EMAIL),
                                        in.need(SUBJECT),
                                        in.need(DESCRIPTION),
                                        more -> fill(more, in),
                                        files)));

        updates("update_a_desk_365_ticket_by_id", "update_ticket")
                .title("Change a ticket")
                .says("Changes only the fields given: status, priority, agent, and so on. It sends no reply; to answer"
                        + " the customer use create_a_desk_365_ticket_reply. description replaces the whole text.")
                .takes(NUMBER)
                .takes(STATUS, PRIORITY, ASSIGNED_TO, GROUP, CATEGORY, SUBCATEGORY, TYPE, SUBJECT, DESCRIPTION)
                .takes(PLAIN, CONTACT_EMAIL, SLA, CUSTOM_FIELDS, CLEAR)
                .takes(ADD_WATCHERS, REMOVE_WATCHERS, ADD_SHARES, REMOVE_SHARES)
                .answers(TicketShapes.CHANGED_TICKET)
                .does((desk, in) -> desk.tickets().update(in.need(NUMBER), update -> fill(update, in)));
    }

    private static void fill(TicketQuery query, Arguments in) {
        in.setAll(STATUSES, query::status);
        in.set(PRIORITIES, all -> query.priority(all.toArray(Priority[]::new)));
        in.setAll(TYPES, query::type);
        in.setAll(GROUPS, query::group);
        in.setAll(AGENTS, query::assignedTo);
        in.setAll(CATEGORIES, query::category);
        in.setAll(SUBCATEGORIES, query::subcategory);
        in.set(SOURCES, all -> query.source(all.toArray(Source[]::new)));
        in.setAll(CONTACTS, query::contact);
        in.setAll(COMPANIES, query::companyName);
        in.set(DROPDOWNS, fields -> fields.forEach((name, value) -> query.customField(name, texts(name, value))));
        in.cleared(NOT_SET).forEach(query::notSet);
        in.set(WITH_MERGED, query::merged);
        in.set(UPDATED_SINCE, query::updatedSince);
        in.set(ORDER_BY, query::orderBy);
        in.set(ORDER_TYPE, order -> query.set("order_type", order));
        in.set(TICKET_COUNT, size -> query.pageSize(size.intValue()));
        in.set(OFFSET, query::offset);
        in.include(WITH_DESCRIPTION, "description", query::includeDescription);
        in.include(WITH_CUSTOM_FIELDS, "custom_fields", query::includeCustomFields);
        in.include(WITH_SURVEY, "survey_rating", query::includeSurveyDetails);
    }

    private static void fill(NewTicket ticket, Arguments in) {
        in.set(STATUS, ticket::status);
        in.set(PRIORITY, ticket::priority);
        in.set(TYPE, ticket::type);
        in.set(ASSIGNED_TO, ticket::assignTo);
        in.set(GROUP, ticket::group);
        in.set(CATEGORY, ticket::category);
        in.set(SUBCATEGORY, ticket::subcategory);
        in.set(FORM_NAME, ticket::formName);
        in.set(CUSTOM_FIELDS, ticket::customFields);
        in.setAll(WATCHERS, ticket::watchers);
        in.setAll(SHARE_TO, ticket::shareTo);
    }

    private static void fill(TicketUpdate ticket, Arguments in) {
        in.set(CONTACT_EMAIL, ticket::contactEmail);
        in.set(SUBJECT, ticket::subject);
        String description = in.html(DESCRIPTION, PLAIN);
        if (description != null) {
            ticket.description(description);
        }
        in.set(SLA, ticket::sla);
        in.set(STATUS, ticket::status);
        in.set(PRIORITY, ticket::priority);
        in.set(TYPE, ticket::type);
        in.set(ASSIGNED_TO, ticket::assignTo);
        in.set(GROUP, ticket::group);
        in.set(CATEGORY, ticket::category);
        in.set(SUBCATEGORY, ticket::subcategory);
        in.set(CUSTOM_FIELDS, ticket::customFields);
        in.setAll(ADD_WATCHERS, ticket::addWatchers);
        in.setAll(REMOVE_WATCHERS, ticket::removeWatchers);
        in.setAll(ADD_SHARES, ticket::addShares);
        in.setAll(REMOVE_SHARES, ticket::removeShares);
        in.cleared(CLEAR).forEach(field -> {
            switch (field) {
                case "assigned_to" -> ticket.unassign();
                case "group" -> ticket.clearGroup();
                case "category" -> ticket.clearCategory();
                default -> ticket.clearSubcategory();
            }
        });
    }

    private static String[] texts(String name, @Nullable Object value) {
        if (value == null) {
            throw new RefusedException("invalid_arguments", "Nothing was done. " + name + " has no value.");
        }
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        return values.stream().map(String::valueOf).toArray(String[]::new);
    }
}
