package io.github.desk365mcp.sandbox;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Contracts. The vendor enables them for an account on request; until then, every request is refused with 403. */
final class ContractRoutes {

    private static final int PAGE = 30;
    private static final int BLOCK_HOURS = 2;
    private static final int BLOCK_TICKETS = 3;

    private static final Set<String> NEW = Set.of(
            "name",
            "company",
            "start_date",
            "end_date",
            "reference_number",
            "setup_fees",
            "sla",
            "contract_category",
            "is_active",
            "bill_cycle",
            "after_hours_included",
            "contract_type",
            "block_hours",
            "block_tickets");

    private static final Set<String> CHANGES = Set.of(
            "name",
            "reference_number",
            "setup_fees",
            "end_date",
            "after_hours_included",
            "contract_category",
            "block_hours");

    private static final Set<String> ROLLOVER = Set.of("rollover_unused_hours", "rollover_type", "rollover_value");

    private static final Set<String> HOURS =
            Set.of("contract_hours", "min_increment", "rollover_unused_hours", "rollover_type", "rollover_value");

    private final Helpdesk helpdesk;
    private final Rules rules;
    private final boolean enabled;

    ContractRoutes(Helpdesk helpdesk, boolean enabled) {
        this.helpdesk = helpdesk;
        this.rules = helpdesk.rules();
        this.enabled = enabled;
    }

    void addTo(Routes routes) {
        routes.get("/contracts", guarded(this::list));
        routes.get("/contracts/details", guarded(request -> Answer.ok(contract(request))));
        routes.post("/contracts/create", guarded(this::create));
        routes.put("/contracts/update", guarded(this::update));
    }

    private Routes.Handler guarded(Routes.Handler handler) {
        return request -> {
            if (!enabled) {
                throw Refusal.forbidden("You do not have access to contracts");
            }
            return handler.handle(request);
        };
    }

    private Answer list(Request request) {
        String today = helpdesk.now().substring(0, "2026-01-01".length());
        List<ObjectNode> found = helpdesk.contracts.stream()
                .filter(is("company", request.query("company")))
                .filter(is("category", request.query("contract_category")))
                .filter(contract -> request.flag("include_inactive_contracts", true)
                        || contract.path("is_active").asBoolean())
                .filter(contract -> request.flag("include_expired_contracts", true)
                        || contract.path("end_date").asString("").compareTo(today) >= 0)
                .filter(contract -> request.flag("include_upcoming_contracts", true)
                        || contract.path("start_date").asString("").compareTo(today) <= 0)
                .toList();
        return Helpdesk.page("contracts", found, request.offset(), PAGE);
    }

    private static Predicate<ObjectNode> is(String field, @Nullable String value) {
        return contract -> value == null || value.equals(Json.text(contract, field));
    }

    /** Finds a contract by its reference number, or by a name, which may look like a reference number. */
    private ObjectNode contract(Request request) {
        String reference = request.query("reference_number");
        if (reference != null) {
            return Helpdesk.get(helpdesk.contracts, "reference_number", reference);
        }
        String name = request.required("contract_name");
        List<ObjectNode> found = helpdesk.contracts.stream()
                .filter(Helpdesk.has("name", name).or(Helpdesk.has("reference_number", name)))
                .toList();
        rules.refuseIf(
                found.size() > 1,
                Guess.UNAMBIGUOUS_CONTRACT,
                "Several contracts have the name '" + name + "', reference_number is required");
        return found.stream().findFirst().orElseThrow(Refusal::notFound);
    }

