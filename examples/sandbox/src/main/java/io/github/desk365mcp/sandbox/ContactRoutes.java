package io.github.desk365mcp.sandbox;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Contacts. */
final class ContactRoutes {

    private static final int PAGE = 30;

    private static final Set<String> NEW =
            Set.of("name", "primary_email", "secondary_emails", "title", "mobile", "phone", "company_name");

    /** The fields of an update. The address is the key and is only in the query. */
    private static final Set<String> CHANGES = Set.of("name", "title", "mobile", "phone", "company_name");

    private final Helpdesk helpdesk;
    private final Rules rules;

    ContactRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
        this.rules = helpdesk.rules();
    }

    void addTo(Routes routes) {
        routes.get("/contacts", this::list);
        routes.get("/contacts/details", this::details);
        routes.post("/contacts/create", request -> create(request.body(NEW)));
        // What happens to the files is unknown; no response shows them.
        routes.post("/contacts/create_with_attachment", request -> create(request.object("contact_object", NEW)));
        routes.put("/contacts/update", this::update);
    }

    private Answer list(Request request) {
        String company = request.query("company");
        List<ObjectNode> rows = helpdesk.contacts.stream()
                .filter(contact -> contact.path("is_deleted").asInt() == 0)
                .filter(contact -> company == null || company.equals(Json.text(contact, "company_name")))
                .sorted(order(request.query("order_by"), request.query("order_type")))
                .map(contact -> row(contact, request.flag("include_custom_fields", false)))
                .toList();
        return Helpdesk.page("content", rows, request.offset(), PAGE);
    }

    private static ObjectNode row(ObjectNode contact, boolean withCustomFields) {
        ObjectNode row = contact.deepCopy();
        row.remove("is_deleted");
        if (!withCustomFields) {
            row.remove("custom_fields");
        }
        return row;
    }

    private static Comparator<ObjectNode> order(@Nullable String by, @Nullable String type) {
        String field = switch (by == null ? "1" : by) {
            case "2" -> "title";
            case "3" -> "company_name";
            case "4" -> "primary_email";
            default -> "name";
        };
        Comparator<ObjectNode> order =
                Comparator.comparing(contact -> contact.path(field).asString("").toLowerCase(Locale.ROOT));
        // Records with equal titles or companies must keep their order from page to page.
        order = order.thenComparing(contact -> contact.path("primary_email").asString(""));
        return "desc".equals(type) ? order.reversed() : order;
    }

    private Answer details(Request request) {
        String secondary = request.query("secondary_email");
        if (request.query("primary_email") == null && secondary != null) {
            return Answer.ok(helpdesk.contactBySecondary(secondary).orElseThrow(Refusal::notFound));
        }
        return Answer.ok(contact(request));
    }

    private ObjectNode contact(Request request) {
        return helpdesk.contactByPrimary(request.required("primary_email")).orElseThrow(Refusal::notFound);
    }

    private Answer create(Body body) {
        String email = body.required("primary_email", Guess.CONTACT_NEEDS_EMAIL, "");
        rules.refuseIf(
                !email.isEmpty() && !email.matches("[^@\\s]+@[^@\\s]+"),
                Guess.EMAIL_FORM,
                "Invalid value '" + email + "' for primary_email");
        rules.refuseIf(
                helpdesk.contactByPrimary(email).isPresent(),
                Guess.UNIQUE_CONTACT,
                "A contact with the email '" + email + "' already exists");
        checkCompany(body);
        ObjectNode contact = Helpdesk.newContact(Helpdesk.localPart(email), email, helpdesk.now());
        body.copyTexts(contact, "name", "secondary_emails", "title", "mobile", "phone", "company_name");
        helpdesk.addContact(contact);
        return written(contact);
    }

    private Answer update(Request request) {
        ObjectNode contact = contact(request);
        Body body = request.body(CHANGES);
        checkCompany(body);
        body.copyTexts(contact, "name", "title", "mobile", "phone", "company_name");
        contact.put("updated_on", helpdesk.now());
        helpdesk.contactChanged(contact);
        return written(contact);
    }

    private void checkCompany(Body body) {
        String company = body.text("company_name");
        rules.refuseIf(
                company != null
                        && Helpdesk.find(helpdesk.companies, "name", company).isEmpty(),
                Guess.CONTACT_COMPANY_EXISTS,
                "Invalid value '" + company + "' for company_name, the company does not exist");
    }

    /** According to the vendor, the response to a write has the shape of the request. */
    private static Answer written(ObjectNode contact) {
        return Answer.ok(Json.pick(
                contact, "name", "primary_email", "secondary_emails", "title", "mobile", "phone", "company_name"));
    }
}
