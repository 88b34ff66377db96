package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contract with a company. Its form is known from one source. What comes back from a write may have the fields of
 * the request only.
 */
public final class Contract extends JsonDocument {

    /** A view over these fields. */
    public Contract(Map<String, ?> fields) {
        super(fields);
    }

    /** The key, unless several contracts share it. */
    public String name() {
        return required("name", text("name"));
    }

    /** The first day. */
    public @Nullable LocalDate startDate() {
        return date("start_date");
    }

    /** The last day. */
    public @Nullable LocalDate endDate() {
        return date("end_date");
    }

    /** Whether it is active. */
    public @Nullable Boolean isActive() {
        return flag("is_active");
    }

    /** The setup fee; the currency does not come along. */
    public @Nullable Number setupFees() {
        return number("setup_fees");
    }

    /** Tells contracts of one name apart. */
    public @Nullable String referenceNumber() {
        return text("reference_number");
    }

    /** How often it is billed; null if the code is new to this version. */
    public @Nullable BillCycle billCycle() {
        return Code.of(BillCycle.values(), integer("bill_cycle"));
    }

    /** The code behind {@link #billCycle()}, also where it is new. */
    public @Nullable Long billCycleCode() {
        return integer("bill_cycle");
    }

    /** What was sold; null if the code is new to this version. */
    public @Nullable ContractType contractType() {
        return Code.of(ContractType.values(), integer("contract_type"));
    }

    /** The code behind {@link #contractType()}, also where it is new. */
    public @Nullable Long contractTypeCode() {
        return integer("contract_type");
    }

    /** Whether work outside business hours is included (inferred from the name). */
    public @Nullable Boolean afterHoursIncluded() {
        return flag("after_hours_included");
    }

    /** The SLA policy. */
    public @Nullable String sla() {
        return text("sla");
    }

    /** The company that it is with. */
    public @Nullable String company() {
        return text("company");
    }

    /** The category; requests call it {@code contract_category}, and both names are read. */
    public @Nullable String category() {
        return text(has("category") ? "category" : "contract_category");
    }

    /** Whether it is the company's default contract (inferred from the name). */
    public @Nullable Boolean isDefault() {
        return flag("is_default");
    }

    /** Hours that were sold. */
    public @Nullable Long contractHours() {
        return integer("contract_hours");
    }

    /** The step in which hours are used up; presumably minutes (inferred). */
    public @Nullable Long minIncrement() {
        return integer("min_increment");
    }

    /** Whether unused hours roll over. */
    public @Nullable Boolean rolloverUnusedHours() {
        return flag("rollover_unused_hours");
    }

    /** How often unused hours roll over; null if the code is new to this version. */
    public @Nullable RolloverType rolloverType() {
        return Code.of(RolloverType.values(), integer("rollover_type"));
    }

    /** The code behind {@link #rolloverType()}, also where it is new. */
    public @Nullable Long rolloverTypeCode() {
        return integer("rollover_type");
    }

    /** How much rolls over; the unit is unknown. */
    public @Nullable Long rolloverValue() {
        return integer("rollover_value");
    }

    /** Minutes. */
    public @Nullable Long contractUsedMins() {
        return integer("contract_used_mins");
    }

    /** Minutes. */
    public @Nullable Long totalAvailableMins() {
        return integer("total_available_mins");
    }

    /** Minutes. */
    public @Nullable Long totalRolloverMins() {
        return integer("total_rollover_mins");
    }

    /** Minutes beyond those that were sold (inferred). */
    public @Nullable Long extraUsedMins() {
        return integer("extra_used_mins");
    }

    /** What rolled over, month by month. */
    public List<ContractMonth> rolloverDetails() {
        return objects("rollover_details", ContractMonth::new);
    }

    /** What was used, month by month. */
    public List<ContractMonth> usageHours() {
        return objects("usage_hours", ContractMonth::new);
    }
}
