package io.github.desk365mcp.api.model;

import java.util.Map;

/** What a new contract may have beside name, company and dates. It sells either hours or tickets. */
public final class NewContract extends ContractFields<NewContract> {

    /** Nothing is set at first. */
    public NewContract() {}

    /** The name of an SLA policy. */
    public NewContract sla(String sla) {
        return set("sla", sla);
    }

    /** Whether it is active. */
    public NewContract active(boolean active) {
        return set("is_active", active);
    }

    /** How often it is billed. */
    public NewContract billCycle(BillCycle billCycle) {
        return set("bill_cycle", billCycle.code());
    }

    /** Sells hours: this many. */
    public NewContract blockHours(long hours) {
        return hours("contract_hours", hours).set("contract_type", ContractType.BLOCK_HOURS.code());
    }

    /** The step in which hours are used up; presumably minutes (inferred). With block hours only. */
    public NewContract minIncrement(long minIncrement) {
        return hours("min_increment", minIncrement);
    }

    /** Sells tickets: this many. */
    public NewContract blockTickets(long tickets) {
        return set("block_tickets", Map.of("contract_tickets", tickets))
                .set("contract_type", ContractType.BLOCK_TICKETS.code());
    }
}
