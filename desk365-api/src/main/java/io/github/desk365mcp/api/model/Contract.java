package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contract with a company. Its fields are known from one source, and those that count hours or minutes are explained
 * from their names. The response to a write may contain only the fields of the request.
 */
public final class Contract extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Contract(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the name, which identifies the contract unless several contracts share it} */
    public String name() {
        return required("name", text("name"));
    }

    /** {@return the first day} */
    public @Nullable LocalDate startDate() {
        return date("start_date");
    }

    /** {@return the last day} */
    public @Nullable LocalDate endDate() {
        return date("end_date");
    }

    /** {@return whether the contract is active} */
    public @Nullable Boolean isActive() {
        return flag("is_active");
    }

    /** {@return the setup fee} The response does not name the currency. */
    public @Nullable Number setupFees() {
        return number("setup_fees");
    }

    /** {@return the reference number, which tells contracts with the same name apart} */
    public @Nullable String referenceNumber() {
        return text("reference_number");
    }

    /** {@return how often the contract is billed, or null if it is missing or this version does not know its code} */
    public @Nullable BillCycle billCycle() {
        return Code.of(BillCycle.values(), integer("bill_cycle"));
    }

    /** {@return the code behind {@link #billCycle()}, even if this version does not know it} */
    public @Nullable Long billCycleCode() {
        return integer("bill_cycle");
    }

    /** {@return what the contract sells, or null if it is missing or this version does not know its code} */
    public @Nullable ContractType contractType() {
        return Code.of(ContractType.values(), integer("contract_type"));
    }

    /** {@return the code behind {@link #contractType()}, even if this version does not know it} */
    public @Nullable Long contractTypeCode() {
        return integer("contract_type");
    }

    /** {@return whether work outside business hours is included (inferred from the name)} */
    public @Nullable Boolean afterHoursIncluded() {
        return flag("after_hours_included");
    }

    /** {@return the name of the SLA policy} */
    public @Nullable String sla() {
        return text("sla");
    }

    /** {@return the name of the company} */
    public @Nullable String company() {
        return text("company");
    }

    /** {@return the contract category} Requests call the field {@code contract_category}; both names are read. */
    public @Nullable String category() {
        return text(has("category") ? "category" : "contract_category");
    }

    /** {@return whether this is the company's default contract (inferred from the name)} */
    public @Nullable Boolean isDefault() {
        return flag("is_default");
    }

    /** {@return the hours in the contract (inferred from the name)} */
    public @Nullable Long contractHours() {
        return integer("contract_hours");
    }

    /** {@return the smallest unit in which time is deducted, presumably in minutes (inferred)} */
    public @Nullable Long minIncrement() {
        return integer("min_increment");
    }

    /** {@return whether unused hours roll over} */
    public @Nullable Boolean rolloverUnusedHours() {
        return flag("rollover_unused_hours");
    }

    /** {@return how often unused hours roll over, or null if it is missing or this version does not know its code} */
    public @Nullable RolloverType rolloverType() {
        return Code.of(RolloverType.values(), integer("rollover_type"));
    }

    /** {@return the code behind {@link #rolloverType()}, even if this version does not know it} */
    public @Nullable Long rolloverTypeCode() {
        return integer("rollover_type");
    }

    /** {@return how much rolls over; the unit is unknown} */
    public @Nullable Long rolloverValue() {
        return integer("rollover_value");
    }

    /** {@return the minutes used (inferred from the name)} */
    public @Nullable Long contractUsedMins() {
        return integer("contract_used_mins");
    }

    /** {@return the minutes available in total (inferred from the name)} */
    public @Nullable Long totalAvailableMins() {
        return integer("total_available_mins");
    }

    /** {@return the minutes rolled over in total (inferred from the name)} */
    public @Nullable Long totalRolloverMins() {
        return integer("total_rollover_mins");
    }

    /** {@return the minutes used beyond those in the contract (inferred from the name)} */
    public @Nullable Long extraUsedMins() {
        return integer("extra_used_mins");
    }

    /** {@return the rollover figures of each month (inferred from the name)} */
    public List<ContractMonth> rolloverDetails() {
        return objects("rollover_details", ContractMonth::new);
    }

    /** {@return the usage figures of each month (inferred from the name)} */
    public List<ContractMonth> usageHours() {
        return objects("usage_hours", ContractMonth::new);
    }
}
