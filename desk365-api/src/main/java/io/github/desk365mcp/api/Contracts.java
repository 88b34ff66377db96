package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Contract;
import io.github.desk365mcp.api.model.ContractQuery;
import io.github.desk365mcp.api.model.ContractUpdate;
import io.github.desk365mcp.api.model.NewContract;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Contracts with companies. A contract is identified by its name, or by its reference number if several contracts share
 * the name. It cannot be deleted. Known from one source.
 *
 * <p>The vendor grants access to contracts on request. That every method throws {@link ForbiddenException} without this
 * access is inferred.
 */
public final class Contracts {

    private final Calls calls;

    Contracts(Calls calls) {
        this.calls = calls;
    }

    /** {@return all contracts, in pages of 30} */
    public Paged<Contract> list() {
        return list(query -> {});
    }

    /**
     * Lists contracts in pages of 30.
     *
     * @param query sets filters
     * @return the matching contracts
     */
    public Paged<Contract> list(Consumer<ContractQuery> query) {
        return calls.paged(
                Operation.LIST_CONTRACTS, Input.filled(new ContractQuery(), query), "contracts", Contract::new);
    }

    /**
     * Gets a contract.
     *
     * @param contractName the exact name of the contract
     * @return the contract
     */
    public Contract get(String contractName) {
        return calls.get(Operation.GET_CONTRACT, name(contractName), Contract::new);
    }

    /**
     * Gets a contract by its reference number.
     *
     * @param referenceNumber the reference number
     * @return the contract
     */
    public Contract getByReferenceNumber(String referenceNumber) {
        return calls.get(Operation.GET_CONTRACT, reference(referenceNumber), Contract::new);
    }

    /**
     * Creates a contract with a company.
     *
     * @param name the name of the contract
     * @param company the exact name of the company
     * @param start the first day
     * @param end the last day
     * @param more sets optional fields
     * @return the new contract, possibly with only the fields that were sent
     */
    public Contract create(String name, String company, LocalDate start, LocalDate end, Consumer<NewContract> more) {
        NewContract contract = new NewContract()
                .set("name", name)
                .set("company", company)
                .set("start_date", start.toString())
                .set("end_date", end.toString());
        return calls.write(Operation.CREATE_CONTRACT, Map.of(), Input.filled(contract, more), Contract::new);
    }

    /**
     * Updates a contract; fields that are not set keep their values.
     *
     * @param contractName the current name of the contract
     * @param changes sets the fields to change
     * @return the updated contract, possibly with only the fields that were sent
     */
    public Contract update(String contractName, Consumer<ContractUpdate> changes) {
        return update(name(contractName), changes);
    }

    /**
     * Updates a contract by its reference number; fields that are not set keep their values.
     *
     * @param referenceNumber the current reference number
     * @param changes sets the fields to change
     * @return the updated contract, possibly with only the fields that were sent
     */
    public Contract updateByReferenceNumber(String referenceNumber, Consumer<ContractUpdate> changes) {
        return update(reference(referenceNumber), changes);
    }

    private Contract update(Map<String, Object> key, Consumer<ContractUpdate> changes) {
        Map<String, Object> update = Input.filled(new ContractUpdate(), changes);
        return calls.write(Operation.UPDATE_CONTRACT, key, update, Contract::new);
    }

    private static Map<String, Object> name(String contractName) {
        return Map.of("contract_name", contractName);
    }

    private static Map<String, Object> reference(String referenceNumber) {
        return Map.of("reference_number", referenceNumber);
    }
}
