package io.github.desk365mcp.api.model;

import java.util.Map;

/** Optional fields of a new contract, which sells either hours or tickets. */
public final class NewContract extends ContractFields<NewContract> {

    /** Creates an input with no fields set. */
    public NewContract() {}

    /**
     * Sets the SLA policy.
     *
     * @param sla the name of an SLA policy
     * @return this
     */
    public NewContract sla(String sla) {
        return set("sla", sla);
    }

    /**
     * Sets whether the contract is active.
     *
     * @param active whether it is active
     * @return this
     */
    public NewContract active(boolean active) {
        return set("is_active", active);
    }

    /**
     * Sets how often the contract is billed.
     *
     * @param billCycle the billing cycle
     * @return this
     */
    public NewContract billCycle(BillCycle billCycle) {
        return set("bill_cycle", billCycle.code());
    }

    /**
     * Makes this a contract for a block of hours.
     *
     * @param hours the number of hours
     * @return this
     */
    public NewContract blockHours(long hours) {
        return hours("contract_hours", hours).set("contract_type", ContractType.BLOCK_HOURS.code());
    }

    /**
     * Sets the smallest unit in which time is deducted; only for a block of hours.
     *
     * @param minIncrement presumably minutes (inferred)
     * @return this
     */
    public NewContract minIncrement(long minIncrement) {
        return hours("min_increment", minIncrement);
    }

    /**
     * Makes this a contract for a block of tickets.
     *
     * @param tickets the number of tickets
     * @return this
     */
    public NewContract blockTickets(long tickets) {
        return set("block_tickets", Map.of("contract_tickets", tickets))
                .set("contract_type", ContractType.BLOCK_TICKETS.code());
    }
}
