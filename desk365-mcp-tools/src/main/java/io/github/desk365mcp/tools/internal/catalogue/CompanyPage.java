package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Field.texts;
import static io.github.desk365mcp.tools.internal.core.Field.time;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;

import io.github.desk365mcp.api.model.CompanyFields;
import io.github.desk365mcp.tools.host.Topic;
import io.github.desk365mcp.tools.internal.attachments.Files;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Shape;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.core.View;
import java.util.List;

/** The companies that contacts belong to. */
public final class CompanyPage extends CataloguePage {

    static final Shape COMPANY = Shape.of(
            text("name").as("company_name"),
            text("description"),
            text("phone"),
            text("address"),
            text("city"),
            text("state"),
            text("country"),
            text("zipcode"),
            text("sla"),
            texts("domains"),
            time("created_on"),
            time("updated_on"));

    static final Param<String> NAME = identifier("company_name", TEXT)
            .says("Its exact name.")
            .foundIn("list_all_desk_365_companies", "companies[].company_name")
            .foundIn("get_single_desk_365_ticket_by_id", "company_name")
            .foundIn("get_single_desk_365_contact_by_id", "company_name")
            .example("Northwind")
            .alsoKnownAs("id")
            .about(Topic.COMPANY);
    private static final Param<String> NEW =
            param("company_name", TEXT).says("Its name.").required().alsoKnownAs("name", "company");
    private static final Param<String> RENAMED =
            param("new_company_name", TEXT).says("Renames it; the old name is gone.");

    private static final Param<String> DESCRIPTION = param("description", TEXT).says("For agents.");
    private static final Param<String> PHONE = param("phone", TEXT).says("Phone.");
    private static final Param<String> ADDRESS = param("address", TEXT).says("Street.");
    private static final Param<String> CITY = param("city", TEXT).says("City.");
    private static final Param<String> STATE = param("state", TEXT).says("State.");
    private static final Param<String> COUNTRY = param("country", TEXT).says("Country.");
    private static final Param<String> ZIPCODE = param("zipcode", TEXT).says("Postcode.");
    private static final Param<String> SLA =
            TicketPage.SLA.says("An SLA policy, or \"helpdesk default\".").example("Gold");
    private static final Param<List<String>> DOMAINS =
            param("domains", Type.WORDS).says("All its mail domains.").example(List.of("example-domain.example"));
    private static final Param<?>[] FIELDS = {DESCRIPTION, PHONE, ADDRESS, CITY, STATE, COUNTRY, ZIPCODE, SLA, DOMAINS};

    CompanyPage() {
        super("companies");
    }

    @Override
    void write() {
        lists("list_all_desk_365_companies", "list_companies")
                .title("List companies")
                .says("Lists companies, 30 a page, unfiltered. With a name use" + " get_single_desk_365_company_by_id.")
                .takes(View.OFFSET)
                .answers(Answer.page("companies", COMPANY))
                .does((desk, in) -> desk.companies()
                        .list(query -> in.set(View.OFFSET, query::offset))
                        .firstPage());

        gets("get_single_desk_365_company_by_id", "get_company")
                .title("Get a company")
                .says("Everything about one company: address, SLA, mail domains. Its people are in"
                        + " list_all_desk_365_contacts.")
                .takes(NAME.alsoKnownAs("id", "name", "company"))
                .answers(COMPANY)
                .does((desk, in) -> desk.companies().get(in.need(NAME)));

        creates("create_a_desk_365_company", "create_company")
                .title("Add a company")
                .says("Adds a company; its name is its key.")
                .takes(NEW)
                .takes(FIELDS)
                .answers(COMPANY)
                .findsAgain(
                        COMPANY,
                        LookUps.named(COMPANY, (desk, in) -> desk.companies().get(in.need(NEW))))
                .does((desk, in) -> desk.companies().create(in.need(NEW), more -> fill(more, in)));

        creates("desk_365_companies_create_with_attachment", "create_company_with_files")
                .title("Add a company with files")
                .says("Adds a company and sends files along. Unverified, so it may"
                        + " fail. Without files use create_a_desk_365_company.")
                .takes(NEW, Files.ATTACHMENTS)
                .takes(FIELDS)
                .unverified()
                .answers(Answer.uploaded(COMPANY))
                .findsAgain(
                        COMPANY,
                        LookUps.named(COMPANY, (desk, in) -> desk.companies().get(in.need(NEW))))
                .does((desk, in) ->
                        in.upload(files -> desk.companies().create(in.need(NEW), more -> fill(more, in), files)));

        updates("update_a_desk_365_company_by_id", "update_company")
                .title("Change a company")
                .says("Changes the fields given; that the others stay is likely, not promised.")
                .takes(NAME, RENAMED)
                .takes(FIELDS)
                .answers(COMPANY)
                .does((desk, in) -> desk.companies().update(in.need(NAME), changes -> {
                    in.set(RENAMED, changes::rename);
                    fill(changes, in);
                }));
    }

    private static void fill(CompanyFields company, Arguments in) {
        in.set(DESCRIPTION, company::description);
        in.set(PHONE, company::phone);
        in.set(ADDRESS, company::address);
        in.set(CITY, company::city);
        in.set(STATE, company::state);
        in.set(COUNTRY, company::country);
        in.set(ZIPCODE, company::zipcode);
        in.set(SLA, company::sla);
        in.setAll(DOMAINS, company::domains);
    }
}
