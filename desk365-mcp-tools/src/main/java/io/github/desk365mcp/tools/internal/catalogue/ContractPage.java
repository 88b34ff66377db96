package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.DATE;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;
import static io.github.desk365mcp.tools.internal.core.Type.INTEGER;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;
import static io.github.desk365mcp.tools.internal.core.Type.code;
import static io.github.desk365mcp.tools.internal.core.Type.list;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.BillCycle;
import io.github.desk365mcp.api.model.ContractFields;
import io.github.desk365mcp.api.model.ContractQuery;
import io.github.desk365mcp.api.model.ContractUpdate;
import io.github.desk365mcp.api.model.NewContract;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Type;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tools for contracts with companies. */
public final class ContractPage extends CataloguePage {

    private static final String RESTRICTED = " Needs access granted by Desk365.";

    private static final Param<String> NAME = identifier("contract_name", TEXT)
            .description("Its exact name.")
            .foundIn("list_all_desk_365_contracts", "contracts[].contract_name")
            .optional()
            .example("Northwind full service")
            .alsoKnownAs("id", "name")
            .about(VocabularyKind.CONTRACT);
    private static final Param<String> REFERENCE = identifier("reference_number", TEXT)
            .about(VocabularyKind.REFERENCE)
            .description("Instead of contract_name.")
            .foundIn("list_all_desk_365_contracts", "contracts[].reference_number")
            .optional()
            .example("NW-2026-01");

    private static final Param<String> OF_COMPANY =
            CompanyPage.NAME.optional().description("Only of this company.").alsoKnownAs("company");
    private static final Param<String> CATEGORY = param("contract_category", TEXT)
            .about(VocabularyKind.CONTRACT_CATEGORY)
            .description("A contract category.")
            .shownIn("list_all_desk_365_contracts", "contracts[].contract_category");
    private static final Param<String> IN_CATEGORY = CATEGORY.description("Only in this category.");
    private static final Param<Boolean> INACTIVE =
            param("include_inactive_contracts", FLAG).description("Default true.");
    private static final Param<Boolean> EXPIRED =
            param("include_expired_contracts", FLAG).description("Default true.");
    private static final Param<Boolean> UPCOMING =
            param("include_upcoming_contracts", FLAG).description("Default true.");

    static final Param<String> NEW_NAME =
            param("contract_name", Type.NAME).description("Its name.").required();
    static final Param<String> NEW_REFERENCE =
            param("reference_number", Type.NAME).description("Tells contracts of the same name apart.");
    private static final Param<String> COMPANY =
            CompanyPage.NAME.description("An existing company.").alsoKnownAs("company");
    static final Param<LocalDate> START = param("start_date", DATE)
            .description("The first day, YYYY-MM-DD.")
            .required()
            .example("2026-12-01");
    private static final Param<LocalDate> END = param("end_date", DATE)
            .description("The last day, YYYY-MM-DD.")
            .required()
            .example("2027-11-30");
    private static final Param<Long> FEES = param("setup_fees", INTEGER).description("A whole amount.");
    private static final Param<String> SLA = TicketPage.SLA;
    private static final Param<Boolean> ACTIVE = param("is_active", FLAG).description("Whether it is active.");
    private static final Param<BillCycle> CYCLE =
            param("bill_cycle", code(BillCycle.class)).description("How often it is billed.");
    private static final Param<Boolean> AFTER_HOURS =
            param("after_hours_included", FLAG).description("Covers work after hours.");
    private static final Param<Long> HOURS =
            param("contract_hours", INTEGER).description("Hours sold.").example(10);
    private static final Param<Long> INCREMENT =
            param("min_increment", INTEGER).description("Billing step for contract_hours; needs them.");
    private static final Param<Long> TICKETS = param("contract_tickets", INTEGER)
            .description("Tickets sold, instead of hours.")
            .example(50);
    private static final Param<Boolean> ROLLOVER =
            param("rollover_unused_hours", FLAG).description("Needs rollover_value.");
    private static final Param<Long> ROLLOVER_VALUE =
            param("rollover_value", INTEGER).description("How much rolls over; unit unknown.");

    private static final Param<String> RENAMED = param("new_contract_name", Type.NAME)
            .about(Param.Change.SETS, "contract_name")
            .description("Renames it; the old name is gone.");
    private static final Param<String> RENUMBERED = param("new_reference_number", Type.NAME)
            .about(Param.Change.SETS, "reference_number")
            .description("Its new reference number.");
    private static final Param<List<String>> CLEAR = param("clear", list(oneOf("contract_category")))
            .about(Param.Change.CLEARS, "clear")
            .description("Fields to empty; unverified.")
            .example(List.of("contract_category"));

    ContractPage() {
        super("contracts");
    }