    private Answer create(Request request) {
        Body body = request.body(NEW);
        String name = body.required("name", Guess.NAME_NEEDED, "");
        String company = body.text("company");
        rules.refuseIf(
                company == null
                        || Helpdesk.find(helpdesk.companies, "name", company).isEmpty(),
                Guess.CONTRACT_COMPANY_EXISTS,
                "Invalid value '" + company + "' for company");
        String sla = body.text("sla");
        if (sla != null) {
            helpdesk.account().label("slas", sla, "sla");
        }
        int type = body.code("contract_type", BLOCK_HOURS, BLOCK_HOURS, BLOCK_TICKETS);
        rules.refuseIf(
                type == BLOCK_HOURS && body.has("block_tickets") || type == BLOCK_TICKETS && body.has("block_hours"),
                Guess.CONTRACT_BLOCK,
                "block_hours belongs to contract_type 2 and block_tickets to contract_type 3");

        ObjectNode contract = Json.object()
                .put("name", name)
                .put("start_date", body.text("start_date"))
                .put("end_date", body.text("end_date"))
                .put("is_active", body.flag("is_active", true))
                .put("setup_fees", body.integer("setup_fees", 0))
                .put("reference_number", body.text("reference_number"))
                .put("bill_cycle", body.code("bill_cycle", 1, 1, 2))
                .put("contract_type", type)
                .put("after_hours_included", body.flag("after_hours_included", false))
                .put("sla", sla)
                .put("company", company)
                .put("category", body.text("contract_category"))
                .put("is_default", false)
                .put("contract_hours", 0)
                .put("min_increment", 0)
                .put("rollover_unused_hours", 0)
                .put("rollover_type", 1)
                .put("rollover_value", 0)
                .put("contract_used_mins", 0)
                .put("total_available_mins", 0)
                .put("total_rollover_mins", 0)
                .put("extra_used_mins", 0);
        contract.putArray("rollover_details");
        contract.putArray("usage_hours");
        Body hours = body.object("block_hours", HOURS);
        if (hours != null) {
            writeHours(contract, hours);
        }
        // No response has the number of tickets that were bought.
        body.object("block_tickets", Set.of("contract_tickets"));
        helpdesk.contracts.add(contract);
        return written(contract);
    }

    private Answer update(Request request) {
        ObjectNode contract = contract(request);
        Body body = request.body(CHANGES);
        Body hours = body.object("block_hours", ROLLOVER);
        contract.put(
                        "setup_fees",
                        body.integer("setup_fees", contract.path("setup_fees").asInt()))
                .put(
                        "after_hours_included",
                        body.flag(
                                "after_hours_included",
                                contract.path("after_hours_included").asBoolean()));
        body.copyTexts(contract, "name", "reference_number", "end_date");
        String category = body.text("contract_category");
        if (category != null) {
            contract.put("category", category.equals("- -") || category.equals("--") ? null : category);
        }
        if (hours != null) {
            writeHours(contract, hours);
        }
        return written(contract);
    }

    /** Converts a boolean of a request to the number in responses. */
    private static void writeHours(ObjectNode contract, Body hours) {
        boolean rollover = hours.flag(
                "rollover_unused_hours", contract.path("rollover_unused_hours").asInt() == 1);
        int bought =
                hours.integer("contract_hours", contract.path("contract_hours").asInt());
        contract.put("contract_hours", bought)
                .put(
                        "min_increment",
                        hours.integer(
                                "min_increment", contract.path("min_increment").asInt()))
                .put("rollover_unused_hours", rollover ? 1 : 0)
                .put("rollover_type", hours.code("rollover_type", 1, 1))
                .put(
                        "rollover_value",
                        hours.integer(
                                "rollover_value",
                                contract.path("rollover_value").asInt()))
                .put(
                        "total_available_mins",
                        bought * 60 - contract.path("contract_used_mins").asInt());
    }

    /** According to the vendor, the response to a write has the shape of the request. */
    private static Answer written(ObjectNode contract) {
        ObjectNode answer = Json.pick(
                contract, "name", "company", "start_date", "end_date", "reference_number", "setup_fees", "sla");
        answer.set("contract_category", contract.path("category"));
        answer.setAll(Json.pick(contract, "is_active", "bill_cycle", "after_hours_included", "contract_type"));
        if (contract.path("contract_type").asInt() == BLOCK_HOURS) {
            ObjectNode hours = Json.pick(
                    contract,
                    "contract_hours",
                    "min_increment",
                    "rollover_unused_hours",
                    "rollover_type",
                    "rollover_value");
            hours.put(
                    "rollover_unused_hours", hours.path("rollover_unused_hours").asInt() == 1);
            answer.set("block_hours", hours);
        }
        return Answer.ok(answer);
    }
}
