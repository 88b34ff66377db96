package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESSES;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;
import static io.github.desk365mcp.tools.internal.core.Type.RECORD_NUMBER;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;
import static io.github.desk365mcp.tools.internal.core.Type.code;
import static io.github.desk365mcp.tools.internal.core.Type.list;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.NewTicket;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.TicketUpdate;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.attachments.AttachmentUpload;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools for tickets. */
public final class TicketPage extends CataloguePage {

    public static final String GET = "get_single_desk_365_ticket_by_id";

    public static final String UPDATE = "update_a_desk_365_ticket_by_id";

    public static final Param<Long> NUMBER = identifier("ticket_number", RECORD_NUMBER)
            .description("Its number.")
            .foundIn("list_all_desk_365_tickets", "tickets[].ticket_number")
            .foundIn("desk_365_tickets_search", "tickets[].ticket_number")
            .example(4052)
            .alsoKnownAs("id", "ticket_id", "number");

    /** For calls about a ticket that the model has read before. */
    static final Param<Long> KNOWN_NUMBER = NUMBER.sourceUntold();

    // Fields of a ticket.
    static final Param<String> CONTACT_EMAIL = param("contact_email", Type.ADDRESS)
            .description("The requester.")
            .foundIn("list_all_desk_365_contacts", "contacts[].primary_email")
            .example("nora.vance@northwind.example")
            .alsoKnownAs("email", "primary_email")
            .about(VocabularyKind.CONTACT);
    static final Param<String> SUBJECT = param("subject", Type.NON_BLANK).description("One line.");
    static final Param<String> DESCRIPTION =
            param("description", TEXT).description("HTML or text.").example("<p>The door is stuck.</p>");
    private static final Param<String> NEW_DESCRIPTION =
            DESCRIPTION.typed(Type.BODY).required();
    static final Param<String> STATUS = shown(param("status", TEXT))
            .description("Open, Pending, Resolved, Closed or custom.")
            .about(VocabularyKind.STATUS);
    static final Param<Priority> PRIORITY =
            param("priority", code(Priority.class)).description("How urgent.");
    static final Param<String> TYPE =
            shown(param("type", TEXT)).description("As in tickets.").about(VocabularyKind.TYPE);
    static final Param<String> ASSIGNED_TO = AgentPage.EMAIL
            .named("assigned_to")
            .sourceUntold()
            .description("Agent's address.")
            .alsoKnownAs("assign_to");
    static final Param<String> GROUP =
            shown(param("group", TEXT)).description("As in tickets.").about(VocabularyKind.GROUP);
    static final Param<String> CATEGORY =
            shown(param("category", TEXT)).description("As in tickets.").about(VocabularyKind.CATEGORY);
    static final Param<String> SUBCATEGORY = shown(param("subcategory", TEXT))
            .description("As in tickets.")
            .alsoKnownAs("sub_category")
            .about(VocabularyKind.SUBCATEGORY);
    static final Param<String> FORM_NAME =
            shownByOne(param("form_name", TEXT)).description("As in tickets.").about(VocabularyKind.FORM);
    public static final Param<Map<String, Object>> CUSTOM_FIELDS = param("custom_fields", Type.CUSTOM_FIELDS)
            .description("By exact name: {\"cf_Site Name\": \"Turin\"}.")
            .shownIn("get_single_desk_365_ticket_by_id", "custom_fields")
            .example(Map.of("cf_Site Name", "Turin HQ"))
            .about(VocabularyKind.CUSTOM_FIELD);
    static final Param<List<String>> WATCHERS =
            AgentPage.EMAILS.named("watchers").description("Agents' addresses.");
    static final Param<List<String>> SHARE_TO = param("share_to", ADDRESSES)
            .description("Contacts' addresses.")
            .shownIn("list_all_desk_365_contacts", "contacts[].primary_email")
            .example(List.of("b@northwind.example"))
            .about(VocabularyKind.CONTACT);
    static final Param<?>[] TICKET_FIELDS = {
        STATUS, PRIORITY, TYPE, ASSIGNED_TO, GROUP, CATEGORY, SUBCATEGORY, FORM_NAME, CUSTOM_FIELDS, WATCHERS, SHARE_TO
    };

    // Additional arguments of an update.
    static final Param<Boolean> PLAIN = param("plain_text", FLAG)
            .description("Replaces HTML with plain text.")
            .example(false);
    private static final Param<List<Map<String, Object>>> REPLACE = Passages.of(DESCRIPTION);
    static final Param<String> SLA = shownByOne(param("sla", TEXT))
            .description("An SLA policy's name.")
            .example("Gold")
            .about(VocabularyKind.SLA);
    static final Param<List<String>> CLEAR = param(
                    "clear", list(oneOf("assigned_to", "group", "category", "subcategory")))
            .about(Param.Change.CLEARS, "clear")
            .description("Fields to empty; unverified.")
            .example(List.of("subcategory"));
    /** From then on, mail to the ticket's contact goes to this address. */
    static final Param<String> NEW_CONTACT =
            CONTACT_EMAIL.description("The new requester.").sourceUntold();

    static final Param<List<String>> ADD_WATCHERS =
            WATCHERS.named("add_watchers").about(Param.Change.ADDS, "watchers");
    static final Param<List<String>> REMOVE_WATCHERS =
            WATCHERS.named("remove_watchers").about(Param.Change.REMOVES, "watchers");
    static final Param<List<String>> ADD_SHARES = SHARE_TO.named("add_share_to").about(Param.Change.ADDS, "share_to");
    static final Param<List<String>> REMOVE_SHARES =
            SHARE_TO.named("remove_share_to").about(Param.Change.REMOVES, "share_to");

