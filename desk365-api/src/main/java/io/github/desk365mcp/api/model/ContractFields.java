package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What new contracts and changes of contracts have in common.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class ContractFields<S extends ContractFields<S>> extends Input<S>
        permits NewContract, ContractUpdate {

    private final Map<String, Object> blockHours = new LinkedHashMap<>();

    /** Nothing is set at first. */
    ContractFields() {}

    /** Tells contracts of one name apart. */
    public S referenceNumber(String referenceNumber) {
        return set("reference_number", referenceNumber);
    }

    /** A whole amount. */
    public S setupFees(long setupFees) {
        return set("setup_fees", setupFees);
    }

    /** Whether work outside business hours is covered (inferred from the name). */
    public S afterHoursIncluded(boolean afterHoursIncluded) {
        return set("after_hours_included", afterHoursIncluded);
    }

    /** The name of a contract category. */
    public S category(String category) {
        return set("contract_category", category);
    }

    /**
     * Unused hours of a month roll over to later ones (inferred from the names).
     *
     * @param value the service calls it {@code rollover_value} and does not explain it
     */
    public S rolloverMonthly(long value) {
        return rollover(true)
                .hours("rollover_type", RolloverType.MONTHLY.code())
                .hours("rollover_value", value);
    }

    /** Unused hours do not roll over; that they lapse is inferred. */
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
