package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Contract;
import io.github.desk365mcp.api.model.ContractQuery;
import io.github.desk365mcp.api.model.ContractUpdate;
import io.github.desk365mcp.api.model.NewContract;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Contracts with companies. A contract is known by its name, or by its reference number where several share a name. It
 * cannot be deleted. Known from one source.
 *
 * <p>All of it needs access that the vendor grants on request. That every method throws {@link ForbiddenException}
 * without it is inferred.
 */
public final class Contracts {

    private final Calls calls;

    Contracts(Calls calls) {
        this.calls = calls;
    }

    /** All contracts, in pages of 30. */
    public Paged<Contract> list() {
        return list(query -> {});
    }

    /** The contracts that match, in pages of 30. */
    public Paged<Contract> list(Consumer<ContractQuery> query) {
        return calls.paged(
                Operation.LIST_CONTRACTS, Input.filled(new ContractQuery(), query), "contracts", Contract::new);
    }

    /** The contract with this exact name. */
    public Contract get(String contractName) {
        return calls.get(Operation.GET_CONTRACT, name(contractName), Contract::new);
    }

    /** The contract with this reference number. */
    public Contract getByReferenceNumber(String referenceNumber) {
        return calls.get(Operation.GET_CONTRACT, reference(referenceNumber), Contract::new);
    }

    /**
     * Makes a contract with a company. What comes back are perhaps only the fields that were sent.
     *
     * @param company its exact name
     * @param start the first day
     * @param end the last day
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
     * Changes what the lambda sets, and leaves the rest. What comes back are perhaps only the fields that were sent.
     *
     * @param contractName the present name
     */
    public Contract update(String contractName, Consumer<ContractUpdate> changes) {
        return update(name(contractName), changes);
    }

    /** Changes the contract with this reference number; see {@link #update}. */
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
