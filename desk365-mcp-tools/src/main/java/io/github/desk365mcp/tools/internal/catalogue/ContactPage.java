package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.flag;
import static io.github.desk365mcp.tools.internal.core.Field.object;
import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Field.texts;
import static io.github.desk365mcp.tools.internal.core.Field.time;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESS;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESSES;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.Paged;
import io.github.desk365mcp.api.model.Contact;
import io.github.desk365mcp.api.model.ContactFields;
import io.github.desk365mcp.api.model.ContactOrder;
import io.github.desk365mcp.api.model.ContactQuery;
import io.github.desk365mcp.api.model.NewContact;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.attachments.AttachmentUpload;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tools for contacts, the people who write to the helpdesk. */
public final class ContactPage extends CataloguePage {

    static final RecordMapping CONTACT = RecordMapping.of(
            text("name").by(Field.Writer.CONTACT),
            text("primary_email"),
            text("email").as("primary_email"),
            texts("secondary_emails"),
            texts("secondary_email").as("secondary_emails"),
            text("title").by(Field.Writer.CONTACT),
            text("mobile"),
            text("phone"),
            text("company_name"),
            flag("is_deleted"),
            time("created_on"),
            time("updated_on"),
            object("custom_fields").by(Field.Writer.CONTACT));

    static final Param<String> PRIMARY_EMAIL = identifier("primary_email", ADDRESS)
            .description("The main address.")
            .foundIn("list_all_desk_365_contacts", "contacts[].primary_email")
            .foundIn("get_single_desk_365_ticket_by_id", "contact_email")
            .foundIn("list_all_desk_365_tickets", "tickets[].contact_email")
            .example("nora.vance@northwind.example")
            .alsoKnownAs("id", "email", "contact_email")
            .about(VocabularyKind.CONTACT);
    private static final Param<String> ANY_EMAIL = PRIMARY_EMAIL
            .description("Any of the contact's addresses; a secondary one costs a second call.")
            .alsoKnownAs("id", "email", "contact_email", "secondary_email");
    private static final Param<String> NEW_EMAIL = param("primary_email", ADDRESS)
            .description("The main address; cannot be changed later.")
            .required()
            .example("maria.silva@northwind.example")
            .alsoKnownAs("email", "contact_email");

    private static final Param<String> NAME =
            param("name", Type.NAME).description("The person's name.").alsoKnownAs("contact_name");
    static final Param<List<String>> SECONDARY_EMAILS = param("secondary_emails", ADDRESSES)
            .description("Other addresses.")
            .example(List.of("m.silva@northwind.example"));
    private static final Param<String> TITLE = param("title", TEXT).description("The job title.");
    private static final Param<String> MOBILE = param("mobile", TEXT).description("Mobile.");
    private static final Param<String> PHONE = param("phone", TEXT).description("Phone.");
    private static final Param<String> COMPANY =
            CompanyPage.NAME.optional().description("An existing company.").alsoKnownAs("company");
    private static final Param<?>[] NEW_FIELDS = {NEW_EMAIL, NAME, SECONDARY_EMAILS, TITLE, MOBILE, PHONE, COMPANY};

    /** The service's page size. */
    private static final int PAGE = 30;

    private static final Param<String> OF_COMPANY =
            CompanyPage.NAME.optional().description("Only of this company.").alsoKnownAs("company");
    private static final Param<String> PART = param("name", Type.NON_BLANK)
            .description("Parts of a name or address.")
            .example("vance");
    private static final Param<ContactOrder> ORDER_BY =
            param("order_by", Type.code(ContactOrder.class)).description("Default name.");
    private static final Param<String> ORDER_TYPE = TicketFilters.ORDER_TYPE.description("Default asc.");

    ContactPage() {
        super("contacts");
    }

