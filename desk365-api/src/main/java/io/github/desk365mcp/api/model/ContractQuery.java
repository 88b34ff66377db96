package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Options for listing contracts, which come in pages of 30. Known from one source. */
public final class ContractQuery extends Input<ContractQuery> {

    /** Creates an input with no fields set. */
    public ContractQuery() {}

    /**
     * Skips contracts.
     *
     * @param offset the number of contracts to skip, 0 by default
     * @return this
     */
    public ContractQuery offset(long offset) {
        return set("offset", offset);
    }

    /**
     * Lists only the contracts of a company.
     *
     * @param company the exact name of the company
     * @return this
     */
    public ContractQuery company(String company) {
        return set("company", company);
    }

    /**
     * Lists only the contracts of a contract category.
     *
     * @param category the name of the contract category
     * @return this
     */
    public ContractQuery category(String category) {
        return set("contract_category", category);
    }

    /**
     * Sets whether inactive contracts are included.
     *
     * @param inactive true by default
     * @return this
     */
    public ContractQuery inactive(boolean inactive) {
        return setFlag("include_inactive_contracts", inactive);
    }

    /**
     * Sets whether expired contracts are included.
     *
     * @param expired true by default
     * @return this
     */
    public ContractQuery expired(boolean expired) {
        return setFlag("include_expired_contracts", expired);
    }

    /**
     * Sets whether contracts that have not started are included.
     *
     * @param upcoming true by default
     * @return this
     */
    public ContractQuery upcoming(boolean upcoming) {
        return setFlag("include_upcoming_contracts", upcoming);
    }
}
