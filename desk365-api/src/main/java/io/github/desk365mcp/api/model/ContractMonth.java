package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of a contract in one month. The meaning of each field is inferred from its name. The service spells some
 * names in two ways; both are read.
 */
public final class ContractMonth extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public ContractMonth(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the year} */
    public @Nullable Long year() {
        return integer("year");
    }

    /** {@return the month, presumably 1 to 12} */
    public @Nullable Long month() {
        return integer("month");
    }

    /** {@return the minutes in the contract for the month} */
    public @Nullable Long contractMins() {
        return minutes("contract_mins", "contractMins");
    }

    /** {@return the minutes used out of {@link #contractMins()}} */
    public @Nullable Long contractMinsUsed() {
        return minutes("contract_mins_used", "contractMinsUsed");
    }

    /** {@return the minutes rolled over into the month} */
    public @Nullable Long rolloverMins() {
        return minutes("rollover_mins", "rolloverMins");
    }

    /** {@return the minutes used out of {@link #rolloverMins()}} */
    public @Nullable Long rolloverMinsUsed() {
        return minutes("rollover_mins_used", "rolloverMinsUsed");
    }

    /** {@return the rolled-over minutes that are left} */
    public @Nullable Long rolloverMinsAvailable() {
        return minutes("rollover_mins_available", "rolloverMinsAvailable");
    }

    /** {@return the minutes entered after the end of the month} */
    public @Nullable Long lateEntryMins() {
        return minutes("late_entry_mins", "lateEntryMins");
    }

    /** {@return the minutes used beyond those in the contract} Sent only in {@link Contract#usageHours()}. */
    public @Nullable Long extraUsedMins() {
        return minutes("extra_used_mins", "extraUsedMins");
    }

    private @Nullable Long minutes(String name, String camelCase) {
        return integer(has(camelCase) ? camelCase : name);
    }
}
