package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields that new contracts and contract updates share.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class ContractFields<S extends ContractFields<S>> extends Input<S>
        permits NewContract, ContractUpdate {

    private final Map<String, Object> blockHours = new LinkedHashMap<>();

    /** Creates an input with no fields set. */
    ContractFields() {}

    /**
     * Sets the reference number, which tells contracts with the same name apart.
     *
     * @param referenceNumber the reference number
     * @return this
     */
    public S referenceNumber(String referenceNumber) {
        return set("reference_number", referenceNumber);
    }

    /**
     * Sets the setup fee.
     *
     * @param setupFees a whole amount, in a currency that the API does not name
     * @return this
     */
    public S setupFees(long setupFees) {
        return set("setup_fees", setupFees);
    }

    /**
     * Sets whether work outside business hours is included (inferred from the name).
     *
     * @param afterHoursIncluded whether it is included
     * @return this
     */
    public S afterHoursIncluded(boolean afterHoursIncluded) {
        return set("after_hours_included", afterHoursIncluded);
    }

    /**
     * Sets the contract category.
     *
     * @param category the name of a contract category
     * @return this
     */
    public S category(String category) {
        return set("contract_category", category);
    }

    /**
     * Rolls unused hours over to later months (inferred from the names).
     *
     * @param value the {@code rollover_value}, which the service does not explain
     * @return this
     */
    public S rolloverMonthly(long value) {
        return rollover(true)
                .hours("rollover_type", RolloverType.MONTHLY.code())
                .hours("rollover_value", value);
    }

    /**
     * Turns rollover off. That unused hours then expire is inferred.
     *
     * @return this
     */
    public S noRollover() {
        return rollover(false);
    }

    private S rollover(boolean rollover) {
        return hours("rollover_unused_hours", rollover);
    }

    final S hours(String name, Object value) {
        blockHours.put(name, value);
        return set("block_hours", blockHours);
    }
}
