package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Which contracts are listed. Pages hold 30. Known from one source. */
public final class ContractQuery extends Input<ContractQuery> {

    /** Nothing is set at first. */
    public ContractQuery() {}

    /** How many contracts are skipped. Default 0. */
    public ContractQuery offset(long offset) {
        return set("offset", offset);
    }

    /** Contracts of this company; its exact name. */
    public ContractQuery company(String company) {
        return set("company", company);
    }

    /** Contracts in this category. */
    public ContractQuery category(String category) {
        return set("contract_category", category);
    }

    /** Whether inactive contracts are listed. Default yes. */
    public ContractQuery inactive(boolean inactive) {
        return setFlag("include_inactive_contracts", inactive);
    }

    /** Whether expired contracts are listed. Default yes. */
    public ContractQuery expired(boolean expired) {
        return setFlag("include_expired_contracts", expired);
    }

    /** Whether contracts that have not begun are listed. Default yes. */
    public ContractQuery upcoming(boolean upcoming) {
        return setFlag("include_upcoming_contracts", upcoming);
    }
}
