package io.github.desk365mcp.sandbox;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Companies. The domains are stored as one text, as in the details. */
final class CompanyRoutes {

    private static final int PAGE = 30;

    private static final String[] FIELDS = {
        "name", "description", "phone", "address", "city", "state", "country", "zipcode", "sla", "domains"
    };

    /** The name that selects the policy of the whole helpdesk. */
    private static final String DEFAULT_SLA = "helpdesk default";

    private final Helpdesk helpdesk;

    CompanyRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void addTo(Routes routes) {
        routes.get("/companies", this::list);
        routes.get("/companies/details", this::details);
        routes.post("/companies/create", request -> create(request.body(Set.of(FIELDS))));
        // What happens to the files is unknown; no response shows them.
        routes.post(
                "/companies/create_with_attachment",
                request -> create(request.object("company_object", Set.of(FIELDS))));
        routes.put("/companies/update", this::update);
    }

    private Answer list(Request request) {
        List<ObjectNode> rows =
                helpdesk.companies.stream().map(CompanyRoutes::row).toList();
        return Helpdesk.page("content", rows, request.offset(), PAGE);
    }

    /** Returns a row of a list, in which the domains are an array. */
    private static ObjectNode row(ObjectNode company) {
        ObjectNode row = company.deepCopy();
        row.set("domains", Json.texts(Helpdesk.split(company.path("domains").asString(""))));
        return row;
    }

    private Answer details(Request request) {
        return Answer.ok(Helpdesk.get(helpdesk.companies, "name", request.required("name")));
    }

    private Answer create(Body body) {
        String name = body.required("name", Guess.NAME_NEEDED, "");
        checkFree(name);
        ObjectNode company = newCompany(name, helpdesk.now());
        write(company, body);
        company.put("name", name);
        helpdesk.companies.add(company);
        return answer(company);
    }

    static ObjectNode newCompany(String name, String createdOn) {
        ObjectNode company = Json.object();
        for (String field : FIELDS) {
            company.putNull(field);
        }
        return company.put("name", name)
                .put("sla", Account.NO_SLA)
                .put("created_on", createdOn)
                .put("updated_on", Helpdesk.NEVER);
    }

    private Answer update(Request request) {
        ObjectNode company = Helpdesk.get(helpdesk.companies, "name", request.required("company_name"));
        Body body = request.body(Set.of(FIELDS));
        String before = company.path("name").asString();
        String after = body.has("name") ? body.required("name", Guess.NAME_NEEDED, before) : before;
        if (!after.equals(before)) {
            checkFree(after);
        }
        write(company, body);
        company.put("name", after).put("updated_on", helpdesk.now());
        helpdesk.companyRenamed(before, after);
        return answer(company);
    }

    private void write(ObjectNode company, Body body) {
        String sla = body.text("sla");
        if (sla != null && !sla.equals(DEFAULT_SLA)) {
            helpdesk.account().label("slas", sla, "sla");
        }
        body.copyTexts(company, FIELDS);
        if (DEFAULT_SLA.equals(sla)) {
            company.put("sla", helpdesk.account().list("slas").get(0));
        }
        if (body.has("domains")) {
            helpdesk.contacts.forEach(contact -> {
                helpdesk.join(contact, company);
                helpdesk.contactChanged(contact);
            });
        }
    }

    private void checkFree(String name) {
        helpdesk.rules()
                .refuseIf(
                        Helpdesk.find(helpdesk.companies, "name", name).isPresent(),
                        Guess.UNIQUE_COMPANY,
                        "A company with the name '" + name + "' already exists");
    }

    /** According to the vendor, the response to a write has the shape of the request. */
    private static Answer answer(ObjectNode company) {
        return Answer.ok(Json.pick(company, FIELDS));
    }
}