    /** A tool for previews that reads only the contact of a ticket. */
    public static Tool contactReader() {
        return Catalogue.get(GET).toBuilder().build(Answer.one(TicketShapes.TICKET_CONTACT), (desk, in) -> {
            Map<String, Object> contact =
                    new LinkedHashMap<>(desk.tickets().get(in.need(NUMBER)).toMap());
            contact.keySet().retainAll(TicketShapes.TICKET_CONTACT.wires());
            return new JsonDocument(contact);
        });
    }

    TicketPage() {
        super("tickets");
    }

    /** Names the ticket list as the source of values, for those that have no list of their own. */
    public static <T> Param<T> shown(Param<T> param) {
        return param.shownIn("list_all_desk_365_tickets", "tickets[]." + param.name());
    }

    /** Names a single ticket as the source of values that lists do not show. */
    private static <T> Param<T> shownByOne(Param<T> param) {
        return param.shownIn("get_single_desk_365_ticket_by_id", param.name());
    }

    @Override
    void write() {
        lists("list_all_desk_365_tickets", "list_tickets")
                .title("List tickets")
                .description("Lists tickets with main fields; a missing one is empty; for attachments use"
                        + " get_single_desk_365_ticket_by_id. A page costs one call. Values of one filter are"
                        + " alternatives; all filters must match. Desk365 cannot filter by overdue, due_before or"
                        + " no_reply_since: they read up to " + PageWalk.USUAL_CALLS + " pages of 100; add status.")
                .takes(TicketFilters.FILTERS)
                .takes(TicketFilters.CONDITIONS)
                .takes(TicketFilters.PAGE)
                .costsUpTo(PageWalk.USUAL_CALLS)
                .whenEmpty("Nothing matched. A guessed value may be spelled differently: copy it from a ticket. Use"
                        + " e-mail addresses for people, and primary ones for contacts:"
                        + " get_single_desk_365_contact_by_id returns them.")
                .answers(Answer.page("tickets", TicketShapes.TICKET).countable())
                .handler((desk, in) -> {
                    Object checked = TicketConditions.list(desk, in);
                    return checked == null
                            ? TicketFilters.sieve(in)
                                    .sift(desk.tickets()
                                            .list(query -> TicketFilters.fill(query, in))
                                            .firstPage())
                            : checked;
                });

        gets(GET, "get_ticket")
                .title("Get a ticket")
                .description("Gets a ticket, without its conversation.")
                .seeAlso("For both use desk_365_tickets_get_context.")
                .takes(NUMBER)
                .answers(TicketShapes.TICKET)
                .handler((desk, in) -> desk.tickets().get(in.need(NUMBER)));

        creates("create_a_desk_365_ticket", "create_ticket")
                .title("Open a ticket")
                .description(
                        "Opens a ticket for a contact; an unknown address becomes a new contact. Default status Open.")
                .takes(CONTACT_EMAIL.required(), SUBJECT.required(), NEW_DESCRIPTION)
                .takes(TICKET_FIELDS)
                .reachesCustomer(Recipients::reachOutside)
                .answers(TicketShapes.TICKET)
                .findsAgain(TicketShapes.TICKET, LostTicketFinder::find)
                .handler((desk, in) -> desk.tickets()
                        .create(
                                in.need(CONTACT_EMAIL),
                                in.need(SUBJECT),
                                in.need(NEW_DESCRIPTION),
                                more -> fill(more, in)));

        creates("desk_365_tickets_create_with_attachment", "create_ticket_with_files")
                .withoutFiles("create_ticket")
                .title("Open a ticket with files")
                .description("Opens a ticket with files for a contact.")
                .seeAlso("Without files use create_a_desk_365_ticket.")
                .takes(CONTACT_EMAIL.required(), SUBJECT.required(), NEW_DESCRIPTION, AttachmentUpload.ATTACHMENTS)
                .takes(TICKET_FIELDS)
                .reachesCustomer(Recipients::reachOutside)
                .answers(Answer.uploaded(TicketShapes.TICKET))
                .findsAgain(TicketShapes.TICKET, LostTicketFinder::find)
                .handler((desk, in) -> in.upload(files -> desk.tickets()
                        .create(
                                in.need(CONTACT_EMAIL),
                                in.need(SUBJECT),
                                in.need(NEW_DESCRIPTION),
                                more -> fill(more, in),
                                files)));

        updates(UPDATE, "update_ticket")
                .readBy("get_single_desk_365_ticket_by_id")
                .title("Change a ticket")
                .description("Changes only the fields given. Sends no reply.")
                .seeAlso("For several, or for an answer with the old values, use desk_365_tickets_update_many.")
                .takes(KNOWN_NUMBER)
                .takes(STATUS, PRIORITY, ASSIGNED_TO, GROUP, CATEGORY, SUBCATEGORY, TYPE, SUBJECT)
                .takesWith(GET, REPLACE)
                .takes(
                        DESCRIPTION.description("All of it, HTML or text."),
                        PLAIN,
                        NEW_CONTACT,
                        SLA,
                        CUSTOM_FIELDS,
                        CLEAR)
                .takes(ADD_WATCHERS, REMOVE_WATCHERS, ADD_SHARES, REMOVE_SHARES)
                .reachesCustomer(Recipients::reachOutside)
                .costsUpTo(2)
                .answers(TicketShapes.CHANGED_TICKET)
                .handler((desk, in) -> desk.tickets().update(in.need(NUMBER), update -> fill(update, in)));
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

    static void fill(TicketUpdate ticket, Arguments in) {
        in.set(NEW_CONTACT, ticket::contactEmail);
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
}
