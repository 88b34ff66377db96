package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Field.texts;
import static io.github.desk365mcp.tools.internal.core.Field.time;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;

import io.github.desk365mcp.api.model.CompanyFields;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.attachments.AttachmentUpload;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.List;

/** Tools for the companies that contacts belong to. */
public final class CompanyPage extends CataloguePage {

    static final RecordMapping COMPANY = RecordMapping.of(
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
            .description("Its exact name.")
            .foundIn("list_all_desk_365_companies", "companies[].company_name")
            .foundIn("get_single_desk_365_ticket_by_id", "company_name")
            .foundIn("get_single_desk_365_contact_by_id", "company_name")
            .example("Northwind")
            .alsoKnownAs("id")
            .about(VocabularyKind.COMPANY);
    private static final Param<String> NEW =
            param("company_name", Type.NAME).description("Its name.").required().alsoKnownAs("name", "company");
    private static final Param<String> RENAMED = param("new_company_name", Type.NAME)
            .about(Param.Change.SETS, "company_name")
            .description("Renames it; the old name is gone.");

    private static final Param<String> DESCRIPTION = param("description", TEXT).description("For agents.");
    private static final Param<String> PHONE = param("phone", TEXT).description("Phone.");
    private static final Param<String> ADDRESS = param("address", TEXT).description("Street.");
    private static final Param<String> CITY = param("city", TEXT).description("City.");
    private static final Param<String> STATE = param("state", TEXT).description("State.");
    private static final Param<String> COUNTRY = param("country", TEXT).description("Country.");
    private static final Param<String> ZIPCODE = param("zipcode", TEXT).description("Postcode.");
    private static final Param<String> SLA = TicketPage.SLA
            .description("An SLA policy, or \"helpdesk default\".")
            .example("Gold");
    private static final Param<List<String>> DOMAINS = param("domains", Type.WORDS)
            .description("All its mail domains.")
            .example(List.of("example-domain.example"));
    private static final Param<?>[] FIELDS = {DESCRIPTION, PHONE, ADDRESS, CITY, STATE, COUNTRY, ZIPCODE, SLA, DOMAINS};

    CompanyPage() {
        super("companies");
    }

    @Override
    void write() {
        lists("list_all_desk_365_companies", "list_companies")
                .title("List companies")
                .description("Lists companies, 30 per page, without filters.")
                .seeAlso("If you know the name, use get_single_desk_365_company_by_id.")
                .takes(AnswerOptions.OFFSET)
                .answers(Answer.page("companies", COMPANY))
                .handler((desk, in) -> desk.companies()
                        .list(query -> in.set(AnswerOptions.OFFSET, query::offset))
                        .firstPage());

        gets("get_single_desk_365_company_by_id", "get_company")
                .title("Get a company")
                .description("Gets a company: address, SLA, mail domains.")
                .seeAlso("For its contacts use list_all_desk_365_contacts.")
                .takes(NAME.alsoKnownAs("id", "name", "company"))
                .answers(COMPANY)
                .handler((desk, in) -> desk.companies().get(in.need(NAME)));

        creates("create_a_desk_365_company", "create_company")
                .title("Add a company")
                .description("Adds a company, identified by its name.")
                .takes(NEW)
                .takes(FIELDS)
                .answers(COMPANY)
                .findsAgain(
                        COMPANY,
                        LostWriteFinder.named(
                                COMPANY, (desk, in) -> desk.companies().get(in.need(NEW))))
                .handler((desk, in) -> desk.companies().create(in.need(NEW), more -> fill(more, in)));

        creates("desk_365_companies_create_with_attachment", "create_company_with_files")
                .withoutFiles("create_company")
                .title("Add a company with files")
                .description("Adds a company with files. Unverified, so it may fail.")
                .seeAlso("Without files use create_a_desk_365_company.")
                .takes(NEW, AttachmentUpload.ATTACHMENTS)
                .takes(FIELDS)
                .unverified()
                .answers(Answer.uploaded(COMPANY))
                .findsAgain(
                        COMPANY,
                        LostWriteFinder.named(
                                COMPANY, (desk, in) -> desk.companies().get(in.need(NEW))))
                .handler((desk, in) ->
                        in.upload(files -> desk.companies().create(in.need(NEW), more -> fill(more, in), files)));

        updates("update_a_desk_365_company_by_id", "update_company")
                .readBy("get_single_desk_365_company_by_id")
                .title("Change a company")
                .description("Changes the fields given; others probably stay unchanged (unverified).")
                .takes(NAME, RENAMED)
                .takes(FIELDS)
                .answers(COMPANY)
                .handler((desk, in) -> desk.companies().update(in.need(NAME), changes -> {
                    in.set(RENAMED, changes::rename);
                    fill(changes, in);
                }));
    }

    private static void fill(CompanyFields<?> company, Arguments in) {
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
