package io.github.desk365mcp.api.model;

import java.time.LocalDate;

/** What changes in a contract; the rest stays as it is. Hours and tickets that were sold cannot be changed. */
public final class ContractUpdate extends ContractFields<ContractUpdate> {

    /** Nothing is set at first. */
    public ContractUpdate() {}

    /** The new name. What refers to the old one presumably breaks (inferred). */
    public ContractUpdate rename(String newName) {
        return set("name", newName);
    }

    /** The last day. */
    public ContractUpdate endDate(LocalDate endDate) {
        return set("end_date", endDate.toString());
    }

    /** Removes the category. Two dashes with a space, unlike in tickets; one source, untried. */
    public ContractUpdate clearCategory() {
        return set("contract_category", "- -");
    }
}
