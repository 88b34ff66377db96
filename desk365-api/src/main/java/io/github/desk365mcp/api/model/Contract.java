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

    public @Nullable Boolean isActive() {
        return flag("is_active");
    }

    public @Nullable Number setupFees() {
        return number("setup_fees");
    }

    /** Tells contracts of one name apart. */
    public @Nullable String referenceNumber() {
        return text("reference_number");
    }

    public @Nullable BillCycle billCycle() {
        return Code.of(BillCycle.values(), integer("bill_cycle"));
    }

    /** The code behind {@link #billCycle()}, also where it is new. */
    public @Nullable Long billCycleCode() {
        return integer("bill_cycle");
    }

    public @Nullable ContractType contractType() {
        return Code.of(ContractType.values(), integer("contract_type"));
    }

    /** The code behind {@link #contractType()}, also where it is new. */
    public @Nullable Long contractTypeCode() {
        return integer("contract_type");
    }

    public @Nullable Boolean afterHoursIncluded() {
        return flag("after_hours_included");
    }

    /** The SLA policy. */
    public @Nullable String sla() {
        return text("sla");
    }

    public @Nullable String company() {
        return text("company");
    }

    /** The category; requests call it {@code contract_category}, and both names are read. */
    public @Nullable String category() {
        return text(has("category") ? "category" : "contract_category");
    }

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

    public @Nullable Boolean rolloverUnusedHours() {
        return flag("rollover_unused_hours");
    }

    public @Nullable RolloverType rolloverType() {
        return Code.of(RolloverType.values(), integer("rollover_type"));
    }

    /** The code behind {@link #rolloverType()}, also where it is new. */
    public @Nullable Long rolloverTypeCode() {
        return integer("rollover_type");
    }

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