    @Override
    void write() {
        lists("list_all_desk_365_contacts", "list_contacts")
                .title("List contacts")
                .description("Lists contacts, all or of one company, 30 per page, one call each. Desk365 has no name"
                        + " search: name reads up to "
                        + PageWalk.USUAL_CALLS + " pages.")
                .seeAlso("If you know an address, use get_single_desk_365_contact_by_id.")
                .takes(OF_COMPANY, PART, ORDER_BY, ORDER_TYPE, AnswerOptions.OFFSET, TicketFilters.WITH_CUSTOM_FIELDS)
                .costsUpTo(PageWalk.USUAL_CALLS)
                .whenEmpty("Nothing matched. company_name must match exactly; whether case matters is unknown.")
                .answers(Answer.page("contacts", CONTACT))
                .handler(ContactPage::list);

        gets("get_single_desk_365_contact_by_id", "get_contact")
                .title("Get a contact")
                .description("Gets a contact: name, phone numbers, company.")
                .takes(ANY_EMAIL)
                .whenMissing("Secondary addresses are also tried while calls are left.")
                .answers(CONTACT)
                .handler((desk, in) -> byAnyAddress(desk, in));

        creates("create_a_desk_365_contact", "create_contact")
                .title("Add a contact")
                .description("Adds a contact.")
                .seeAlso("create_a_desk_365_ticket does this automatically.")
                .takes(NEW_FIELDS)
                .reachesCustomer(Recipients::reachOutside)
                .answers(CONTACT)
                .findsAgain(
                        CONTACT,
                        LostWriteFinder.named(
                                CONTACT, (desk, in) -> desk.contacts().get(in.need(NEW_EMAIL))))
                .handler((desk, in) -> desk.contacts().create(in.need(NEW_EMAIL), more -> fill(more, in)));

        creates("desk_365_contacts_create_with_attachment", "create_contact_with_files")
                .withoutFiles("create_contact")
                .title("Add a contact with files")
                .description("Adds a contact with files. Unverified, so it may fail.")
                .seeAlso("Without files use create_a_desk_365_contact.")
                .takes(NEW_FIELDS)
                .takes(AttachmentUpload.ATTACHMENTS)
                .unverified()
                .reachesCustomer(Recipients::reachOutside)
                .answers(Answer.uploaded(CONTACT))
                .findsAgain(
                        CONTACT,
                        LostWriteFinder.named(
                                CONTACT, (desk, in) -> desk.contacts().get(in.need(NEW_EMAIL))))
                .handler((desk, in) ->
                        in.upload(files -> desk.contacts().create(in.need(NEW_EMAIL), more -> fill(more, in), files)));

        updates("update_a_desk_365_contact_by_id", "update_contact")
                .readBy("get_single_desk_365_contact_by_id")
                .title("Change a contact")
                .description("Changes only the fields given, never the addresses.")
                .takes(PRIMARY_EMAIL, NAME, TITLE, MOBILE, PHONE, COMPANY)
                .answers(CONTACT)
                .handler((desk, in) -> desk.contacts().update(in.need(PRIMARY_EMAIL), changes -> common(changes, in)));
    }

    private static Object list(Desk365Client desk, Arguments in) {
        FilterCheck check = new FilterCheck(in)
                .byWord(OF_COMPANY, "company_name")
                .sortedBy(List.of(ORDER_BY, ORDER_TYPE), row -> sortedBy(in, row), "desc".equals(in.get(ORDER_TYPE)));
        Paged<Contact> contacts = desk.contacts().list(query -> fill(query, in));
        return in.has(PART) ? find(desk, contacts, in, check) : check.sift(contacts.firstPage());
    }

    /** Reads pages, and returns the contacts whose names or addresses have the parts that are looked for. */
    private static Object find(Desk365Client desk, Paged<Contact> contacts, Arguments in, FilterCheck check) {
        PageWalk<Contact> walk = PageWalk.of(
                desk,
                in,
                contacts,
                ContactPage::addressOf,
                PAGE,
                PageWalk.USUAL_CALLS,
                "a call reads at most " + PageWalk.USUAL_CALLS + " pages",
                page -> false);
        PageWalk.Checked checked = walk.check(check, row -> FilterCheck.containsAll(namesOf(row), in.need(PART)));
        return walk.answer(check, checked, PART.name(), "contact", "", "");
    }

    private static @Nullable Object addressOf(JsonDocument contact) {
        return contact.get(contact.has("primary_email") ? "primary_email" : "email");
    }

    private static Stream<String> namesOf(JsonDocument contact) {
        return Stream.of("name", "primary_email", "email", "secondary_emails", "secondary_email")
                .filter(field -> contact.get(field) != null)
                .map(field -> String.valueOf(contact.get(field)));
    }

    /** Tries primary addresses first, then secondary ones: the service cannot search both at once. */
    private static Contact byAnyAddress(Desk365Client desk, Arguments in) {
        String address = in.need(PRIMARY_EMAIL);
        try {
            return desk.contacts().get(address);
        } catch (NotFoundException missing) {
            in.call().notes().left();
            if (!in.spend(1)) {
                throw missing;
            }
            Contact contact = desk.contacts().getBySecondaryEmail(address);
            in.note(address + " is a secondary address of this contact; other tools need its primary_email. The"
                    + " look-up cost 2 calls");
            return contact;
        }
    }

    private static @Nullable String sortedBy(Arguments in, JsonDocument row) {
        ContactOrder order = in.get(ORDER_BY);
        return switch (order == null ? ContactOrder.NAME : order) {
            case NAME -> FilterCheck.initialIn(row, "name");
            case TITLE -> FilterCheck.initialIn(row, "title");
            case COMPANY -> FilterCheck.initialIn(row, "company_name");
            case EMAIL -> FilterCheck.initialIn(row, "primary_email", "email");
        };
    }

    private static void fill(ContactQuery query, Arguments in) {
        in.set(OF_COMPANY, query::company);
        in.set(ORDER_BY, query::orderBy);
        in.set(ORDER_TYPE, order -> query.set("order_type", order));
        in.set(AnswerOptions.OFFSET, query::offset);
        in.include(TicketFilters.WITH_CUSTOM_FIELDS, query::includeCustomFields, "custom_fields");
    }

    private static void fill(NewContact contact, Arguments in) {
        in.setAll(SECONDARY_EMAILS, contact::secondaryEmails);
        common(contact, in);
    }

    private static void common(ContactFields<?> contact, Arguments in) {
        in.set(NAME, contact::name);
        in.set(TITLE, contact::title);
        in.set(MOBILE, contact::mobile);
        in.set(PHONE, contact::phone);
        in.set(COMPANY, contact::companyName);
    }
}