    @Override
    void write() {
        lists("list_all_desk_365_contracts", "list_contracts")
                .title("List contracts")
                .description("Lists contracts with hours and tickets sold and used, 30 per page, by company or"
                        + " category."
                        + RESTRICTED)
                .takes(OF_COMPANY, IN_CATEGORY, INACTIVE, EXPIRED, UPCOMING, AnswerOptions.OFFSET)
                .restricted()
                .answers(Answer.page("contracts", ContractShapes.CONTRACT))
                .handler((desk, in) -> new FilterCheck(in)
                        .byWord(OF_COMPANY, "company")
                        .byWord(IN_CATEGORY, "category", "contract_category")
                        .unless(INACTIVE, row -> row.flag("is_active"))
                        .unless(
                                EXPIRED,
                                row -> isFrom(row, "end_date", today(in).minusDays(1)))
                        .unless(
                                UPCOMING,
                                row -> isTo(row, "start_date", today(in).plusDays(1)))
                        .sift(desk.contracts().list(query -> fill(query, in)).firstPage()));

        gets("get_single_desk_365_contract_by_id", "get_contract")
                .title("Get a contract")
                .description("Gets a contract with monthly usage. Give either contract_name or reference_number."
                        + RESTRICTED)
                .takes(NAME, REFERENCE)
                .restricted()
                .answers(ContractShapes.CONTRACT)
                .handler((desk, in) -> {
                    in.needEither(NAME, REFERENCE);
                    return in.has(NAME)
                            ? desk.contracts().get(in.need(NAME))
                            : desk.contracts().getByReferenceNumber(in.need(REFERENCE));
                });

        creates("create_a_desk_365_contract", "create_contract")
                .title("Create a contract")
                .description("Creates a contract with a company for either contract_hours or contract_tickets, which"
                        + " cannot be changed later. It cannot be deleted." + RESTRICTED)
                .takes(NEW_NAME, COMPANY, START, END, NEW_REFERENCE, HOURS, TICKETS, INCREMENT)
                .takes(ROLLOVER, ROLLOVER_VALUE, CYCLE, FEES, SLA, CATEGORY, ACTIVE, AFTER_HOURS)
                .restricted()
                .answers(ContractShapes.CONTRACT)
                .findsAgain(
                        ContractShapes.CONTRACT,
                        LostWriteFinder.named(
                                ContractShapes.CONTRACT,
                                (desk, in) -> in.has(NEW_REFERENCE)
                                        ? desk.contracts().getByReferenceNumber(in.need(NEW_REFERENCE))
                                        : desk.contracts().get(in.need(NEW_NAME))))
                .handler((desk, in) -> {
                    checkBlock(in);
                    checkRollover(in);
                    return desk.contracts()
                            .create(
                                    in.need(NEW_NAME),
                                    in.need(COMPANY),
                                    in.need(START),
                                    in.need(END),
                                    more -> fill(more, in));
                });

        updates("update_a_desk_365_contract_by_id", "update_contract")
                .readBy("get_single_desk_365_contract_by_id")
                .title("Change a contract")
                .description(
                        "Changes only the fields given. Give either contract_name or reference_number." + RESTRICTED)
                .takes(NAME, REFERENCE, RENAMED, RENUMBERED, END.optional(), FEES, AFTER_HOURS, CATEGORY)
                .takes(ROLLOVER, ROLLOVER_VALUE, CLEAR)
                .restricted()
                .answers(ContractShapes.CONTRACT)
                .handler((desk, in) -> {
                    in.needEither(NAME, REFERENCE);
                    checkRollover(in);
                    return in.has(NAME)
                            ? desk.contracts().update(in.need(NAME), changes -> fill(changes, in))
                            : desk.contracts()
                                    .updateByReferenceNumber(in.need(REFERENCE), changes -> fill(changes, in));
                });
    }

    private static void checkBlock(Arguments in) {
        if (in.has(TICKETS) && (in.has(HOURS) || in.has(INCREMENT) || in.has(ROLLOVER) || in.has(ROLLOVER_VALUE))) {
            throw refused("A contract is for hours or for tickets: with contract_tickets, leave out contract_hours,"
                    + " min_increment and rollover.");
        }
        if (in.has(INCREMENT) && !in.has(HOURS)) {
            throw refused("min_increment needs contract_hours: give both, or leave it out.");
        }
    }

    private static void checkRollover(Arguments in) {
        boolean rolls = in.has(ROLLOVER) ? in.need(ROLLOVER) : in.has(ROLLOVER_VALUE);
        if (rolls != in.has(ROLLOVER_VALUE)) {
            throw refused("Give rollover_value if unused hours roll over; otherwise leave it out.");
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + message);
    }

    /** Today in UTC. The account's time zone is unknown, so callers allow for a day more or less. */
    private static LocalDate today(Arguments in) {
        return LocalDate.ofInstant(in.call().account().ledger().now(), ZoneOffset.UTC);
    }

    private static @Nullable Boolean isFrom(JsonDocument row, String field, LocalDate first) {
        return FilterCheck.known(row.date(field), day -> !day.isBefore(first));
    }

    private static @Nullable Boolean isTo(JsonDocument row, String field, LocalDate last) {
        return FilterCheck.known(row.date(field), day -> !day.isAfter(last));
    }

    private static void fill(ContractQuery query, Arguments in) {
        in.set(OF_COMPANY, query::company);
        in.set(IN_CATEGORY, query::category);
        in.set(INACTIVE, query::inactive);
        in.set(EXPIRED, query::expired);
        in.set(UPCOMING, query::upcoming);
        in.set(AnswerOptions.OFFSET, query::offset);
    }

    private static void fill(NewContract contract, Arguments in) {
        in.set(NEW_REFERENCE, contract::referenceNumber);
        in.set(SLA, contract::sla);
        in.set(ACTIVE, contract::active);
        in.set(CYCLE, contract::billCycle);
        in.set(HOURS, contract::blockHours);
        in.set(INCREMENT, contract::minIncrement);
        in.set(TICKETS, contract::blockTickets);
        common(contract, in);
    }

    private static void fill(ContractUpdate contract, Arguments in) {
        in.set(RENAMED, contract::rename);
        in.set(RENUMBERED, contract::referenceNumber);
        in.set(END, contract::endDate);
        in.cleared(CLEAR).forEach(field -> contract.clearCategory());
        common(contract, in);
    }

    private static void common(ContractFields<?> contract, Arguments in) {
        in.set(FEES, contract::setupFees);
        in.set(AFTER_HOURS, contract::afterHoursIncluded);
        in.set(CATEGORY, contract::category);
        in.set(ROLLOVER_VALUE, contract::rolloverMonthly);
        in.set(ROLLOVER, rolls -> {
            if (!rolls) {
                contract.noRollover();
            }
        });
    }
}
