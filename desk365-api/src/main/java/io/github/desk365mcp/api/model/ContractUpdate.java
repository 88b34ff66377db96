package io.github.desk365mcp.api.model;

import java.time.LocalDate;

/**
 * Changes to a contract; fields that are not set keep their values. The number of hours or tickets cannot be changed.
 */
public final class ContractUpdate extends ContractFields<ContractUpdate> {

    /** Creates an input with no fields set. */
    public ContractUpdate() {}

    /**
     * Renames the contract. References to the old name presumably break (inferred).
     *
     * @param newName the new name
     * @return this
     */
    public ContractUpdate rename(String newName) {
        return set("name", newName);
    }

    /**
     * Sets the last day.
     *
     * @param endDate the last day
     * @return this
     */
    public ContractUpdate endDate(LocalDate endDate) {
        return set("end_date", endDate.toString());
    }

    /**
     * Removes the contract category. Sends two dashes with a space between them, unlike ticket updates; known from one
     * source and untested.
     *
     * @return this
     */
    public ContractUpdate clearCategory() {
        return set("contract_category", "- -");
    }
}
